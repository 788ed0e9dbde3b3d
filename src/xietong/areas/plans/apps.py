from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from xietong.kit.accounts.actor import Actor


class PlansConfig(AppConfig):
    name = "xietong.areas.plans"
    label = "plans"
    verbose_name = _("行动方案")

    def ready(self) -> None:
        from xietong.areas.orgs.events import OrganisationClosed  # noqa: PLC0415  (models must be loaded)
        from xietong.areas.people.events import WorkHandedOver  # noqa: PLC0415
        from xietong.areas.plans import access, jobs, panels, queries, sheets  # noqa: PLC0415
        from xietong.kit.approvals import routes  # noqa: PLC0415
        from xietong.kit.approvals.events import Settled  # noqa: PLC0415
        from xietong.kit.events.bus import subscribe  # noqa: PLC0415
        from xietong.kit.files.owners import register_owner  # noqa: PLC0415
        from xietong.kit.jobs import registry  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import Panel, add_panel, add_todos  # noqa: PLC0415
        from xietong.kit.ruletable.events import RuleChanged  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415

        subscribe(WorkHandedOver, hear_handover, area=self.label)
        subscribe(OrganisationClosed, hear_closing, area=self.label)
        subscribe(RuleChanged, hear_rule, area=self.label)
        subscribe(Settled, hear_approval, area=self.label)
        routes.register(
            access.PLAN_FORM,
            label=_("行动方案"),
            steps=(
                routes.Step(gettext_noop("股室审核"), "section_head"),
                routes.Step(gettext_noop("分管领导审定"), "bureau_leader"),
                routes.Step(gettext_noop("组长签发"), "group_head"),
            ),
        )
        register_owner(queries.REPORT_OWNER, access.VIEW_REPORT)
        register_owner(queries.PLAN_OWNER, access.VIEW_PLAN)
        register_owner(queries.PAST_OWNER, access.VIEW_PAST)
        books.register(sheets.BreakdownBook())
        books.register(sheets.PastBook())
        registry.register(jobs.STANDINGS, jobs.refresh_standings, label=_("更新各县进展汇总"))
        add_todos(panels.todos)
        add_panel(Panel("workbench", 10, "plans/panels/standing.html", panels.standing))
        add_panel(Panel("workbench", 15, "plans/panels/counties.html", panels.counties))
        add_panel(Panel("workbench", 20, "plans/panels/late.html", panels.late))
        add_panel(Panel("workbench", 30, "plans/panels/new.html", panels.new))
        menu.add(
            menu.Group(
                _("行动方案"),
                "list-check",
                20,
                (
                    menu.Entry(_("方案"), "plans:plans", access.VIEW_PLAN),
                    menu.Entry(_("任务台账"), "plans:tasks", access.VIEW_TASK),
                    menu.Entry(_("我的任务"), "plans:my_tasks", access.REPORT_TASK),
                    menu.Entry(_("待我审核"), "plans:reviews", access.REVIEW_REPORT),
                    menu.Entry(_("各县进展"), "plans:standings", access.VIEW_STANDING),
                ),
            )
        )


def hear_handover(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.plans import actions  # noqa: PLC0415  (models must be loaded)

    actions.give_tasks_to_successor(actor, giver_id=event.giver_id, successor_id=event.successor_id, now=now)  # type: ignore[attr-defined]


def hear_closing(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.plans import actions  # noqa: PLC0415

    actions.move_tasks_to_unit(
        actor,
        unit_id=event.organisation_id,  # type: ignore[attr-defined]
        successor_id=event.successor_id,  # type: ignore[attr-defined]
        now=now,
    )


def hear_approval(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.plans import access, actions  # noqa: PLC0415

    if event.form == access.PLAN_FORM:  # type: ignore[attr-defined]
        actions.settle_plan(actor, plan_id=event.owner_id, outcome=event.outcome, now=now)  # type: ignore[attr-defined]


def hear_rule(_actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.plans import actions, queries  # noqa: PLC0415
    from xietong.kit.clock.time import day_of  # noqa: PLC0415

    if event.code.startswith(queries.LIGHTS):  # type: ignore[attr-defined]
        actions.refresh_all_standings(day_of(now), county_id=event.county_id)  # type: ignore[attr-defined]
