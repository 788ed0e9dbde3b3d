from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from xietong.kit.accounts.actor import Actor


class DispatchConfig(AppConfig):
    name = "xietong.areas.dispatch"
    label = "dispatch"
    verbose_name = _("月调度")

    def ready(self) -> None:
        from xietong.areas.dispatch import access, jobs, measures, panels, queries  # noqa: PLC0415  (models must be loaded)
        from xietong.areas.orgs.events import OrganisationClosed  # noqa: PLC0415
        from xietong.areas.plans.queries import add_resolver  # noqa: PLC0415
        from xietong.kit.approvals import routes  # noqa: PLC0415
        from xietong.kit.approvals.events import Settled  # noqa: PLC0415
        from xietong.kit.events.bus import subscribe  # noqa: PLC0415
        from xietong.kit.feeds.days import add_days  # noqa: PLC0415
        from xietong.kit.files.owners import register_owner  # noqa: PLC0415
        from xietong.kit.jobs import registry  # noqa: PLC0415
        from xietong.kit.measures.declare import publish  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import Panel, add_panel, add_todos  # noqa: PLC0415

        subscribe(OrganisationClosed, hear_closing, area=self.label)
        subscribe(Settled, hear_approval, area=self.label)
        office = routes.Step(gettext_noop("办公室审核"), "office")
        check = routes.Step(gettext_noop("核稿"), "office")
        agree = routes.Step(gettext_noop("会签"), "bureau_leader")
        sign = routes.Step(gettext_noop("签发"), "group_head")
        routes.register(
            access.SCHOOL_FORM,
            label=_("学校月报"),
            steps=(routes.Step(gettext_noop("校长审签"), "school_head", at_unit=True), office),
        )
        routes.register(access.UNIT_FORM, label=_("单位月报"), steps=(office,))
        for form, label, steps in (
            (access.FORMS["bulletin"], _("简报"), (check, sign)),
            (access.FORMS["circular"], _("通报"), (check, agree, sign)),
            (access.FORMS["minutes"], _("纪要"), (check, sign)),
        ):
            routes.register(form, label=label, steps=steps)
        register_owner(queries.SCANS, access.VIEW_DOCUMENT)
        register_owner(queries.ENTRY_OWNER, access.VIEW_ENTRY)
        register_owner(queries.PAPERS, access.VIEW_MEETING)
        registry.register(jobs.OPEN, jobs.open_cycle, label=_("开启月调度"))
        registry.register(jobs.REMIND, jobs.remind_all, label=_("按规则催报"))
        add_todos(panels.month_todos)
        add_todos(panels.meeting_todos)
        add_todos(panels.document_todos)
        add_panel(Panel("workbench", 12, "dispatch/panels/month.html", panels.month))
        add_panel(Panel("workbench", 25, "dispatch/panels/last_decided.html", panels.last_decided))
        add_panel(Panel("unit", 35, "dispatch/panels/unit_decisions.html", panels.unit_decisions))
        add_days(queries.feed)
        publish(measures.PUBLICATION)
        add_resolver(queries.resolved)
        menu.add(
            menu.Group(
                _("月调度"),
                "calendar",
                40,
                (
                    menu.Entry(_("月调度"), "dispatch:cycles", access.VIEW_CYCLE),
                    menu.Entry(_("我的月报"), "dispatch:my_filings", access.WRITE_FILING),
                    menu.Entry(_("调度会"), "dispatch:meetings", access.VIEW_MEETING),
                    menu.Entry(_("议定事项"), "dispatch:decisions", access.VIEW_DECISION),
                    menu.Entry(_("公文"), "dispatch:documents", access.VIEW_DOCUMENT),
                    menu.Entry(_("上报"), "dispatch:upward", access.VIEW_UPWARD_REPORT),
                    menu.Entry(_("久无进展"), "dispatch:still", access.VIEW_CYCLE),
                ),
            )
        )


def hear_closing(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.dispatch import actions  # noqa: PLC0415  (models must be loaded)

    moved = {"unit_id": event.organisation_id, "successor_id": event.successor_id}  # type: ignore[attr-defined]
    # Decisions first, so that whoever took over is asked about them too.
    actions.move_decisions_to_unit(actor, now=now, **moved)
    actions.follow_closing(actor, now=now, **moved)


def hear_approval(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.dispatch import access, actions  # noqa: PLC0415

    if event.form in access.FILING_FORMS:  # type: ignore[attr-defined]
        actions.settle_filing(actor, filing_id=event.owner_id, outcome=event.outcome, now=now)  # type: ignore[attr-defined]
    elif event.form in access.FORMS.values():  # type: ignore[attr-defined]
        actions.settle_document(actor, document_id=event.owner_id, outcome=event.outcome, now=now)  # type: ignore[attr-defined]
