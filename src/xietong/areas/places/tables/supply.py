"""Schools and townships with their places; what is known of each is passed in, as it follows from many rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.places.rules.bands import Band
from xietong.areas.places.rules.stages import STAGES
from xietong.areas.places.tables.words import BANDS, band_tag, gap_tag, stage_name
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Column, Table, choice_filter, text_filter

Value = Callable[[Any], Any]


def stages(_asked: Asked) -> list[tuple[str, str]]:
    return [(stage, stage_name(stage)) for stage in STAGES]


class SchoolTable(Table):
    """Stages of schools: how full each is."""

    key = "places.schools"
    title = gettext_lazy("各校学位")
    order = ("order", "unit_id", "stage")
    filters = (
        text_filter("q", gettext_lazy("学校"), "school"),
        choice_filter("stage", gettext_lazy("学段"), "stage", stages),
    )
    empty = (
        gettext_lazy("还没有学校的学位数"),
        gettext_lazy("学年资料里有了在校生数和普通教室数，这里按学校的规定顺序列出，不排名。"),
    )

    def __init__(self, facts: Mapping[tuple[int, str], Any]) -> None:
        super().__init__()

        def known(value: Value) -> Value:
            return lambda row: value(facts[row.unit_id, row.stage]) if (row.unit_id, row.stage) in facts else None

        self.columns = (
            Column("school", _("学校"), lambda row: row.school, sort=("order",), main=True),
            Column("stage", _("学段"), lambda row: stage_name(row.stage)),
            Column("township", _("乡镇"), known(lambda one: str(one.township or "")), card=False),
            Column("pupils", _("在校生"), lambda row: int(row.value), sort=("value",), numeric=True),
            Column("places", _("学位"), known(lambda one: one.line.places), numeric=True),
            Column("free", _("空余"), known(lambda one: one.line.free), numeric=True),
            Column("short", _("超出"), known(lambda one: one.line.short), numeric=True),
            Column("band", _("状况"), known(in_words), lambda row, _value: known(shown)(row)),
            Column("large", _("大班额班数"), known(lambda one: one.large_classes), numeric=True),
            Column("lacking", _("以后最多缺学位"), known(lacking), numeric=True, card=False),
        )

    def row_url(self, row: Any) -> str:
        return reverse("places:school", args=[row.unit_id])

    def row_label(self, row: Any) -> str:
        return f"{row.school} {stage_name(row.stage)}"


def lacking(one: Any) -> str:
    """The most places that the forecast misses, and when."""
    worst = one.ahead.worst if one.ahead else None
    return _("%(n)d（%(year)s）") % {"n": worst[0], "year": worst[1].code} if worst else ""


def in_words(one: Any) -> str:
    return str(BANDS[one.band][0]) if one.line.places is not None else _("缺教室数")


def shown(one: Any) -> SafeString:
    return band_tag(one.band) if one.line.places is not None else tag(_("缺教室数"), "orange")


class TownshipTable(Table):
    """Townships with the places of one stage, and what some years to come bring."""

    key = "places.townships"
    title = gettext_lazy("各乡镇学位")
    order = ("order", "pk")
    empty = (
        gettext_lazy("还没有乡镇的学位数"),
        gettext_lazy("请先在“机构”里登记乡镇，并建立学年资料；学校按上级或驻地代码归到乡镇。"),
    )

    def __init__(self, stage: str, facts: Mapping[tuple[int, str], Any], ahead: Sequence[tuple[int, str]]) -> None:
        super().__init__()

        def now(name: str) -> Value:
            return lambda row: getattr(facts[row.pk, stage].now, name)

        def band(row: Any) -> str:
            found = facts[row.pk, stage].band
            return "" if found is Band.NONE else str(BANDS[found][0])

        self.columns = (
            Column("name", _("乡镇"), str, sort=("order",), main=True),
            Column("pupils", _("在校生"), now("pupils"), numeric=True),
            Column("places", _("学位"), now("places"), numeric=True),
            Column("free", _("空余"), now("free"), numeric=True),
            Column("short", _("超出"), now("short"), numeric=True),
            Column("per-hundred", _("每百名学生学位"), lambda row: rounded(now("per_hundred")(row)), numeric=True),
            Column("band", _("状况"), band, lambda row, value: band_tag(facts[row.pk, stage].band) if value else "—"),
            *(gap_column(stage, facts, place, label) for place, label in ahead),
        )


def gap_column(stage: str, facts: Mapping[tuple[int, str], Any], place: int, label: str) -> Column:
    """What is missing in a year to come: above 0 places are missing."""

    def cell(row: Any) -> Any:
        ahead = facts[row.pk, stage].ahead
        return ahead[place] if ahead else None

    return Column(
        f"gap-{place}",
        _("%(year)s缺口") % {"year": label},
        lambda row: cell(row).gap if cell(row) else None,
        lambda row, _value: gap_tag(cell(row)) if cell(row) else "—",
        numeric=True,
    )


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
