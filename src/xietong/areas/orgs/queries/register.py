"""Reads of the yearly register: the years, the schools in them, and by what numbers they are judged."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import access
from xietong.areas.orgs.models import (
    SCHOOLS,
    STAGES_OF,
    Figure,
    OrgKind,
    RegisterYear,
    Room,
    SchoolClass,
    SchoolRecord,
    Stage,
)
from xietong.areas.orgs.rules.checks import Facts, lacking
from xietong.areas.orgs.rules.codes import SETTLEMENTS
from xietong.areas.orgs.rules.sizes import ClassSizes
from xietong.areas.orgs.rules.stages import Weights
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.ruletable.table import in_force, value_of
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.queries import last_imports

RULES = "orgs."

BOOKS = "register."
"""How the keys of the workbooks begin that fill a register, of this area and of higher ones."""


def registers(actor: Actor) -> QuerySet[RegisterYear]:
    """The school years that have a register, the latest first, with how many schools have confirmed."""
    return (
        visible(actor, access.VIEW_REGISTER)
        .annotate(
            schools=Count("records"),
            confirmed=Count("records", filter=Q(records__confirmed_at__isnull=False)),
        )
        .order_by("-year")
    )


def register(actor: Actor, pk: int) -> RegisterYear:
    return fetch(actor, access.VIEW_REGISTER, pk, join=("county",))


def register_to_keep(actor: Actor, pk: int) -> RegisterYear:
    return fetch(actor, access.KEEP_REGISTER, pk, join=("county",))


def latest_register(county_id: int) -> RegisterYear | None:
    return RegisterYear.objects.filter(county_id=county_id).order_by("-year").first()


BEGUN = Q(pk__in=Figure.objects.values("record"))
NOT_BEGUN = Q(confirmed_at=None) & ~BEGUN


def records(actor: Actor, register: RegisterYear) -> QuerySet[SchoolRecord]:
    """The schools of a register that the actor sees, in official order, with their figures and how many classes."""
    classes = SchoolClass.objects.filter(record=OuterRef("pk")).order_by().values("record").annotate(n=Count("pk"))
    return (
        visible(actor, access.VIEW_RECORD)
        .filter(register=register)
        .select_related("school", "register")
        .annotate(rolls=Coalesce(Subquery(classes.values("n")), Value(0)))
        .prefetch_related("figures")
        .order_by("school__order", "school_id")
    )


STATES = {
    "empty": (gettext_lazy("未填"), "grey", NOT_BEGUN),
    "waiting": (gettext_lazy("待确认"), "orange", Q(confirmed_at=None) & BEGUN),
    "confirmed": (gettext_lazy("已确认"), "green", Q(confirmed_at__isnull=False)),
}
"""How far a record is: what it is called, its tone, and which rows are so far."""


def state_of(row: SchoolRecord) -> str:
    if row.confirmed_at:
        return "confirmed"
    return "waiting" if row.figures.all() else "empty"


def missing_of(row: SchoolRecord) -> int:
    """How many figures a record lacks, by those that were read with it."""
    figures = {(one.stage, one.grade, one.field): one.value for one in row.figures.all()}
    return sum(1 for _one in lacking(Facts(stages_of(row), figures, (), {})))


@dataclass(frozen=True, slots=True)
class BookLink:
    """A workbook that fills a register: the key of the book, what it is called, and where it is handed in."""

    book: str
    label: Any
    url_name: str


BOOK_LINKS: list[BookLink] = []


def add_book_link(link: BookLink) -> None:
    """This function will offer a workbook on the page of a school year, by the key of the year; from `apps.py`."""
    if link not in BOOK_LINKS:
        BOOK_LINKS.append(link)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A school year: how many of the schools that the actor sees have confirmed or begun, what was taken in last."""

    row: RegisterYear
    schools: int
    confirmed: int
    empty: int
    books: tuple[tuple[BookLink, Import | None], ...]

    @property
    def waiting(self) -> int:
        return self.schools - self.confirmed - self.empty


