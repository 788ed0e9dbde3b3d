"""What this area publishes: places by school, stage and school year, and births of the county."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum as Total
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.models import Figure, RegisterYear
from xietong.areas.places import queries
from xietong.areas.places.models import Births
from xietong.areas.places.rules.stages import STAGES
from xietong.kit.marking import gettext_noop
from xietong.kit.measures.declare import Grain, Measure, Origin, Publication, Row

PLACES = Measure("places", gettext_lazy("学位数"), gettext_noop("个"), stages=STAGES)
FREE = Measure("free_places", gettext_lazy("空余学位数"), gettext_noop("个"), stages=STAGES)
SHORT = Measure("missing_places", gettext_lazy("超出学位的学生数"), gettext_noop("人"), stages=STAGES)
HALF_EMPTY = Measure(
    "half_empty_schools", gettext_lazy("学位利用不足的学校（学部）数"), gettext_noop("所"), stages=STAGES
)
BIRTHS = Measure("births", gettext_lazy("出生人数（当年 8 月底以前的一年）"), gettext_noop("人"))


def rows(county_id: int, period: int) -> Iterator[Row]:
    """Every measure of a school year. Schools that the register does not have yet are told of the county as one."""
    sums: dict[tuple[str, int, str], int] = defaultdict(int)
    register = RegisterYear.objects.filter(county_id=county_id, year=period).first()
    bands = queries.bands(county_id, register.as_of) if register else None
    for line in queries.supply(register).lines if register else ():
        if line.places is not None and bands:
            at = (line.school, line.stage)
            sums[PLACES.name, *at] += line.places
            sums[FREE.name, *at] += line.free
            sums[SHORT.name, *at] += line.short
            sums[HALF_EMPTY.name, *at] += line.is_half_empty(bands)
    for (name, school, stage), value in sums.items():
        yield Row(name, school, stage, Decimal(value))
    born = Births.objects.filter(county_id=county_id, year=period - 1).aggregate(n=Total("births"))["n"]
    if born is not None:
        yield Row(BIRTHS.name, 0, "", Decimal(born))


def origins(measure: str, county_id: int, period: int, unit_id: int, stage: str) -> Iterator[Origin]:
    """The births of a cohort, or the classrooms, projects and pupils that a value was counted from."""
    if measure == BIRTHS.name:
        yield from of_births(county_id, period - 1)
        return
    register = RegisterYear.objects.filter(county_id=county_id, year=period).first()
    if register is not None:
        yield from of_classrooms(register, unit_id, stage)
        yield from of_projects(register, unit_id, stage)


def of_births(county_id: int, cohort: int) -> Iterator[Origin]:
    url = reverse("places:births")
    for row in Births.objects.filter(county_id=county_id, year=cohort).select_related("township"):
        yield Origin(str(row.township), _("%(n)d 人") % {"n": row.births}, row.get_source_display(), row.as_of, url)


def of_classrooms(register: RegisterYear, unit_id: int, stage: str) -> Iterator[Origin]:
    of = {"record__register": register, "record__school_id": unit_id}
    for one in Figure.objects.filter(**of, field="classrooms", stage__in=["", stage]):
        value = _("%(n)d 间") % {"n": one.value}
        url = reverse("places:school", args=[unit_id])
        yield Origin(_("普通教室数"), value, one.get_source_display(), one.as_of, url)


def of_projects(register: RegisterYear, unit_id: int, stage: str) -> Iterator[Origin]:
    for one in queries.delivered_since(register):
        if one.by_stage.get(stage) and unit_id == queries.counted_at(one, register):
            value = _("新增学位 %(n)d 个") % {"n": one.by_stage[stage]}
            url = reverse("places:project", args=[one.pk])
            yield Origin(one.name, value, one.get_state_display(), one.delivered_on, url)


PUBLICATION = Publication("places", Grain.SCHOOL_YEAR, (PLACES, FREE, SHORT, HALF_EMPTY, BIRTHS), rows, origins)
