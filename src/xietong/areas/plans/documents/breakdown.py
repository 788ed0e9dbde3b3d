"""任务分解表, as data."""

from django.utils.translation import gettext as _

from xietong.areas.plans.queries import BreakdownPage
from xietong.kit.docx import Column, TableDocument
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.words import for_the_record


def breakdown(page: BreakdownPage) -> TableDocument:
    """任务分解表 of a plan: Chinese whoever asks for it; the paper of an invented county says so."""
    with for_the_record():
        facts = [str(page.row.county), page.row.document_no, day(page.row.issued_on)]
        columns = (
            Column(_("编号"), 20, centred=True),
            Column(_("任务"), 76),
            Column(_("牵头单位"), 30, centred=True),
            Column(_("协办单位"), 35),
            Column(_("完成期限"), 34, centred=True),
            Column(_("成果"), 30),
        )
        rows = [
            (
                task.number,
                task.title,
                str(task.lead_unit or ""),
                "、".join(str(support.unit) for support in task.supports.all()),
                "，".join(filter(None, (day(task.due_on), task.rhythm))),
                task.deliverable,
            )
            for task in page.tasks
        ]
        return TableDocument(
            title=f"{page.row.title}{_('任务分解表')}",
            columns=columns,
            rows=rows,
            notes=("　".join(filter(None, facts)),),
            signatures=(_("编制人："), _("审核人："), _("（盖章）　　年　　月　　日")),
            watermark=_("演示") if page.row.county.is_fictional else "",
        )
