"""The declaration of a list: columns, filters, bulk actions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.templatetags import pages as show

Value = Callable[[Any], Any]
Choices = Callable[["Asked"], Iterable[tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who looks at the list, on which day: what filters and labels may depend on."""

    actor: Actor
    today: date


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives the fact of a row (also exported); `html` how the page shows it.

    `sort` names the fields of the query that order the list by this column.
    """

    key: str
    label: Any
    value: Value
    html: Callable[[Any, Any], SafeString | str] | None = None
    sort: tuple[str, ...] = ()
    main: bool = False
    card: bool = True
    numeric: bool = False
    optional: bool = False

    def cell(self, row: Any) -> SafeString | str:
        value = self.value(row)
        if self.html:
            return self.html(row, value)
        return plain(value)


def plain(value: Any) -> SafeString | str:
    """How a fact without a look of its own stands in a cell."""
    if value is None or value == "":
        return SafeString('<span class="text-secondary">—</span>')
    if isinstance(value, datetime):
        return show.moment(value)
    if isinstance(value, date):
        return format_html('<span class="mono">{}</span>', f"{value:%Y-%m-%d}")
    return str(value)


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the filter row. `narrow(asked, value)` gives the condition for a value that was chosen.

    With `choices` it is a drop-down, else a text box.
    """

    key: str
    label: Any
    narrow: Callable[[Asked, str], Q]
    choices: Choices | None = None
    placeholder: Any = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """An action on the rows that are ticked, or on all that the filter shows."""

    label: Any
    url_name: str
    tone: str = "secondary"
    confirm: Any = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """A button above the list."""

    label: Any
    url: str
    icon: str
    primary: bool = False


class Table:
    """A list of one kind of row. Areas subclass it in `tables.py`; `key` names its saved views.

    `bulk_args` go into the addresses of the bulk actions: the key of what the rows belong to.
    """

    key: ClassVar[str]
    title: Any
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    bulk: ClassVar[Sequence[Bulk]] = ()
    bulk_args: tuple[Any, ...] = ()
    order: ClassVar[tuple[str, ...]] = ("pk",)
    drawer: ClassVar[bool] = False
    row_url_name: ClassVar[str] = ""
    empty: ClassVar[tuple[Any, Any]] = ("", "")

    def __init__(self, *, linked: bool = True) -> None:
        self.linked = linked

    def row_url(self, row: Any) -> str:
        return reverse(self.row_url_name, args=[row.pk]) if self.row_url_name and self.linked else ""

    def row_label(self, row: Any) -> str:
        return str(row)

    def filtered(self, rows: QuerySet[Any], asked: Asked, values: dict[str, str]) -> QuerySet[Any]:
        for one in self.filters:
            value = values.get(one.key, "").strip()
            if value:
                rows = rows.filter(one.narrow(asked, value))
        return rows

    def sorted(self, rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
        """Ordered by the column asked for, and by the list's own order below it."""
        key, down = sort.lstrip("-"), sort.startswith("-")
        fields = next((column.sort for column in self.columns if column.key == key), ())
        asked = [f"-{name}" if down else name for name in fields]
        return rows.order_by(*asked, *self.order)


def text_filter(key: str, label: Any, *fields: str, placeholder: Any = "") -> Filter:
    """A text box that looks into several fields."""

    def narrow(_asked: Asked, value: str) -> Q:
        condition = Q()
        for name in fields:
            condition |= Q(**{f"{name}__icontains": value})
        return condition

    return Filter(key, label, narrow, placeholder=placeholder)


def choice_filter(key: str, label: Any, field: str, choices: Choices) -> Filter:
    """A drop-down over one field. A value that is not among the choices finds nothing and breaks nothing."""

    def narrow(asked: Asked, value: str) -> Q:
        known = {str(code) for code, _ in choices(asked)}
        return Q(**{field: value}) if value in known else Q(pk__in=[])

    return Filter(key, label, narrow, choices)
