"""What is done to a decision on its way, and how a meeting and a decision are called on paper."""

from enum import StrEnum


class DecisionDeed(StrEnum):
    MAKE = "make"
    CLAIM = "claim"
    SEND_BACK = "send_back"
    CLOSE = "close"
    CANCEL = "cancel"
    CHANGE = "change"
    MOVE = "move"
