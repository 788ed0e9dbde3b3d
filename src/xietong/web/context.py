"""The tab bar at the bottom of a phone."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans.access import REPORT_TASK, REVIEW_REPORT, VIEW_TASK


def tabs(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    if actor is None or actor.account_id is None:
        return {}
    wanted = [
        (True, _("工作台"), "home", "home"),
        (VIEW_TASK.held_by(actor), _("任务"), "list-check", "plans:tasks"),
        (REPORT_TASK.held_by(actor), _("填报"), "edit", "plans:my_tasks"),
        (REVIEW_REPORT.held_by(actor), _("审核"), "clipboard-check", "plans:reviews"),
        (True, _("消息"), "bell", "notices"),
        (True, _("我的"), "user", "account"),
    ]
    return {
        "tabs": [
            {"label": label, "icon": icon, "url": reverse(name), "active": request.path == reverse(name)}
            for shown, label, icon, name in wanted
            if shown
        ]
    }
