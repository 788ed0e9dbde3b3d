from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xietong.kit.accounts.actor import Actor


class IndicatorsConfig(AppConfig):
    name = "xietong.areas.indicators"
    label = "indicators"
    verbose_name = _("指标")

    def ready(self) -> None:
        from xietong.areas.indicators import access, actions, jobs, panels  # noqa: PLC0415  (models must be loaded)
        from xietong.kit.events.bus import subscribe  # noqa: PLC0415
        from xietong.kit.files.owners import register_owner  # noqa: PLC0415
        from xietong.kit.jobs import registry  # noqa: PLC0415
        from xietong.kit.measures.events import MeasuresChanged  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import Panel, add_panel, add_todos  # noqa: PLC0415

        subscribe(MeasuresChanged, hear_measures, area=self.label)
        register_owner(access.READING_OWNER, access.VIEW_READING)
        register_owner(access.ENTRY_OWNER, access.VIEW_BALANCE)
        registry.register(actions.CHEAPEST, jobs.find_cheapest, label=_("优质均衡补充方案测算"), lease=180)
        add_todos(panels.todos)
        add_panel(Panel("workbench", 18, "indicators/panels/goals.html", panels.goals))
        menu.add(
            menu.Group(
                _("指标"),
                "target",
                30,
                (
                    menu.Entry(_("指标看板"), "indicators:scorecard", access.VIEW_INDICATOR),
                    menu.Entry(_("优质均衡"), "indicators:balance", access.VIEW_BALANCE),
                    menu.Entry(_("普及普惠"), "indicators:preschool", access.VIEW_BALANCE),
                    menu.Entry(_("指标字典"), "indicators:dictionary", access.VIEW_INDICATOR),
                    menu.Entry(_("填报指标"), "indicators:duties", access.REPORT_VALUE),
                    menu.Entry(_("待核验的指标"), "indicators:to_verify", access.VERIFY_VALUE),
                    menu.Entry(_("各县指标"), "indicators:reported", access.VIEW_REPORTED),
                ),
            )
        )


def hear_measures(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.indicators import actions  # noqa: PLC0415  (models must be loaded)

    actions.recompute(actor, event.county_id, event.period, event.measures, now=now)  # type: ignore[attr-defined]
