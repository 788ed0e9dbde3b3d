from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, LeadingGroup, Organisation, Role
from xietong.areas.people.models.person import Person
from xietong.kit.records.versioned import Versioned


class RoleTerm(Versioned):
    """A role that somebody holds at an organisation, from a day to a day. Rights come from here alone."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("角色任期")
        constraints = [
            models.CheckConstraint(
                name="role_to_after_from",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(to_on=None),
                name="role_once",
                violation_error_message=_("该人员已有这个角色。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "role", "to_on"])]

    def __str__(self) -> str:
        values = {"person": self.person, "role": self.get_role_display(), "place": self.organisation}
        return gettext("%(person)s %(role)s（%(place)s）") % values


class Deputy(Versioned):
    """AB 岗: somebody who acts in another's role from a day to a day; what he does is recorded as such."""

    term = models.ForeignKey(RoleTerm, models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deputy_to_after_from",
                condition=Q(to_on__gte=F("from_on")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self) -> str:
        return gettext("%(person)s（代%(holder)s）") % {"person": self.person, "holder": self.term.person}


class Seat(Versioned):
    """Who sits in the leading group, in which capacity, from a day to a day, by which document."""

    class Position(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY_HEAD = "deputy_head", _("副组长")
        MEMBER = "member", _("成员")
        OFFICE_DIRECTOR = "office_director", _("办公室主任")
        LIAISON = "liaison", _("联络员")

    group = models.ForeignKey(LeadingGroup, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.CharField(_("职务"), max_length=16, choices=Position)
    document = models.CharField(_("依据"), max_length=160, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "position"],
                condition=Q(to_on=None),
                name="seat_once",
                violation_error_message=_("该人员已任此职务。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.person}"
