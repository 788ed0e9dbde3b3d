from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "xietong.areas.people"
    label = "people"
    verbose_name = _("人员")

    def ready(self) -> None:
        from xietong.areas.orgs.access import VIEW_GROUP  # noqa: PLC0415  (models must be loaded)
        from xietong.areas.people import access, panels, sheets  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import add_todos  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415

        books.register(sheets.PeopleBook())
        add_todos(panels.todos)
        menu.add(
            menu.Group(
                _("人员"),
                "users",
                85,
                (
                    menu.Entry(_("人员"), "people:people", access.VIEW_PERSON),
                    menu.Entry(_("角色任期"), "people:roles", access.VIEW_ROLE),
                    menu.Entry(_("领导小组成员"), "people:seats", VIEW_GROUP),
                    menu.Entry(_("调动"), "people:transfers", access.VIEW_TRANSFER),
                ),
            )
        )
