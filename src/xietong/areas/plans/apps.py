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
        from xietong.areas.plans import access, jobs, measures, panels, queries, sheets  # noqa: PLC0415
        from xietong.kit.approvals import routes  # noqa: PLC0415
        from xietong.kit.approvals.events import Settled  # noqa: PLC0415
        from xietong.kit.events.bus import subscribe  # noqa: PLC0415
        from xietong.kit.feeds.days import add_days  # noqa: PLC0415
        from xietong.kit.files.owners import register_owner  # noqa: PLC0415
        from xietong.kit.jobs import registry  # noqa: PLC0415
        from xietong.kit.measures.declare import publish  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import Panel, add_panel, add_todos  # noqa: PLC0415
        from xietong.kit.ruletable.events import RuleChanged  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415
        from xietong.kit.tokens import scopes  # noqa: PLC0415

        publish(measures.PUBLICATION)
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
        register_owner(queries.SIGNED_OWNER, access.VIEW_REPORT)
        register_owner(queries.PLAN_OWNER, access.VIEW_PLAN)
        routes.register(
            access.CHANGE_FORM,
            label=_("方案变更"),
            steps=(
                routes.Step(gettext_noop("股室审核"), "section_head"),
                routes.Step(gettext_noop("分管领导审定"), "bureau_leader"),
            ),
        )
        routes.register(
            access.REPORT_FORM,
            label=_("任务填报"),
            steps=(routes.Step(gettext_noop("办公室审核"), "office"),),
        )
        register_owner(queries.CONTRIBUTION_OWNER, access.VIEW_CONTRIBUTION)
        register_owner(queries.PAST_OWNER, access.VIEW_PAST)
        register_owner(queries.FOLLOW_UP_OWNER, access.VIEW_FOLLOW_UP)
        register_owner(queries.INSTRUCTION_OWNER, access.VIEW_INSTRUCTION)
        books.register(sheets.BreakdownBook())
        books.register(sheets.PastBook())
        registry.register(jobs.STANDINGS, jobs.refresh_standings, label=_("更新各县进展汇总"))
        scopes.register("plans.read", label=_("查看方案、任务、填报和佐证"))
        scopes.register("plans.report", label=_("填报进展、上传佐证"))
        registry.register(jobs.REMIND, jobs.remind_units, label=_("批量催办"))
        registry.register(jobs.PACKAGE, jobs.pack, label=_("迎检材料包"))
        registry.register(jobs.ACCEPT, jobs.accept_reports, label=_("批量通过填报"))
        add_todos(panels.todos)
        add_panel(Panel("workbench", 10, "plans/panels/standing.html", panels.standing))
        add_panel(Panel("workbench", 15, "plans/panels/counties.html", panels.counties))
        add_panel(Panel("workbench", 20, "plans/panels/late.html", panels.late))
        add_panel(Panel("workbench", 30, "plans/panels/new.html", panels.new))
        add_panel(Panel("unit", 10, "plans/panels/unit_tasks.html", panels.unit_tasks))
        add_panel(Panel("unit", 20, "plans/panels/unit_ahead.html", panels.unit_ahead))
        add_panel(Panel("unit", 30, "plans/panels/unit_follow_ups.html", panels.unit_follow_ups))
        add_panel(Panel("unit", 40, "plans/panels/unit_reports.html", panels.unit_reports))
        add_panel(Panel("unit", 50, "plans/panels/unit_supports.html", panels.unit_supports))
        add_days(queries.feed)
        menu.add(
            menu.Group(
                _("行动方案"),
                "list-check",
                20,
                (
                    menu.Entry(_("领导看板"), "plans:briefing", access.VIEW_BRIEFING),
                    menu.Entry(_("方案"), "plans:plans", access.VIEW_PLAN),
                    menu.Entry(_("任务台账"), "plans:tasks", access.VIEW_TASK),
                    menu.Entry(_("我的任务"), "plans:my_tasks", access.REPORT_TASK),
                    menu.Entry(_("日历"), "plans:calendar", access.VIEW_TASK),
                    menu.Entry(_("待我审核"), "plans:reviews", access.REVIEW_REPORT),
                    menu.Entry(_("方案变更"), "plans:changes", access.VIEW_CHANGE),
                    menu.Entry(_("督办台账"), "plans:follow_ups", access.VIEW_FOLLOW_UP),
                    menu.Entry(_("抽查"), "plans:checks", access.VIEW_CHECK),
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
    if event.form == access.CHANGE_FORM:  # type: ignore[attr-defined]
        actions.settle_change(actor, change_id=event.owner_id, outcome=event.outcome, now=now)  # type: ignore[attr-defined]
    if event.form == access.REPORT_FORM:  # type: ignore[attr-defined]
        actions.settle_report(actor, report_id=event.owner_id, outcome=event.outcome, now=now)  # type: ignore[attr-defined]


def hear_rule(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.plans import actions, queries  # noqa: PLC0415

    if event.code.startswith(queries.LIGHTS):  # type: ignore[attr-defined]
        actions.refresh_all_standings(actor, now=now, county_id=event.county_id)  # type: ignore[attr-defined]
