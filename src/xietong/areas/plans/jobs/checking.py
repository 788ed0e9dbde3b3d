"""Many reports accepted at once."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xietong.areas.plans import actions, queries
from xietong.kit.jobs.run import Run

ACCEPT = "plans.accept"
A_FEW = 20
NAMED = 3


def accept_reports(run: Run) -> Iterator[None]:
    """A few at a time; with whom somebody else was faster is told in the end."""
    keys: list[int] = run.payload["reports"]
    run.total = len(keys)
    while run.done < run.total:
        part = keys[run.done : run.done + A_FEW]
        actor = run.actor()
        answered = actions.accept_reports(actor, queries.reviewable(actor).filter(pk__in=part), now=run.now)
        skipped = [*run.cursor.get("skipped", []), *answered.skipped]
        accepted = run.cursor.get("accepted", 0) + answered.accepted
        run.cursor = {"accepted": accepted, "skipped": skipped}
        run.done += len(part)
        run.message = told(accepted, skipped)
        yield


def told(accepted: int, skipped: list[str]) -> str:
    if not skipped:
        return _("已通过 %(n)d 条。") % {"n": accepted}
    counted = _("已通过 %(n)d 条，跳过 %(m)d 条：") % {"n": accepted, "m": len(skipped)}
    return counted + _("；").join(skipped[:NAMED]) + ("……" if len(skipped) > NAMED else "")
