"""What the office writes to units: words of a reminder, the text for a group of colleagues, the 督办单."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans.queries import FollowUpView, PressPage, Unfiled
from xietong.kit.docx import Letter, Paragraph
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.words import for_the_record

PHRASES: Sequence[Any] = (
    gettext_lazy("请尽快填报进展，写明完成情况和下一步安排。"),
    gettext_lazy("已经逾期，请说明原因和预计完成时间。"),
    gettext_lazy("临近期限，请抓紧办理；确有困难的，请及时申请延期。"),
    gettext_lazy("请补充佐证材料后填报。"),
)
SHORT = 24
SHOWN = 3


def phrases() -> list[str]:
    """Common words of a reminder, the first of them prefilled: what units read, so Chinese whoever acts."""
    with for_the_record():
        return [str(words) for words in PHRASES]


def shortened(words: str, most: int = SHORT) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def press_text(page: PressPage) -> str:
    """Plain text for a group of colleagues: units in official order, never ranked, nobody's colour."""
    with for_the_record():
        if not page.units:
            return _("截至%(day)s，没有到期或临近期限还没有填报的任务。") % {"day": day(page.today)}
        head = _("【任务填报提醒】截至%(day)s，以下单位还有到期或临近期限的任务没有填报，请登录平台填报：") % {
            "day": day(page.today)
        }
        lines = [f"{number}. {unit_line(one, page.today)}" for number, one in enumerate(page.units, start=1)]
        foot = _("已经办完的请直接申请办结；有困难的请说明情况。单位按机构顺序排列。")
        return "\n".join([head, "", *lines, "", foot, f"{page.signed_by}　{day(page.today)}".strip()])


def unit_line(one: Unfiled, today: date) -> str:
    named = [
        _("%(title)s（%(day)s）") % {"title": shortened(task.title), "day": short_day(task.light_day, today)}
        for task in one.tasks[:SHOWN]
    ]
    rest = _("等") if len(one.tasks) > len(named) else ""
    said = {"unit": one.unit, "n": len(one.tasks), "titles": "；".join(named), "rest": rest}
    return _("%(unit)s（%(n)d项）：%(titles)s%(rest)s") % said


def short_day(value: date | None, today: date) -> str:
    """The whole date only where the year is not this one."""
    said = day(value)
    this_year = day(today)[:5]
    return said.removeprefix(this_year)


def follow_up_number(row: Any) -> str:
    return _("督办〔%(year)d〕%(number)d号") % {"year": row.year, "number": row.number}


def follow_up(view: FollowUpView, signed_by: str) -> Letter:
    """督办单; the paper of an invented county says so. The page shows it in the language of its reader."""
    row = view.row
    asked = {
        "plan": row.task.plan.title,
        "title": row.task.title,
        "number": row.task.number,
        "due": day(row.task.due_on),
    }
    return Letter(
        title=_("督办单"),
        number=follow_up_number(row),
        addressee=_("%(unit)s：") % {"unit": row.unit.name},
        body=(
            Paragraph(
                _("《%(plan)s》中由你单位牵头的任务“%(title)s”（编号%(number)s，完成期限%(due)s），现予督办。")
                % asked
            ),
            Paragraph(_("一、督办要求"), heading=True),
            Paragraph(row.demand),
            Paragraph(_("二、回复期限"), heading=True),
            Paragraph(_("请于%(day)s前书面回复办理情况。") % {"day": day(row.due_on)}),
            Paragraph(_("三、回复情况"), heading=True),
            Paragraph(reply_of(row)),
            Paragraph(_("四、处理意见"), heading=True),
            Paragraph(opinion_of(row)),
        ),
        signed=(signed_by, day(row.at)),
        places=(_("回复单位负责人（签字）：　　　　　　　　（盖章）"), _("回复日期：　　　　年　　月　　日")),
        watermark=_("演示") if row.county.is_fictional else "",
    )


def reply_of(row: Any) -> str:
    if not row.reply:
        return _("（待回复）")
    who = _("%(who)s，%(day)s") % {"who": row.replied_by, "day": day(row.replied_at)}
    return _("%(reply)s（%(who)s）") % {"reply": row.reply, "who": who}


def opinion_of(row: Any) -> str:
    if row.lifted_at:
        words = row.opinion or _("同意。")
        return _("%(words)s自%(day)s起解除督办。") % {"words": words, "day": day(row.lifted_at)}
    return row.opinion or _("（待处理）")
