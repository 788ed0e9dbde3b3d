from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "xietong.areas.places"
    label = "places"
    verbose_name = _("学位")

    def ready(self) -> None:
        from xietong.areas.places import access, actions, jobs, measures, panels, sheets  # noqa: PLC0415  (models)
        from xietong.kit.files.owners import register_owner  # noqa: PLC0415
        from xietong.kit.jobs import registry  # noqa: PLC0415
        from xietong.kit.measures.declare import publish  # noqa: PLC0415
        from xietong.kit.pages import menu  # noqa: PLC0415
        from xietong.kit.pages.panels import add_todos  # noqa: PLC0415
        from xietong.kit.sheets import books  # noqa: PLC0415

        publish(measures.PUBLICATION)
        books.register(sheets.BirthsBook())
        register_owner(access.PROJECT_OWNER, access.VIEW_PROJECT)
        # The first forecast of a process compiles the loops, which takes longer than a batch may.
        registry.register(actions.PROJECT, jobs.project, label=_("学位预测测算"), lease=300)
        add_todos(panels.todos)
        menu.add(
            menu.Group(
                _("学位"),
                "building",
                25,
                (
                    menu.Entry(_("学位概况"), "places:overview", access.VIEW_SUPPLY),
                    menu.Entry(_("各乡镇学位"), "places:townships", access.VIEW_SUPPLY),
                    menu.Entry(_("各校学位"), "places:schools", access.VIEW_SUPPLY),
                    menu.Entry(_("本校学位"), "places:own", access.VIEW_OWN),
                    menu.Entry(_("出生人数"), "places:births", access.VIEW_BIRTHS),
                    menu.Entry(_("新建住房"), "places:housing", access.VIEW_HOUSING),
                    menu.Entry(_("建设项目"), "places:projects", access.VIEW_PROJECT),
                    menu.Entry(_("预测方案"), "places:scenarios", access.VIEW_SCENARIO),
                ),
            )
        )