def register_page(actor: Actor, row: RegisterYear) -> RegisterPage:
    seen = records(actor, row)
    last = last_imports(row.county_id, row.pk, books=BOOKS)
    return RegisterPage(
        row,
        seen.count(),
        seen.filter(confirmed_at__isnull=False).count(),
        seen.filter(NOT_BEGUN).count(),
        tuple((link, last.get(link.book)) for link in BOOK_LINKS),
    )


def only_record(actor: Actor, row: RegisterYear) -> SchoolRecord | None:
    """The one record that a school sees of a year; none for whoever sees several."""
    found = list(records(actor, row)[:2]) if actor.role in access.OWN_SCHOOL else []
    return found[0] if len(found) == 1 else None


def latest_record(actor: Actor, school: int) -> SchoolRecord | None:
    """The last year's record of a school, if the actor may see it."""
    rows = visible(actor, access.VIEW_RECORD).filter(school_id=school).select_related("register")
    return rows.order_by("-register__year").first()


def record(actor: Actor, pk: int) -> SchoolRecord:
    return fetch(actor, access.VIEW_RECORD, pk, join=("register", "school"))


def record_to_fill(actor: Actor, pk: int) -> SchoolRecord:
    return fetch(actor, access.FILL_RECORD, pk, join=("register", "school"))


def record_to_confirm(actor: Actor, pk: int) -> SchoolRecord:
    return fetch(actor, access.CONFIRM_RECORD, pk, join=("register", "school"))


def record_to_release(actor: Actor, pk: int) -> SchoolRecord:
    return fetch(actor, access.RELEASE_RECORD, pk, join=("register", "school"))


def record_to_describe(actor: Actor, pk: int) -> SchoolRecord:
    return fetch(actor, access.DESCRIBE_RECORD, pk, join=("register", "school"))


def record_to_correct(actor: Actor, pk: int) -> SchoolRecord:
    return fetch(actor, access.CORRECT_RECORD, pk, join=("register", "school"))


def records_to_fill(actor: Actor) -> QuerySet[SchoolRecord]:
    """The records that wait for the actor's own school: not confirmed, in a register that is not locked."""
    return (
        visible(actor, access.FILL_RECORD)
        .filter(confirmed_at=None, register__locked_at=None, school_id__in=actor.orgs)
        .select_related("register", "school")
        .order_by("register__due_on", "school__order")
    )


def records_by_school(register: RegisterYear) -> dict[int, SchoolRecord]:
    rows = SchoolRecord.objects.filter(register=register).select_related("school").order_by("school__order")
    return {row.school_id: row for row in rows}


def stages_of(row: SchoolRecord) -> tuple[str, ...]:
    return tuple(stage.value for stage in STAGES_OF.get(row.kind, ()))


def split_weights(county_id: int, on: date) -> Weights:
    rules = in_force(county_id, on, prefix="orgs.split.")
    return Weights(*(float(value_of(rules, f"orgs.split.{name}")) for name in ("middle", "high", "high_of_twelve")))


def class_sizes(county_id: int, on: date) -> ClassSizes:
    rules = in_force(county_id, on, prefix="orgs.class_size.")
    return ClassSizes(
        {
            stage: int(value_of(rules, f"orgs.class_size.{stage}"))
            for stage in ("kindergarten", "primary", "middle", "high")
        },
        int(value_of(rules, "orgs.class_size.large")),
        int(value_of(rules, "orgs.class_size.very_large")),
    )


def due_days(county_id: int, on: date) -> int:
    return int(value_of(in_force(county_id, on, prefix=RULES), "orgs.register.due_days"))


def ownership_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in SchoolRecord.Ownership.choices]


def stage_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Stage.choices]


def school_kind_choices() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in OrgKind if kind in SCHOOLS]


def room_kind_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Room.Kind.choices]


def settlement_choices() -> list[tuple[str, str]]:
    return [("", "—"), *SETTLEMENTS.names.items()]


def room_of(row: SchoolRecord, pk: int) -> Room:
    """One of a record's rooms.

    Raises Http404.
    """
    return get_object_or_404(row.rooms.select_related("record__register"), pk=pk)
