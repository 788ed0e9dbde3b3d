"""The kinds of notices that a county may have counted in its group, in the order in which it is offered them."""

from django.utils.translation import gettext_lazy as _

from xietong.kit.notices.kinds import register

KINDS = (
    ("plans.issued", _("新任务下达")),
    ("plans.report", _("填报待审核")),
    ("plans.send_back", _("填报被退回")),
    ("plans.accept", _("填报已通过")),
    ("plans.extension", _("延期申请待审核")),
    ("plans.return", _("单位退件")),
    ("plans.reassign", _("任务改派")),
    ("plans.amend", _("任务变更")),
    ("plans.suspend", _("任务暂停")),
    ("plans.resume", _("任务恢复")),
    ("plans.reopen", _("任务重新办理")),
    ("plans.remind", _("催办")),
    ("plans.supervise", _("督办")),
    ("plans.reply", _("督办回复")),
    ("plans.contribute", _("协办填报")),
    ("plans.pulled", _("撤回佐证")),
    ("plans.consulted", _("方案征求意见")),
    ("plans.comment", _("收到对方案的意见")),
    ("mechanisms.ask", _("制度征求意见")),
    ("mechanisms.feedback", _("收到对制度的意见")),
    ("mechanisms.enacted", _("制度待签收")),
    ("dispatch.open", _("月报开启")),
    ("dispatch.remind", _("月报催报")),
    ("dispatch.send_back", _("月报退回")),
    ("dispatch.extension", _("月报延期申请")),
    ("dispatch.correction", _("月报更正申请")),
    ("approvals.open", _("事项待审批")),
    ("feedback.new", _("收到投诉建议")),
)


def register_all() -> None:
    """This function will make the kinds known; what concerns one person only is not among them."""
    for code, label in KINDS:
        register(code, label)
