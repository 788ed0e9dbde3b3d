from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "xietong.web"
    label = "web"
    verbose_name = _("站点")

    def ready(self) -> None:
        from xietong.kit.jobs import registry  # noqa: PLC0415  (models must be loaded)
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import add_todos  # noqa: PLC0415
        from xietong.web import access, jobs, kinds, panels  # noqa: PLC0415
        from xietong.web.signin import record  # noqa: F401, PLC0415  (receives the signals of the libraries)

        registry.register(jobs.SEAL, jobs.seal_audit, label=_("封存审计记录"))
        registry.register(jobs.PRUNE, jobs.prune, label=_("清理过期数据"))
        registry.register(jobs.WARM, jobs.compile_methods, label=_("预编译计算方法"))
        kinds.register_all()
        add_todos(panels.feedback)
        add_todos(panels.approvals)
        add_todos(panels.stuck)
        add_todos(panels.channels)
        menu.add(
            menu.Group(
                _("工作台"),
                "home",
                0,
                (
                    menu.Entry(_("工作台"), "home", access.WORKBENCH),
                    menu.Entry(_("审批"), "approvals", access.VIEW_APPROVAL),
                ),
            )
        )
        menu.add(
            menu.Group(
                _("系统"),
                "settings",
                90,
                (
                    menu.Entry(_("系统状态"), "system", access.SYSTEM),
                    menu.Entry(_("任务队列"), "queue", access.SYSTEM),
                    menu.Entry(_("账号安全"), "security", access.SECURITY),
                    menu.Entry(_("审计记录"), "audit", access.AUDIT),
                    menu.Entry(_("规则表"), "rules", access.RULES),
                    menu.Entry(_("审批路线"), "routes", access.CHANGE_ROUTE),
                    menu.Entry(_("消息渠道"), "channels", access.SEND_AGAIN),
                    menu.Entry(_("收到的投诉建议"), "feedback_received", access.RECEIVE_FEEDBACK),
                ),
            )
        )
