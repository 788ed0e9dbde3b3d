from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from xietong.kit.accounts.actor import Actor


class MechanismsConfig(AppConfig):
    name = "xietong.areas.mechanisms"
    label = "mechanisms"
    verbose_name = _("配套制度")

    def ready(self) -> None:
        from xietong.areas.mechanisms import access, panels, queries  # noqa: PLC0415  (models must be loaded)
        from xietong.kit.approvals import routes  # noqa: PLC0415
        from xietong.kit.approvals.events import Settled  # noqa: PLC0415
        from xietong.kit.events.bus import subscribe  # noqa: PLC0415
        from xietong.kit.files.owners import register_owner  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import add_todos  # noqa: PLC0415

        subscribe(Settled, hear_approval, area=self.label)
        routes.register(
            access.EDITION_FORM,
            label=_("配套制度"),
            steps=(
                routes.Step(gettext_noop("股室审核"), "section_head"),
                routes.Step(gettext_noop("分管领导审定"), "bureau_leader"),
            ),
        )
        register_owner(queries.ORIGINAL, access.VIEW_EDITION)
        add_todos(panels.todos)
        menu.add(
            menu.Group(
                _("配套制度"),
                "book-2",
                30,
                (menu.Entry(_("配套制度"), "mechanisms:mechanisms", access.VIEW_MECHANISM),),
            )
        )


def hear_approval(actor: Actor, event: object, now: datetime) -> None:
    from xietong.areas.mechanisms import access, actions  # noqa: PLC0415

    if event.form == access.EDITION_FORM:  # type: ignore[attr-defined]
        actions.settle_edition(actor, edition_id=event.owner_id, outcome=event.outcome, now=now)  # type: ignore[attr-defined]
