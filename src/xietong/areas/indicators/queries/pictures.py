"""Values as charts, with the sentence that says the same."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from xietong.areas.indicators.queries.dictionary import period_name
from xietong.areas.indicators.queries.trend import IndicatorPage
from xietong.areas.indicators.queries.values import number, plain, with_unit
from xietong.kit.pages.charts import Area, Chart, Series


def chart_of(page: IndicatorPage) -> Chart | None:
    """The values over the periods, the targets, the standard, and where the present pace leads."""
    places = [one for one, _value, _aim in page.series]
    if not any(value is not None for _one, value, _aim in page.series):
        return None
    if page.ahead and page.ahead_period not in places and page.ahead_period:
        places.append(page.ahead_period)
    values = {one: value for one, value, _aim in page.series}
    aims = {one: aim for one, _value, aim in page.series}
    series = [Series(_("实测值"), [values.get(one) for one in places])]
    if any(aim is not None for aim in aims.values()):
        series.append(Series(_("目标"), [aims.get(one) for one in places], tone="green", dashed=True))
    if page.row.standard is not None:
        series.append(Series(_("标准"), [number(page.row.standard)] * len(places), tone="orange", dashed=True))
    if page.ahead:
        ahead = [page.ahead.value if one == page.ahead_period else None for one in places]
        last = max(place for place, one in enumerate(places) if one <= page.period and values.get(one) is not None)
        ahead[last] = values[places[last]]
        series.append(Series(_("按现有进度"), [rounded(one) for one in ahead], tone="soft", dashed=True))
    names = [period_name(one) for one in places]
    return Chart("indicator", summary_of(page), _("周期"), names, series, areas_of(page, places, values))


def areas_of(page: IndicatorPage, places: Sequence[int], values: Mapping[int, float | None]) -> list[Area]:
    """The band around where the present pace leads, from the last value that is known."""
    if page.ahead is None or page.ahead.low is None:
        return []
    last = max(one for one in places if one <= page.period and values.get(one) is not None)
    low, high = (
        [rounded({last: values[last], page.ahead_period: end}.get(one)) for one in places]
        for end in (page.ahead.low, page.ahead.high)
    )
    return [Area(_("八成区间"), low, high, "soft")]


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def summary_of(page: IndicatorPage) -> str:
    words = _("%(name)s：%(period)s为 %(value)s。") % {
        "name": page.row.name,
        "period": period_name(page.period),
        "value": with_unit(page.row, page.line.value),
    }
    return words + ahead_in_words(page)


def ahead_in_words(page: IndicatorPage) -> str:
    """Where the present pace leads, how sure that is, and the pace that would be needed."""
    if page.ahead is None or page.ahead_period is None:
        return ""
    told = {"period": period_name(page.ahead_period), "value": plain(page.row, page.ahead.value)}
    words = _("按现有进度，%(period)s约为 %(value)s") % told
    if page.ahead.low is not None:
        words += _("（八成把握在 %(low)s 到 %(high)s 之间）") % {
            "low": plain(page.row, page.ahead.low), "high": plain(page.row, page.ahead.high),
        }  # fmt: skip
    if page.is_there:
        words += _("；已经达到%(period)s的目标") % {"period": period_name(page.ahead_period)}
    elif page.needed is not None:
        words += _("；要达到目标，每期需要变动 %(needed)s，现在每期变动 %(pace)s") % {
            "needed": signed(page, page.needed),
            "pace": signed(page, page.ahead.pace),
        }
    return words + _("。")


def signed(page: IndicatorPage, value: float) -> str:
    """A change with its sign, to one decimal more than the value."""
    return f"{value:+.{page.row.decimals + 1}f}"


def chart_of_schools(page: IndicatorPage) -> Chart | None:
    if not page.schools:
        return None
    names = [str(one.school) for one in page.schools]
    series = [
        Series(_("各校"), [rounded(one.value) for one in page.schools], kind="bar"),
        Series(_("全县"), [number(page.line.value)] * len(names), tone="green"),
    ]
    if page.row.standard is not None:
        series.append(Series(_("标准"), [number(page.row.standard)] * len(names), tone="orange", dashed=True))
    summary = _("%(name)s，按学校的规定顺序排列，不是排名。") % {"name": page.row.name}
    return Chart("schools", summary, _("学校"), names, series)
