"""What comes in from Excel: the 任务分解表 of a draft, and what happened before the system was there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans import sheets
from xietong.areas.plans.views.drafting import wizard
from xietong.areas.plans.views.past import crumbs
from xietong.kit.sheets.pages import Pages


def around_draft(plan: Any, title: str) -> dict[str, Any]:
    return {"above": "plans/parts/wizard.html", "style": "plans/text.css", **wizard(plan, "drafting", title)}


def around_past(plan: Any, title: str) -> dict[str, Any]:
    return {"title": _("历史补录"), "crumbs": crumbs(plan, (title, None))}


BREAKDOWN = Pages(
    sheets.BreakdownBook(),
    "sheet",
    gettext_lazy(
        "下载分解表，在 Excel 或 WPS 中填好牵头单位、协办单位、期限和成果，再上传。"
        "表中带有现有任务；同一编号会修改，新编号会新增，从不删除。"
    ),
    around_draft,
    lambda plan: reverse("plans:drafting", args=[plan.pk]),
)
PAST = Pages(
    sheets.PastBook(),
    "past_sheet",
    gettext_lazy(
        "把以前的会议、文件、活动和进展填在模板里上传；同一编号会修改，新编号会新增。扫描件在逐条补录时附上。"
    ),
    around_past,
    lambda plan: reverse("plans:past", args=[plan.pk]),
)
