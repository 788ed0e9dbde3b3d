"""Why something cannot be done to a cycle or a filing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from xietong.areas.dispatch.models import Entry, Filing
from xietong.kit.access.permissions import Permission
from xietong.kit.errors import Refused
from xietong.kit.records.writing import V, locked


class NotYet(Refused):
    """The month that would be opened lies ahead."""


class NobodyAsked(Refused):
    """A dispatch without a unit, or without a task to ask about."""


class BadDay(Refused):
    """A day in the past, or one that is not later than the one it replaces."""


class MovedOn(Refused):
    """The row is in another state than the page showed."""


class Incomplete(Refused):
    """Something that was asked has not been answered; carries the entries, which the message names."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        names = _("、").join(str(one) for one in entries[:5])
        super().__init__(_("还有 %(n)d 项没有填写：%(names)s。") % {"n": len(entries), "names": names})


def hold(row: V, permission: Permission[V]) -> V:
    """The row as it stands, held until the transaction ends.

    Raises
        MovedOn: this cannot be done to it now; says why.
    """
    fresh = locked(row)
    if reason := permission.unless(fresh):
        raise MovedOn(reason)
    return fresh


def hold_filing(filing: Filing, permission: Permission[Filing]) -> Filing:
    """The same for a filing, with its cycle held before it: a month is not locked while somebody submits."""
    locked(filing.cycle)
    return hold(filing, permission)
