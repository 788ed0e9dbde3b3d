"""A declared list on one request: what the templates show, and the pages and links around it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import TextInput
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xietong.kit.accounts.models import SavedView
from xietong.kit.accounts.request import Request
from xietong.kit.tables.declare import Asked, Column, Table, Tool

SIZES = (20, 50, 100)


@dataclass(frozen=True, slots=True)
class Head:
    key: str
    label: Any
    sort_url: str
    sort_dir: str
    numeric: bool
    main: bool
    card: bool
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    column: Head
    html: SafeString | str


@dataclass(frozen=True, slots=True)
class Row:
    pk: Any
    url: str
    drawer_url: str
    cells: list[Cell]
    label: str
    selectable: bool
    actions: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    number: Any
    url: str
    current: bool = False

    @property
    def n(self) -> Any:
        return self.number

    @property
    def name(self) -> Any:
        return self.number


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    label: Any
    value: str
    placeholder: Any
    choices: list[tuple[str, Any]] | None

    @property
    def name(self) -> str:
        return self.key

    @property
    def id(self) -> str:
        return f"filter-{self.key}"

    @property
    def html(self) -> SafeString:
        """The box or drop-down itself; a search box filters while one types."""
        if self.choices is None:
            attrs = {
                "type": "search",
                "class": "form-control",
                "placeholder": self.placeholder,
                "autocomplete": "off",
            }
            return TextInput(attrs).render(self.key, self.value, {"id": self.id})
        # Django's own drop-down renders a template for each choice, a sixth of the time of a whole page.
        choices = (
            (code, SafeString(" selected") if code == self.value else "", label)
            for code, label in [("", _("全部")), *self.choices]
        )
        options = format_html_join("\n", '<option value="{}"{}>{}</option>', choices)
        return format_html('<select class="form-select" name="{}" id="{}">{}</select>', self.key, self.id, options)

    @property
    def active(self) -> bool:
        return bool(self.value)

    @property
    def shown_value(self) -> Any:
        return dict(self.choices).get(self.value, self.value) if self.choices is not None else self.value


@dataclass(frozen=True, slots=True)
class View:
    name: str
    url: str
    delete_url: str


@dataclass(frozen=True, slots=True)
class BulkButton:
    label: Any
    url: str
    tone: str
    confirm: Any


@dataclass
class Shown:
    """The context `table` of the templates."""

    request: Request
    declared: Table
    source: QuerySet[Any]
    toolbar: list[Tool] = field(default_factory=list)
    params: QueryDict = field(default_factory=QueryDict)

    def __post_init__(self) -> None:
        self.asked = Asked(self.request.actor, self.request.today)
        self.params = self.params or self.request.GET
        self.filter_url = self.request.path
        self.title = self.declared.title
        self.caption = self.declared.title
        self.key = self.declared.key

    def url(self, **replaced: Any) -> str:
        """This list with some parameters replaced; a filter or size that changes goes back to page one."""
        query = self.params.copy()
        for name in ("as", "export", *([] if "page" in replaced else ["page"])):
            query.pop(name, None)
        for name, value in replaced.items():
            query.pop(name, None)
            if value not in (None, ""):
                query[name] = value
        return f"{self.filter_url}?{query.urlencode()}" if query else self.filter_url

    @cached_property
    def sort(self) -> str:
        return self.params.get("sort", "")

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """Every row that the filter shows, in order."""
        values = {one.key: self.params.get(one.key, "") for one in self.declared.filters}
        return self.declared.sorted(self.declared.filtered(self.source, self.asked, values), self.sort)

    @cached_property
    def chosen(self) -> list[Column]:
        wanted = self.params.getlist("columns")
        return [
            column
            for column in self.declared.columns
            if column.main or (column.key in wanted if wanted else not column.optional)
        ]

    @cached_property
    def columns(self) -> list[Head]:
        return [self.head(column) for column in self.chosen]

    def head(self, column: Column) -> Head:
        direction = {column.key: "asc", f"-{column.key}": "desc"}.get(self.sort, "")
        following = f"-{column.key}" if direction == "asc" else column.key
        sort_url = self.url(sort=following) if column.sort else ""
        return Head(column.key, column.label, sort_url, direction, column.numeric, column.main, column.card)

    @cached_property
    def page_size(self) -> int:
        asked = self.params.get("size", "")
        return next((size for size in SIZES if str(size) == asked), SIZES[0])

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.matching, self.page_size).get_page(self.params.get("page"))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def rows(self) -> list[Row]:
        return [self.row(row) for row in self.page]

    def row(self, row: Any) -> Row:
        url = self.declared.row_url(row)
        cells = [Cell(head, column.cell(row)) for head, column in zip(self.columns, self.chosen, strict=True)]
        drawer = url if self.declared.drawer else ""
        return Row(row.pk, url, drawer, cells, self.declared.row_label(row), bool(self.declared.bulk))

    @cached_property
    def pages(self) -> list[Link]:
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            Link(number, self.url(page=number) if isinstance(number, int) else "", number == self.page.number)
            for number in numbers
        ]

    @cached_property
    def sizes(self) -> list[Link]:
        return [Link(size, self.url(size=size), size == self.page_size) for size in SIZES]

    @property
    def jump(self) -> bool:
        return self.page.paginator.num_pages > len(SIZES) + 2

    @cached_property
    def filters(self) -> list[Field]:
        return [
            Field(
                one.key,
                one.label,
                self.params.get(one.key, ""),
                one.placeholder,
                [(str(code), label) for code, label in one.choices(self.asked)] if one.choices else None,
            )
            for one in self.declared.filters
        ]

    @property
    def active_filters(self) -> list[dict[str, Any]]:
        return [
            {"label": one.label, "value": one.shown_value, "clear_url": self.url(**{one.key: ""})}
            for one in self.filters
            if one.active
        ]

    @property
    def shown_keys(self) -> list[str]:
        """The columns that somebody chose; the filter's form keeps them."""
        return self.params.getlist("columns")

    @property
    def has_actions(self) -> bool:
        return any(row.actions for row in self.rows)

    @property
    def save_view_url(self) -> str:
        return f"{reverse('view_save')}?table={self.key}"

    @property
    def chooser(self) -> list[dict[str, Any]]:
        shown = {column.key for column in self.chosen}
        return [
            {"key": column.key, "label": column.label, "shown": column.key in shown}
            for column in self.declared.columns
            if not column.main
        ]

    @cached_property
    def views(self) -> list[View]:
        saved = SavedView.objects.filter(account=self.request.user, table=self.key).order_by("name")
        return [
            View(view.name, f"{self.filter_url}?{view.query}", reverse("view_delete", args=[view.pk]))
            for view in saved
        ]

    @property
    def bulk(self) -> list[BulkButton]:
        args = self.declared.bulk_args
        return [
            BulkButton(one.label, reverse(one.url_name, args=args), one.tone, one.confirm)
            for one in self.declared.bulk
        ]

    @property
    def export_url(self) -> str:
        return self.url(export="xlsx")

    @property
    def empty(self) -> dict[str, Any]:
        title, hint = self.declared.empty
        return {"title": title, "hint": hint}
