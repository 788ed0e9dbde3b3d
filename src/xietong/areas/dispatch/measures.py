"""What monthly reviews publish once they are locked: how many filings were due, and how many came in time."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.models import Cycle, Filing
from xietong.areas.dispatch.rules.states import CycleState, FilingState
from xietong.kit.clock.time import day_of
from xietong.kit.marking import gettext_noop
from xietong.kit.measures.declare import Grain, Measure, Origin, Publication, Row

DUE, ON_TIME = "filings_due", "filings_on_time"


def filings(county_id: int, period: int) -> QuerySet[Filing]:
    """The filings that were asked for in the month's reviews that are locked."""
    rows = Filing.objects.filter(
        county_id=county_id,
        cycle__kind=Cycle.Kind.MONTHLY,
        cycle__state=CycleState.LOCKED.value,
        cycle__month__year=period // 100,
        cycle__month__month=period % 100,
    )
    return rows.exclude(state=FilingState.EXCUSED.value)


def is_on_time(row: Filing) -> bool:
    return row.first_at is not None and day_of(row.first_at) <= row.due_on


def rows(county_id: int, period: int) -> Iterator[Row]:
    found = list(filings(county_id, period).only("first_at", "due_on"))
    if found:
        yield Row(DUE, 0, "", Decimal(len(found)))
        yield Row(ON_TIME, 0, "", Decimal(sum(map(is_on_time, found))))


def origins(measure: str, county_id: int, period: int, _unit_id: int, _stage: str) -> Iterator[Origin]:
    """The filings, with the day on which each came first."""
    for row in filings(county_id, period).select_related("unit").order_by("unit__order", "unit_id"):
        if measure == ON_TIME and not is_on_time(row):
            continue
        url = reverse("dispatch:filing", args=[row.pk])
        came = day_of(row.first_at) if row.first_at else None
        yield Origin(str(row.unit), row.get_state_display(), "", came, url)


PUBLICATION = Publication(
    "dispatch",
    Grain.COUNTY_MONTH,
    (
        Measure(DUE, _("当月应报的月报数"), gettext_noop("份")),
        Measure(ON_TIME, _("当月按期报送的月报数"), gettext_noop("份")),
    ),
    rows,
    origins,
)
