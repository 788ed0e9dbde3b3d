"""Who can be signed in as with one click."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import ADMINISTRATORS, OBSERVERS, UNIVERSITY_STAFF
from xietong.areas.orgs.models import Role
from xietong.areas.people.models import Deputy, Person, RoleTerm
from xietong.kit.clock.time import business_now, day_of

PREFIX = "demo."

GROUPS = (
    (gettext_lazy("领导小组办公室"), (Role.OFFICE,)),
    (gettext_lazy("领导小组与局领导"), (Role.GROUP_HEAD, Role.GROUP_MEMBER, Role.BUREAU_LEADER)),
    (
        gettext_lazy("股室、教师发展中心与成员单位"),
        (Role.SECTION_HEAD, Role.SECTION_CLERK, Role.DEVELOPMENT_CENTRE, Role.MEMBER_UNIT, Role.INSPECTOR),
    ),
    (gettext_lazy("学校"), (Role.LEAD_SCHOOL, Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON)),
    (gettext_lazy("教师"), (Role.TEACHER, Role.MENTOR)),
    (gettext_lazy("高校"), UNIVERSITY_STAFF),
    (gettext_lazy("省、市观察员"), OBSERVERS),
    (gettext_lazy("系统、安全、审计管理员"), ADMINISTRATORS),
)
# Logins of other places carry the place behind the prefix: demo.linjiang.office.
ELSEWHERE = {
    "linjiang": gettext_lazy("临江县（邻县，与云岭县互不可见）"),
    "anyi": gettext_lazy("安义县（公开方案原文，不含虚构内容）"),
}


@dataclass(frozen=True, slots=True)
class Character:
    username: str
    name: str
    role: str
    org: str


def cast() -> list[tuple[str, list[Character]]]:
    """The characters of the county that is lived in, grouped by what they do; then those of the other counties."""
    today = day_of(business_now())
    deputed = stand_ins(today)
    labels = [*(label for label, _roles in GROUPS), *ELSEWHERE.values()]
    groups: dict[str, list[Character]] = {str(label): [] for label in labels}
    for person in characters():
        held = list(person.roles.all())
        if held and person.account:
            roles = [*dict.fromkeys(str(term.get_role_display()) for term in held), *deputed.get(person.pk, ())]
            one = Character(person.account.username, person.name, "、".join(roles), str(held[0].organisation))
            groups[group_of(one.username, held)].append(one)
    return [(label, people) for label, people in groups.items() if people]


def characters() -> QuerySet[Person]:
    roles = Prefetch("roles", RoleTerm.objects.filter(to_on=None).select_related("organisation").order_by("pk"))
    return (
        Person.objects.filter(account__username__startswith=PREFIX)
        .select_related("account")
        .prefetch_related(roles)
        .order_by("account_id")
    )


def stand_ins(today: date) -> dict[int, list[str]]:
    """Person → whose roles he acts in today."""
    rows = Deputy.objects.filter(
        person__account__username__startswith=PREFIX, from_on__lte=today, to_on__gt=today
    ).select_related("term__person")
    found: dict[int, list[str]] = {}
    for row in rows:
        words = {"name": row.term.person.name, "role": row.term.get_role_display()}
        found.setdefault(row.person_id, []).append(_("代%(name)s（%(role)s）") % words)
    return found


def group_of(username: str, held: Sequence[RoleTerm]) -> str:
    place = username.removeprefix(PREFIX).split(".")[0]
    if place in ELSEWHERE:
        return str(ELSEWHERE[place])
    return next(str(label) for label, roles in GROUPS if held[0].role in roles)
