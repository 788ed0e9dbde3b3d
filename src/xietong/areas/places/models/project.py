"""建设项目: what adds places."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.places.models.births import ByStage
from xietong.areas.places.rules.states import ProjectState
from xietong.kit.records.versioned import Versioned


class Project(ByStage, Versioned):
    """A building project with the places that it adds, net, by stage. A school that is not founded yet has none."""

    class Kind(models.TextChoices):
        NEW = "new", _("新建")
        EXTEND = "extend", _("改扩建")
        REBUILD = "rebuild", _("重建")

    STATES = [
        (ProjectState.PLANNED.value, _("规划")),
        (ProjectState.BUILDING.value, _("在建")),
        (ProjectState.DELIVERED.value, _("已交付")),
        (ProjectState.CANCELLED.value, _("已取消")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    name = models.CharField(_("项目名称"), max_length=120)
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    township = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("建设类型"), max_length=8, choices=Kind)
    state = models.CharField(_("进度"), max_length=10, choices=STATES, default=ProjectState.PLANNED.value)
    due_on = models.DateField(_("计划交付"))
    delivered_on = models.DateField(_("实际交付"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("建设项目")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                name="project_named_once",
                violation_error_message=_("已有同名的项目。"),
            ),
            models.CheckConstraint(
                name="delivered_project_has_its_day",
                condition=Q(state="delivered", delivered_on__isnull=False)
                | (~Q(state="delivered") & Q(delivered_on=None)),
                violation_error_message=_("已交付的项目须写明交付日期。"),
            ),
            models.CheckConstraint(
                name="project_adds_places",
                condition=Q(kind="rebuild")
                | Q(kindergarten__gt=0) | Q(primary__gt=0) | Q(middle__gt=0) | Q(high__gt=0),
                violation_error_message=_("新建、改扩建项目至少要增加一个学段的学位。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["county", "state"])]

    def __str__(self) -> str:
        return self.name
