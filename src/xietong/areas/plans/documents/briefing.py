"""领导看板 on one sheet of paper, and the words that page and paper share."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans.queries import Briefing, Matter, Resolved, Some
from xietong.areas.plans.rules.briefing import Figure, cut
from xietong.kit.docx import Letter, Paragraph
from xietong.kit.pages.templatetags.pages import day

# What kind of matter it is, and who decides it.
KINDS: dict[str, tuple[Any, Any]] = {
    "extension": (gettext_lazy("延期申请"), gettext_lazy("领导小组办公室")),
    "returned": (gettext_lazy("退件待改派"), gettext_lazy("领导小组办公室")),
    "late_reply": (gettext_lazy("督办逾期未回复"), gettext_lazy("领导小组")),
    "replied": (gettext_lazy("督办回复待处理"), gettext_lazy("领导小组办公室")),
    "change": (gettext_lazy("方案变更待审批"), gettext_lazy("审批人")),
}
# Characters: with them every row takes two lines, and the sheet one page.
TITLE, UNIT, WORDS = 24, 12, 26
FIGURES: dict[Figure, Any] = {
    Figure.TOTAL: gettext_lazy("任务"),
    Figure.UNDER_WAY: gettext_lazy("待接收和办理中"),
    Figure.CLAIMED: gettext_lazy("待审核"),
    Figure.VERIFIED: gettext_lazy("已完成"),
    Figure.RED: gettext_lazy("逾期"),
    Figure.ISSUED_SINCE: gettext_lazy("新下达"),
    Figure.VERIFIED_SINCE: gettext_lazy("新办结"),
    Figure.RED_SINCE: gettext_lazy("新逾期"),
}


def briefing(page: Briefing) -> Letter:
    """The sheet; the paper of an invented county says so."""
    return Letter(
        title=_("%(county)s协同提质工作看板") % {"county": page.county or ""},
        number=_("截至%(day)s，与%(since)s相比") % {"day": day(page.today), "since": day(page.since)},
        body=(
            *part(_("一、需协调事项"), page.matters, matter_line, _("没有需要协调的事项。")),
            *part(_("二、逾期任务和单位说明"), page.red, red_line, _("没有逾期的任务。")),
            *decided(page),
            Paragraph(_("四、进展数字"), heading=True),
            Paragraph(figures_line(page)),
        ),
        watermark=_("演示") if page.county and page.county.is_fictional else "",
        sheet=True,
    )


def part(heading: str, some: Some, line: Any, nothing: str) -> list[Paragraph]:
    rows = [Paragraph(f"{n}. {line(row)}") for n, row in enumerate(some.rows, start=1)] or [Paragraph(nothing)]
    more = [Paragraph(_("另有 %(n)d 项。") % {"n": some.more})] if some.more else []
    return [Paragraph(heading, heading=True), *rows, *more]


def decided(page: Briefing) -> list[Paragraph]:
    """What the last meeting decided, then what leaders asked for."""
    lines = [*map(resolved_line, page.resolved.rows), *map(decision_line, page.decisions.rows)]
    some = Some(tuple(lines), page.decided)
    return part(_("三、上次议定事项落实"), some, str, _("还没有议定事项，也没有录入领导批示。"))


def resolved_line(one: Resolved) -> str:
    said = {
        "title": cut(one.title, TITLE),
        "unit": cut(one.unit, UNIT),
        "day": day(one.by),
        "state": one.state,
        "words": cut(one.words, WORDS),
    }
    return _("%(title)s（%(unit)s，%(day)s到期，%(state)s）：%(words)s") % said


def matter_line(one: Matter) -> str:
    kind, _decider = KINDS[one.kind]
    by = _("，%(day)s前") % {"day": day(one.by)} if one.by else ""
    said = {
        "kind": kind,
        "title": cut(one.title, TITLE),
        "unit": f"（{cut(one.unit, UNIT)}）" if one.unit else "",
        "words": cut(one.words, WORDS) or _("未说明"),
        "decider": decider(one),
        "by": by,
    }
    return _("%(kind)s：%(title)s%(unit)s，%(words)s【%(decider)s%(by)s】") % said


def decider(one: Matter) -> str:
    """By whom it is decided: the open step of an approval, or whoever decides all of its kind."""
    return one.step or str(KINDS[one.kind][1])


def red_line(task: Any) -> str:
    said = {
        "title": cut(task.title, TITLE),
        "unit": cut(str(task.lead_unit), UNIT),
        "day": day(task.light_day),
        "reason": cut(task.reason or "", WORDS) or _("尚未说明"),
    }
    return _("%(title)s（%(unit)s，%(day)s到期）：%(reason)s") % said


def decision_line(one: Any) -> str:
    row = one.row
    said = {
        "leader": cut(row.leader, UNIT),
        "day": day(row.on),
        "text": cut(row.text, WORDS),
        "title": cut(row.task.title, TITLE),
        "unit": cut(str(row.task.lead_unit), UNIT),
        "state": row.task.get_state_display(),
    }
    return _("%(leader)s %(day)s批示：%(text)s → %(title)s（%(unit)s），%(state)s") % said


def figures_line(page: Briefing) -> str:
    now = "，".join(f"{FIGURES[one.what]} {one.n}" for one in page.now)
    changed = "，".join(f"{FIGURES[one.what]} {one.n}" for one in page.changed)
    return _("现有%(now)s。自%(since)s以来%(changed)s。") % {"now": now, "since": day(page.since), "changed": changed}
