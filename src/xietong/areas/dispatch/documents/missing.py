"""The texts of monthly dispatch that leave the system."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from xietong.areas.dispatch.models import Cycle, Filing
from xietong.kit.words import for_the_record


def missing_text(cycle: Cycle, filings: Sequence[Filing]) -> str:
    """For the group in which units talk: who has not filed yet, in official order."""
    with for_the_record():
        names = _("、").join(str(one.unit) for one in filings)
        said = {"cycle": cycle.label, "n": len(filings), "due": cycle.due_on.isoformat(), "names": names}
        return _("%(cycle)s月报还有 %(n)d 个单位没有报送（期限%(due)s）：%(names)s。") % said
