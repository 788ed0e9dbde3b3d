"""Who may do what in this area: the register of people, and the staff of a school year."""

from xietong.areas.people.access.register import (
    ANSWER_TRANSFER,
    CHANGE_PERSON,
    CHANGE_ROLE,
    INVITE,
    RESET,
    REVEAL,
    STAFF_OFFICES,
    VIEW_PERSON,
    VIEW_ROLE,
    VIEW_TRANSFER,
    WITHDRAW_TRANSFER,
    arriving,
    colleagues,
    kept_at_university,
    kept_here,
    leaving,
    myself,
    party,
    still_here,
    unanswered,
)
from xietong.areas.people.access.staff import VIEW_STAFF, own_staff
