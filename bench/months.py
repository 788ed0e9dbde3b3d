"""A year of months for every county that has none: filings of its lead units, entries, decisions, bulletins.

For bench/pages.py; the database is that of DATABASE_URL. Rows as they stand, past the actions.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

MONTHS = 12
AT = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from xietong.areas.dispatch.models import Cycle  # noqa: PLC0415
    from xietong.areas.orgs.models import County  # noqa: PLC0415

    for one in County.objects.exclude(pk__in=Cycle.objects.values("county_id")).order_by("pk"):
        fill(one)


def fill(county: Any) -> None:
    from xietong.areas.dispatch import models  # noqa: PLC0415
    from xietong.areas.plans.models import Task  # noqa: PLC0415

    tasks = list(Task.objects.filter(county=county, lead_unit__isnull=False).order_by("pk"))
    units = {one.lead_unit_id for one in tasks if one.lead_unit_id}
    cycles = models.Cycle.objects.bulk_create(cycle(models, county, n) for n in range(MONTHS))
    filings = models.Filing.objects.bulk_create(
        filing(models, month, unit) for month in cycles for unit in sorted(units)
    )
    by_place = {(one.cycle_id, one.unit_id): one for one in filings}
    models.Entry.objects.bulk_create(
        models.Entry(
            county=county,
            filing=by_place[month.pk, one.lead_unit_id or 0],
            task=one,
            kind="milestone",
            text="已按计划完成，材料齐全。",
        )
        for month in cycles
        for one in tasks
    )
    models.Decision.objects.bulk_create(decision(models, county, unit, n) for n, unit in enumerate(sorted(units), 1))
    models.Document.objects.bulk_create(document(models, month) for month in cycles)


def cycle(models: Any, county: Any, back: int) -> Any:
    month = date(2026, 4, 1)
    for _n in range(back):
        month = (month - timedelta(days=1)).replace(day=1)
    return models.Cycle(
        county=county,
        label=f"{month.year}年{month.month}月",
        month=month,
        span_from=month,
        span_to=month + timedelta(days=26),
        due_on=month + timedelta(days=27),
        state="locked",
        opened_at=AT,
    )


def filing(models: Any, month: Any, unit: int) -> Any:
    came = {"first_at": AT, "submitted_at": AT, "answered_at": AT, "author_name": "演示"}
    return models.Filing(
        county_id=month.county_id, cycle=month, unit_id=unit, due_on=month.due_on, state="accepted", **came
    )


def decision(models: Any, county: Any, unit: int, number: int) -> Any:
    return models.Decision(
        county=county,
        kind="opinion",
        year=2026,
        number=number,
        text="十月底前落实。（演示）",
        unit_id=unit,
        due_on=date(2026, 10, 31),
        made_by="演示",
        made_at=AT,
    )


def document(models: Any, month: Any) -> Any:
    return models.Document(
        county_id=month.county_id,
        kind="bulletin",
        cycle=month,
        year=month.month.year,
        title=f"{month.label}工作调度情况",
        state="sent",
        drafted_by="演示",
        drafted_at=AT,
        signed_at=AT,
        digest="0" * 64,
        check_code="00000000",
    )


if __name__ == "__main__":
    main()
