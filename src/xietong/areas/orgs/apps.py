from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "xietong.areas.orgs"
    label = "orgs"
    verbose_name = _("组织")

    def ready(self) -> None:
        from xietong.areas.orgs import access, sheets  # noqa: PLC0415  (models must be loaded)
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415

        books.register(sheets.OrganisationBook())
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
