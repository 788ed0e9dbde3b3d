"""Who sees the staff of a school year by name."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.access import OWN_SCHOOL, own_county, to
from xietong.areas.people.access.register import STAFF_OFFICES
from xietong.areas.people.models import StaffRecord, Teaching
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor


def own_staff(actor: Actor) -> Q:
    """Those who belong to the schools of the role, and those who come there to teach."""
    coming = Teaching.objects.filter(record__school_id__in=actor.orgs)
    return Q(record__school_id__in=actor.orgs) | Q(pk__in=coming.values("staff_id"))


VIEW_STAFF = Permission(
    "people.view_staff",
    StaffRecord,
    {**to(STAFF_OFFICES, own_county), **to(OWN_SCHOOL, own_staff)},
    _("查看教职工年度资料"),
)
