"""Why something cannot be done to a text of rules, and the lock under which that is asked."""

from django.utils.translation import gettext as _

from xietong.areas.mechanisms import access
from xietong.areas.mechanisms.models import Edition, Opinion
from xietong.areas.mechanisms.rules import EditionState
from xietong.kit.errors import Refused
from xietong.kit.records.writing import locked


class WrongState(Refused):
    """The text has moved on: this cannot be done to it any more."""


class NoText(Refused):
    """A text of rules without words."""


class BadRound(Refused):
    """Nobody is asked, or the last day has passed."""


class NotAllAnswered(Refused):
    """Opinions still lack a verdict; says how many."""


class BadDay(Refused):
    """The text would be in force before an earlier edition, or end before it begins."""


def must_have_words(edition: Edition) -> None:
    """Holds a draft until the transaction ends.

    Raises
        NoText: nothing is written yet.
        WrongState: it is no draft any more.
    """
    must_be(edition, EditionState.DRAFT)
    if not locked(edition).text:
        raise NoText(_("还没有正文，请先起草。"))


def must_be_in_round(opinion: Opinion) -> None:
    """Holds the round of an opinion open until the transaction ends.

    Raises
        WrongState: it is over.
    """
    opinion.edition = locked(opinion.edition)
    if reason := access.round_over(opinion):
        raise WrongState(reason)


def must_be(edition: Edition, state: EditionState) -> None:
    """Holds the edition in a state until the transaction ends.

    Raises
        WrongState: it is in another.
    """
    row = locked(edition)
    if row.state != state.value:
        said = {"title": row, "state": row.get_state_display()}
        raise WrongState(_("%(title)s现在是“%(state)s”，不能这样操作。") % said)
