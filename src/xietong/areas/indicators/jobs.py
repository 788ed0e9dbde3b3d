"""Looking for the cheapest additions, outside of any transaction."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from xietong.areas.indicators import actions, queries
from xietong.kit.jobs.run import Hopeless, Outside, Run


def find_cheapest(run: Run) -> Iterator[Outside | None]:
    row = asked(run)
    found: Any = yield lambda: queries.search(row)
    actions.keep_found(run.actor(), asked(run), found=found, now=run.now)
    yield None


def asked(run: Run) -> Any:
    """The what-if as it stands.

    Raises
        Hopeless: it was thrown away, or is out of reach.
    """
    try:
        return queries.what_if(run.actor(), run.payload["what_if"])
    except Http404 as error:
        raise Hopeless(_("这个假设已删除，或不在您的权限范围内，没有测算。")) from error
