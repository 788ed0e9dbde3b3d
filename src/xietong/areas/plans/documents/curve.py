"""How far a plan has come, as a picture with its words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from xietong.areas.plans.rules.curve import Point
from xietong.areas.plans.rules.timeline import Month
from xietong.kit.pages.charts import Chart, Series


def progress_chart(points: Sequence[Point]) -> Chart | None:
    """Due and done by month; None where there is nothing to draw a line through."""
    now = [one for one in points if one.done is not None]
    if not points[1:] or not now:
        return None
    said = {"month": month(now[-1].month), "due": now[-1].due, "done": now[-1].done, "total": points[-1].due}
    return Chart(
        "progress",
        _("到%(month)s底应完成 %(due)d 项，现已完成 %(done)d 项；全部 %(total)d 项。") % said,
        _("月份"),
        [month(one.month) for one in points],
        (
            Series(_("应完成（累计）"), [one.due for one in points], "soft", dashed=True),
            Series(_("已完成（累计）"), [one.done for one in points], "primary"),
        ),
    )


def month(one: Month) -> str:
    return _("%(year)d年%(month)d月") % {"year": one.year, "month": one.month}
