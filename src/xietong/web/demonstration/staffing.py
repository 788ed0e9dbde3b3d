"""The staff of a county: people, their posts, and an account for everybody who heads a school or reports for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.people.actions.keeping import Keeper
from xietong.areas.people.actions.sealing import identity_fields
from xietong.areas.people.models import Appointment, Person, RoleTerm
from xietong.areas.people.rules.identity import IdentityNumber, check_character
from xietong.kit.accounts.models import Account
from xietong.web.demonstration.ground import Ground
from xietong.web.demonstration.moments import EARLY
from xietong.web.demonstration.names import Namer, spelt
from xietong.web.demonstration.rows import keep

FIRST_BIRTH = date(2099, 1, 1)
PRIMARY = (
    "语文",
    "语文",
    "语文",
    "数学",
    "数学",
    "英语",
    "科学",
    "体育",
    "音乐",
    "美术",
    "道德与法治",
    "信息科技",
    "劳动",
)
MIDDLE = (*PRIMARY[:6], "物理", "化学", "生物", "历史", "地理", "体育", "音乐", "美术", "道德与法治", "心理健康")
SUBJECTS = {
    OrgKind.KINDERGARTEN: ("学前教育",),
    OrgKind.PRIMARY: PRIMARY,
    OrgKind.TEACHING_POINT: ("语文", "数学", "体育"),
    OrgKind.SPECIAL: ("特殊教育", "语文", "体育"),
    OrgKind.VOCATIONAL: ("语文", "数学", "英语", "机械加工", "电子商务", "学前教育"),
}
CONTRACT = 0.12
OFFICE_STAFF = {
    OrgKind.BUREAU: 3,
    OrgKind.SECTION: 4,
    OrgKind.DEVELOPMENT_CENTRE: 18,
    OrgKind.MEMBER_UNIT: 2,
    OrgKind.TOWNSHIP: 1,
}
SMALL_SCHOOL = 12


@dataclass(frozen=True, slots=True)
class Post:
    """A post before its holder has a row."""

    organisation: Organisation
    title: str
    subject: str = ""
    kind: str = Appointment.Kind.ESTABLISHED
    roles: tuple[str, ...] = ()


def staff_county(ground: Ground, rng: Random) -> None:
    """This function will fill the schools and offices of 云岭县, but for what the characters hold already."""
    posts = [post for school in ground.schools for post in school_posts(ground[school.name], school.staff, rng)]
    posts += [post for unit in ground.every() for post in office_posts(unit)]
    held = set(RoleTerm.objects.filter(county=ground.county).values_list("organisation_id", "role"))
    posts = [post for post in posts if not any((post.organisation.pk, role) in held for role in post.roles)]
    employ(ground.county, posts, rng, first_number=100001)


def school_posts(school: Organisation, staff: int, rng: Random) -> list[Post]:
    """Head and liaison (one person in a small school), a few in charge, and teachers of every subject."""
    if not staff:
        return []
    subjects = SUBJECTS.get(OrgKind(school.kind), MIDDLE)
    garden = school.kind == OrgKind.KINDERGARTEN
    head = "园长" if garden else "校长"
    small = staff <= SMALL_SCHOOL
    roles = (Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON) if small else (Role.SCHOOL_HEAD,)
    posts = [Post(school, "负责人" if small else head, subjects[0], roles=roles)]
    if not small:
        posts.append(Post(school, "办公室主任", subjects[-1], roles=(Role.SCHOOL_LIAISON,)))
        posts += [Post(school, f"副{head}", subjects[0]), Post(school, "教导主任", subjects[0])]
    for n in range(staff - len(posts)):
        contract = rng.random() < CONTRACT
        kind = Appointment.Kind.CONTRACT if contract else Appointment.Kind.ESTABLISHED
        posts.append(Post(school, "教师", subjects[n % len(subjects)], kind))
    return posts


def office_posts(unit: Organisation) -> list[Post]:
    """Officials; one in each unit of the county takes its tasks."""
    roles = {OrgKind.MEMBER_UNIT: Role.MEMBER_UNIT, OrgKind.SECTION: Role.SECTION_CLERK}
    taking = roles.get(OrgKind(unit.kind))
    title = "教研员" if unit.kind == OrgKind.DEVELOPMENT_CENTRE else "工作人员"
    return [
        Post(unit, title, roles=(taking,) if taking and n == 0 else ())
        for n in range(OFFICE_STAFF.get(OrgKind(unit.kind), 0))
    ]


def employ(
    county: County,
    posts: list[Post],
    rng: Random,
    *,
    first_number: int,
    sealed: bool = True,
    password: str = "",
) -> list[Person]:
    """This function will hire a person for each post; who has a role gets an account that nobody can sign in to."""
    password = password or make_password(None)
    namer, keeper = Namer(rng), Keeper(county.pk, None)
    people = []
    for n, post in enumerate(posts):
        name, sex = namer.name()
        person = Person(county=county, sex=sex, staff_no=str(first_number + n), **spelt(name))
        if sealed:
            give_identity(person, keeper, county.code, n)
        if post.roles:
            person.account = Account(username=f"{county.code}-{person.staff_no}", name=name, password=password)
        people.append(person)
    keep(person.account for person in people if person.account)
    keep(people)
    appoint_all(people, posts)
    return people


def appoint_all(people: list[Person], posts: list[Post]) -> None:
    pairs = list(zip(people, posts, strict=True))
    keep(
        Appointment(
            person=person,
            county_id=person.county_id,
            organisation=post.organisation,
            post=post.title,
            kind=post.kind,
            subject=post.subject,
            from_on=EARLY,
        )
        for person, post in pairs
    )
    keep(
        RoleTerm(
            person=person,
            county_id=person.county_id,
            role=role,
            organisation=post.organisation,
            from_on=EARLY,
        )
        for person, post in pairs
        for role in post.roles
    )


def give_identity(person: Person, keeper: Keeper, region: str, serial: int) -> None:
    """A number that passes every check and can belong to nobody: its holder is not born before 2099."""
    day = FIRST_BIRTH + timedelta(days=serial % 365)
    order = 2 * (serial // 365) + (1 if person.sex == Person.Sex.MALE else 2)
    digits = f"{region}{day:%Y%m%d}{order:03d}"
    number = IdentityNumber.parse(digits + check_character(digits))
    for name, value in identity_fields(keeper, number).items():
        setattr(person, name, value)
