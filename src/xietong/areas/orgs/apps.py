from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "xietong.areas.orgs"
    label = "orgs"
    verbose_name = _("组织")

    def ready(self) -> None:
        from xietong.areas.orgs import access, measures, panels, sheets  # noqa: PLC0415  (models must be loaded)
        from xietong.areas.orgs.queries import BookLink, add_book_link  # noqa: PLC0415
        from xietong.kit.measures.declare import publish  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import Panel, add_panel, add_todos  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415

        publish(measures.PUBLICATION)
        for book in (sheets.OrganisationBook(), sheets.StatisticsBook(), sheets.ClassBook(), sheets.RoomBook()):
            books.register(book)
        add_book_link(BookLink("register.statistics", _("教育事业统计"), "orgs:register_statistics"))
        add_book_link(BookLink("register.classes", _("学籍系统班级汇总"), "orgs:register_classes"))
        add_book_link(BookLink("register.rooms", _("音乐、美术教室"), "orgs:register_rooms"))
        add_todos(panels.todos)
        add_panel(Panel("unit", 60, "orgs/panels/unit_record.html", panels.unit_record))
        menu.add(
            menu.Group(
                _("学校资料"), "school", 75, (menu.Entry(_("学校资料"), "orgs:registers", access.VIEW_REGISTER),)
            )
        )
        menu.add(
            menu.Group(
                _("组织"),
                "building-community",
                80,
                (
                    menu.Entry(_("机构"), "orgs:organisations", access.VIEW_ORGANISATION),
                    menu.Entry(_("领导小组"), "orgs:group", access.VIEW_GROUP),
                    menu.Entry(_("学年校历"), "orgs:terms", access.VIEW_TERM),
                    menu.Entry(_("合作协议"), "orgs:agreements", access.VIEW_AGREEMENT),
                    menu.Entry(_("节假日"), "orgs:holidays", access.CHANGE_HOLIDAY),
                ),
            )
        )
