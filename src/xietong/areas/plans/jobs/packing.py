"""迎检材料包: contents, a sheet for each task, and the evidence, as one .zip."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from tempfile import TemporaryFile
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from xietong.areas.plans import documents, queries
from xietong.areas.plans.rules.packing import extension, packed_name
from xietong.kit.clock.time import day_of
from xietong.kit.docx import table_document, write_table_document
from xietong.kit.files.limits import MEBIBYTE
from xietong.kit.files.names import clean_name
from xietong.kit.files.packing import Package
from xietong.kit.jobs.run import Hopeless, Outside, Run
from xietong.kit.pages.templatetags.pages import day, moment

PACKAGE = "plans.package"
MOST_FILES, MOST_BYTES = 100, 32 * MEBIBYTE
"""What is copied at a time: well under a second."""


def pack(run: Run) -> Iterator[Outside | None]:
    """Anew at each attempt, by the rights that whoever asked has then."""
    choice = queries.Choice.of(run.payload)
    try:
        plan = queries.plan_to_pack(run.actor(), run.payload["plan"])
    except Http404 as error:
        raise Hopeless(_("方案已不在您的权限范围内，没有制作材料包。")) from error
    order = queries.packed_order(run.actor(), plan, choice)
    if not order:
        raise Hopeless(_("没有您能查看的、审核通过的填报，没有制作材料包。"))
    run.done, run.total = 0, len(order)
    path = run.file(clean_name(f"{_('迎检材料')}-{plan.county}-{day_of(run.now):%Y%m%d}.zip"))
    yield None
    with Package(path) as package:
        packing = Packing(package, plan, run.now)
        for keys in order.values():
            task = queries.packed_task(run.actor(), keys)
            if task:
                yield from packing.steps(task)
            run.done += 1
        yield packing.close
    run.message = packing.told()


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that goes in, and its line in the contents."""

    number: int
    name: str
    line: tuple[str, ...]
    file: Any


@dataclass(slots=True)
class Packing:
    """A package on its way: what was put in so far, line by line."""

    package: Package
    plan: Any
    now: datetime
    lines: list[tuple[str, ...]] = field(default_factory=list)
    numbered: int = 0
    missing: int = 0

    def steps(self, task: queries.PackedTask) -> Iterator[Outside]:
        """The sheet of a task, then its files, a batch at a time."""
        yield partial(self.put_sheet, task)
        batch: list[Piece] = []
        size = 0
        for piece in self.pieces(task):
            if batch and (len(batch) >= MOST_FILES or size + piece.file.size > MOST_BYTES):
                yield partial(self.put, batch)
                batch, size = [], 0
            batch.append(piece)
            size += piece.file.size
        if batch:
            yield partial(self.put, batch)

    def pieces(self, task: queries.PackedTask) -> Iterator[Piece]:
        for report in task.reports:
            for file, signed in queries.every_paper(report):
                self.numbered += 1
                what = _("签字页") if signed else ""
                name = self.name(task, report, ending=extension(file.name), what=what)
                yield Piece(self.numbered, name, self.line(task, report, file.name), file)

    def put_sheet(self, task: queries.PackedTask) -> None:
        self.numbered += 1
        last, what = task.reports[-1], _("填报与审核")
        name = self.name(task, last, ending=".docx", what=what)
        self.package.add_bytes(name, table_document(documents.filed(task, watermark=self.watermark)), at=self.now)
        self.lines.append((*self.line(task, last, what), ""))

    def put(self, batch: list[Piece]) -> None:
        for piece in batch:
            self.lines.append((*piece.line, self.why_missing(piece)))

    def why_missing(self, piece: Piece) -> str:
        """Puts one file in; if it is not there, the reason for the contents."""
        file, blob = piece.file, piece.file.blob
        if file.withdrawn_at is not None:
            self.missing += 1
            return _("缺失：已撤回（%(why)s）") % {"why": file.withdrawn_reason}
        if not self.package.add_blob(piece.name, blob.sha256, content_type=blob.content_type, at=file.at):
            self.missing += 1
            return _("缺失：存储中没有这个文件")
        return ""

    def name(self, task: queries.PackedTask, report: queries.PackedReport, *, ending: str, what: str) -> str:
        clause = task.row.clause
        return packed_name(
            self.numbered,
            clause=str(clause) if clause else _("无条款"),
            task=task.row.title,
            unit=str(report.row.unit),
            on=day_of(report.row.at),
            ending=ending,
            what=what,
        )

    def line(self, task: queries.PackedTask, report: queries.PackedReport, what: str) -> tuple[str, ...]:
        clause, title = str(task.row.clause or ""), task.row.title
        return f"{self.numbered:04}", clause, title, str(report.row.unit), day(report.row.at), what

    def close(self) -> None:
        """The contents, once it is known what is missing."""
        made = _("共 %(n)d 件，缺失 %(m)d 件　%(when)s 生成") % {
            "n": self.numbered,
            "m": self.missing,
            "when": moment(self.now),
        }
        notes = (self.plan.title, made)
        content = documents.contents(_("迎检材料目录"), notes, self.lines, watermark=self.watermark)
        with TemporaryFile() as file:
            write_table_document(content, file)
            file.seek(0)
            self.package.add_stream(f"{_('目录')}.docx", file, at=self.now)

    @property
    def watermark(self) -> str:
        return _("演示") if self.plan.county.is_fictional else ""

    def told(self) -> str:
        if not self.missing:
            return _("共 %(n)d 件。") % {"n": self.numbered}
        return _("共 %(n)d 件，其中缺失 %(m)d 件，见目录。") % {"n": self.numbered, "m": self.missing}
