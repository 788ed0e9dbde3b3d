"""The documents of an inspection package: its contents, and what was filed on a task."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from xietong.areas.plans.queries import PackedReport, PackedTask
from xietong.kit.docx import Column, TableDocument
from xietong.kit.pages.templatetags.pages import day, moment


def contents(title: str, notes: tuple[str, ...], rows: Iterable[Sequence[str]], *, watermark: str) -> TableDocument:
    """目录 of a 迎检材料包: every file with its place; those that are missing are named, and say why."""
    return TableDocument(
        title=title,
        columns=(
            Column(_("序号"), 16, centred=True),
            Column(_("条款"), 30),
            Column(_("任务"), 50),
            Column(_("单位"), 28, centred=True),
            Column(_("填报日期"), 40, centred=True),
            Column(_("材料"), 38),
            Column(_("说明"), 23),
        ),
        rows=rows,
        notes=notes,
        watermark=watermark,
    )


def filed(task: PackedTask, *, watermark: str) -> TableDocument:
    """What was reported on a task, and the verdict on each report."""
    row = task.row
    facts = (row.number, str(row.clause or ""), str(row.lead_unit or ""), f"{_('完成期限：')}{day(row.due_on)}")
    return TableDocument(
        title=row.title,
        columns=(
            Column(_("次"), 12, centred=True),
            Column(_("填报时间"), 32, centred=True),
            Column(_("填报单位和人"), 32, centred=True),
            Column(_("进展情况"), 74),
            Column(_("佐证"), 37),
            Column(_("审核"), 38),
        ),
        rows=[filed_row(one) for one in task.reports],
        notes=("　".join(filter(None, facts)),),
        watermark=watermark,
    )


def filed_row(report: PackedReport) -> tuple[str, ...]:
    row = report.row
    verdict = f"{row.get_state_display()}　{row.reviewer_name}　{day(row.reviewed_at)}　{row.opinion}"
    return (
        str(row.number),
        moment(row.at),
        f"{row.unit} {row.author_name}",
        row.text,
        _("；").join(file.name for file in (*report.files, *report.signed)),
        verdict.strip(),
    )
