"""`Pages`: the addresses of one book, from the template that is handed out to the undoing of what was taken in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from xietong.kit.accounts.request import Request
from xietong.kit.errors import Refused
from xietong.kit.files.actions import take_posted
from xietong.kit.files.uploading import uploaded
from xietong.kit.forms.answer import ask, bound
from xietong.kit.forms.base import Form
from xietong.kit.pages.download import XLSX, download
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.sheets import planning, queries, taking
from xietong.kit.sheets.annotating import annotated, key_of
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.forms import ColumnsForm, SheetForm, chosen
from xietong.kit.sheets.template import template
from xietong.kit.words import said

SHOWN = 200
"""So many problems and rows are listed; all of them stand in the annotated file and the import itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview: what it is called, what becomes of it, and in which columns it changes."""

    name: str
    deed: planning.Deed
    differences: list[planning.Difference]


def in_words(looked: taking.Look) -> dict[str, Any]:
    """What a file would do and what is wrong with it, as the preview shows it."""
    problems = looked.checked.problems
    asked = [one for one in looked.planned if one.deed is not planning.Deed.SAME]
    lines = [
        Line(
            planning.title_of(looked.sheet, one.after),
            one.deed,
            planning.differences(looked.sheet, one) if one.known else [],
        )
        for one in asked[:SHOWN]
    ]
    return {
        "looked": looked,
        "counts": planning.counts(looked.planned),
        "bad": len(looked.checked.bad_rows),
        "good": len(looked.planned),
        "problems": [taking.told(one) for one in problems[:SHOWN]],
        "more_problems": max(0, len(problems) - SHOWN),
        "lines": lines,
        "more_lines": max(0, len(asked) - SHOWN),
        "remarks": [said(sentence, values) for sentence, values in looked.checked.remarks],
    }


@dataclass(frozen=True, slots=True)
class Pages:
    """`around` gives what the area's pages show around an owner: title, crumbs, its own head (`above`, `style`).

    `home` is where the rows are looked at, `intro` says what the template is for.
    """

    book: Book
    name: str
    intro: Any
    around: Callable[[Any, str], Mapping[str, Any]]
    home: Callable[[Any], str]

    def patterns(self, prefix: str) -> list[URLPattern]:
        """This function will give the addresses below a prefix; one with `pk` names the owner."""
        may = page(self.book.permission)
        may_send = page(self.book.permission, methods=("GET", "POST"))
        return [
            path(prefix, may_send(self.hand_in), name=self.name),
            path(f"{prefix}template/", may(self.template), name=f"{self.name}_template"),
            path(f"{prefix}taken/<int:import_pk>/", may(self.taken), name=f"{self.name}_taken"),
            path(f"{prefix}taken/<int:import_pk>/undo/", may_send(self.undo), name=f"{self.name}_undo"),
            path(f"{prefix}<str:upload>/", may_send(self.preview), name=f"{self.name}_preview"),
            path(f"{prefix}<str:upload>/columns/", may_send(self.columns), name=f"{self.name}_columns"),
            path(f"{prefix}<str:upload>/annotated/", may(self.annotated), name=f"{self.name}_annotated"),
        ]

    def address(self, request: Request, which: str = "", *args: Any) -> str:
        matched: Any = request.resolver_match
        owner = [matched.kwargs["pk"]] if "pk" in matched.kwargs else []
        return reverse(f"{matched.namespace}:{self.name}{which}", args=[*owner, *args])

    def context(self, request: Request, owner: Any) -> dict[str, Any]:
        return {
            "intro": self.intro,
            "here": self.address(request),
            "template_url": self.address(request, "_template"),
            **self.around(owner, _("从 Excel 导入")),
        }

    def template(self, request: Request, pk: int | None = None) -> HttpResponseBase:
        """The workbook to be filled in, or with the rows as they are to be changed."""
        owner = self.book.owner(request.actor, pk)
        sheet = self.book.sheet(request.actor, owner, request.today)
        rows = self.book.filled(request.actor, owner, request.today)
        content = template(sheet, [planning.in_words(sheet, one) for one in rows])
        return download(content, name=f"{sheet.title}.xlsx", content_type=XLSX)

    def hand_in(self, request: Request, pk: int | None = None) -> HttpResponse:
        """Where a workbook is handed in; below it what was taken in before."""
        owner = self.book.owner(request.actor, pk)

        def save(file: Any) -> str:
            [upload] = take_posted(request.actor, [file])
            return upload

        imports = [
            (one, self.address(request, "_taken", one.pk)) for one in queries.imports_of(self.book, owner)[:SHOWN]
        ]
        return ask(
            request,
            SheetForm(data=request.POST or None, files=request.FILES or None),
            save=save,
            done=lambda upload: self.address(request, "_preview", upload),
            template="sheets/hand_in.html",
            submit_label=_("上传并检查"),
            multipart=True,
            imports=imports,
            **self.context(request, owner),
        )

    def preview(self, request: Request, upload: str, pk: int | None = None) -> HttpResponse:
        """What the file would do, row by row, and what is wrong with it; sent, it is done."""
        owner = self.book.owner(request.actor, pk)
        name, data = uploaded(request.actor, upload)
        mapping = queries.mapping_of(self.book, owner)
        looked = taking.look(self.book, request.actor, owner, data, mapping, today=request.today)
        refusal = ""
        if request.method == "POST":
            try:
                made = taking.take_in(
                    request.actor,
                    self.book,
                    owner,
                    looked=looked,
                    seen=request.POST.get("seen", ""),
                    upload=(upload, name, data),
                    mapping=mapping,
                    skips=request.POST.get("skips") == "1",
                    now=request.now,
                )
            except Refused as refused:
                refusal = str(refused)
            else:
                return redirect(self.address(request, "_taken", made.pk))
        context = {
            "name": name,
            "refusal": refusal,
            "columns_url": self.address(request, "_columns", upload),
            "annotated_url": self.address(request, "_annotated", upload),
            **in_words(looked),
            **self.context(request, owner),
        }
        return render(request, "sheets/preview.html", context, status=422 if refusal else 200)

    def columns(self, request: Request, upload: str, pk: int | None = None) -> HttpResponse:
        """Which column of the file is which; kept for the next file."""
        owner = self.book.owner(request.actor, pk)
        name, data = uploaded(request.actor, upload)
        mapping = queries.mapping_of(self.book, owner)
        looked = taking.look(self.book, request.actor, owner, data, {}, today=request.today)
        form = ColumnsForm(looked.sheet, looked.checked, data=request.POST or None, initial=chosen(mapping))

        def save(**_fields: Any) -> object:
            return taking.remember(request.actor, self.book, owner, form.said, now=request.now)

        return ask(
            request,
            form,
            save=save,
            done=self.address(request, "_preview", upload),
            said=_("列对应已保存，以后的文件也按此读取。"),
            template="sheets/columns.html",
            name=name,
            **self.context(request, owner) | {"title": _("列对应")},
        )

    def annotated(self, request: Request, upload: str, pk: int | None = None) -> HttpResponseBase:
        """The file back, with its faults at the cells."""
        owner = self.book.owner(request.actor, pk)
        name, data = uploaded(request.actor, upload)
        mapping = queries.mapping_of(self.book, owner)
        looked = taking.look(self.book, request.actor, owner, data, mapping, today=request.today)
        words = {key_of(one): taking.told(one) for one in looked.checked.problems}
        content = annotated(data, looked.sheet, looked.checked, mapping, words)
        return download(content, name=f"{name.rpartition('.')[0]}-{_('问题标注')}.xlsx", content_type=XLSX)

    def taken(self, request: Request, import_pk: int, pk: int | None = None) -> HttpResponse:
        """One import: how far it got, what it did, what it left out."""
        owner = self.book.owner(request.actor, pk)
        made = queries.import_of(self.book, owner, import_pk)
        context = {
            "made": made,
            "is_moving": taking.is_moving(made),
            "self_url": request.path,
            "home_url": self.home(owner),
            "undo_url": self.address(request, "_undo", made.pk),
            **self.context(request, owner),
        }
        return render(
            request, "sheets/progress.html" if is_fragment(request, "import") else "sheets/taken.html", context
        )

    def undo(self, request: Request, import_pk: int, pk: int | None = None) -> HttpResponse:
        owner = self.book.owner(request.actor, pk)
        made = queries.import_of(self.book, owner, import_pk)
        return ask(
            request,
            bound(Form, request),
            title=_("撤销导入“%(name)s”") % {"name": made.name},
            save=lambda: taking.undo(request.actor, self.book, owner, made, now=request.now),
            done=self.address(request),
            said=_("已撤销，一切恢复到导入以前。"),
            submit_label=_("撤销"),
            subject=_("这次导入新增的 %(added)d 条会去掉，改动的 %(changed)d 条恢复原样。")
            % {"added": made.added, "changed": made.changed},
        )
