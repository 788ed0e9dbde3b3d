from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "xietong.areas.people"
    label = "people"
    verbose_name = _("人员")

    def ready(self) -> None:
        from xietong.areas.orgs.access import VIEW_GROUP, VIEW_RECORD  # noqa: PLC0415  (models must be loaded)
        from xietong.areas.orgs.queries import BookLink, add_book_link, add_check  # noqa: PLC0415
        from xietong.areas.people import access, measures, panels, queries, sheets  # noqa: PLC0415
        from xietong.kit.measures.declare import publish  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import Panel, add_panel, add_todos  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415

        publish(measures.PUBLICATION)
        add_check(queries.check_staff)
        books.register(sheets.PeopleBook())
        books.register(sheets.StaffBook())
        add_book_link(BookLink("register.staff", _("教职工年度资料"), "people:staff_sheet"))
        add_todos(panels.todos)
        add_panel(Panel("record", 20, "people/panels/staff.html", panels.staff_of_record))
        menu.add(
            menu.Group(
                _("人员"),
                "users",
                85,
                (
                    menu.Entry(_("人员"), "people:people", access.VIEW_PERSON),
                    menu.Entry(_("薄弱与紧缺学科"), "people:supply", VIEW_RECORD),
                    menu.Entry(_("角色任期"), "people:roles", access.VIEW_ROLE),
                    menu.Entry(_("领导小组成员"), "people:seats", VIEW_GROUP),
                    menu.Entry(_("调动"), "people:transfers", access.VIEW_TRANSFER),
                ),
            )
        )
