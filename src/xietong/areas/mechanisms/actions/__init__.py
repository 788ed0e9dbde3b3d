"""Writes: a text of rules from its name to its end."""

from xietong.areas.mechanisms.actions.drafting import add_mechanism, begin_edition, change_edition, change_mechanism
from xietong.areas.mechanisms.actions.enacting import (
    ask_for_receipts,
    enact,
    end_before,
    receive,
    remind,
    reopen_edition,
    repeal,
    settle_edition,
    submit_edition,
)
from xietong.areas.mechanisms.actions.opinions import answer_opinion, close_round, give_opinion, open_round
from xietong.areas.mechanisms.actions.refusals import (
    BadDay,
    BadRound,
    NotAllAnswered,
    NoText,
    WrongState,
    must_be,
    must_be_in_round,
    must_have_words,
)
