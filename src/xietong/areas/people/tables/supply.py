"""The weak and shortage subjects as a workbook: a line for each school and subject."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.people import queries

SUPPLY_STATES = {
    "shortage": (_("紧缺"), "red"),
    "weak": (_("薄弱"), "orange"),
    "enough": (_("满足"), "green"),
    "part_time": (_("多由兼任"), "grey"),
    "unknown": (_("无法判断"), "grey"),
    "": (_("不开设"), "grey"),
}
"""What a state is called, and its tone."""


def supply_heads() -> list[str]:
    return [
        gettext("学校"),
        gettext("学科"),
        gettext("状态"),
        gettext("需要周课时（下限）"),
        gettext("需要周课时（中值）"),
        gettext("需要周课时（上限）"),
        gettext("已排周课时"),
        gettext("需要教师"),
        gettext("专任教师"),
        gettext("走教教师"),
        gettext("缺口"),
        gettext("教非所学"),
        gettext("所教与所学无法判断"),
    ]


def supply_rows(page: Any) -> Iterator[list[Any]]:
    """All schools together first."""
    for one in page.blocks:
        name = str(one.record.school) if one.record else gettext("合计")
        for line in one.lines:
            yield [name, line.name, str(SUPPLY_STATES[line.state][0]), *needed(line), *held(line)]


def needed(line: Any) -> list[Decimal | float | None]:
    if line.need is None:
        return [None, None, None]
    return [float(queries.as_decimal(value)) for value in (line.need.low, line.need.middle, line.need.high)]


def held(line: Any) -> list[Any]:
    teachers = float(queries.as_decimal(line.need.teachers)) if line.need else None
    if line.tally is None:
        return [None, teachers, None, None, None, None, None]
    gap = line.supply.gap if line.supply else None
    tally = line.tally
    return [float(tally.periods), teachers, tally.teachers, len(tally.coming), gap, tally.off, tally.unknown]
