"""The characters whom a visitor can sign in as: each with an account, a post and one role or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from xietong.areas.orgs.models import LeadingGroup, Organisation, Role
from xietong.areas.people.models import Appointment, Deputy, Person, RoleTerm, Seat
from xietong.kit.accounts.models import Account
from xietong.web.demonstration import places
from xietong.web.demonstration.cast import PREFIX
from xietong.web.demonstration.ground import Ground
from xietong.web.demonstration.moments import EARLY
from xietong.web.demonstration.names import spelt
from xietong.web.demonstration.rows import keep

PASSWORD = "Demo-2026!"  # noqa: S105  (printed on the page of the cast)
OFFICE = f"{places.GROUP}办公室"
BUREAU = f"{places.NAME}教育体育局"
FINANCE = "云岭县财政局"


@dataclass(frozen=True, slots=True)
class Part:
    """One character: login, name, workplace, post and roles."""

    login: str
    name: str
    place: str
    post: str
    roles: tuple[Role, ...]
    subject: str = ""


COUNTY = (
    Part("office", "陈启明", OFFICE, "办公室主任", (Role.OFFICE,)),
    Part("office2", "宋雨桐", OFFICE, "工作人员", (Role.OFFICE,)),
    Part("group_head", "梁国栋", places.GROUP, "副县长", (Role.GROUP_HEAD,)),
    Part("group_member", "许文静", places.GROUP, "领导小组成员", (Role.GROUP_MEMBER,)),
    Part("bureau_leader", "何志远", BUREAU, "副局长", (Role.BUREAU_LEADER,)),
    Part("section_head", "冯晓岚", "基教股", "股长", (Role.SECTION_HEAD,)),
    Part("section_clerk", "林若溪", "基教股", "科员", (Role.SECTION_CLERK,)),
    Part("deputy", "罗晓枫", "人事股", "科员", (Role.SECTION_CLERK,)),
    Part("development_centre", "邓佳怡", "教师发展中心", "教研员", (Role.DEVELOPMENT_CENTRE,), "语文"),
    Part("member_unit", "彭立新", FINANCE, "教科文股股长", (Role.MEMBER_UNIT,)),
    Part("inspector", "唐海波", "督导室", "责任督学", (Role.INSPECTOR,)),
    Part("lead_school", "周文清", places.LEAD, "校长", (Role.SCHOOL_HEAD, Role.LEAD_SCHOOL, Role.MENTOR), "语文"),
    Part("school_head", "谢春华", places.SCHOOL, "校长", (Role.SCHOOL_HEAD,), "数学"),
    Part("school_liaison", "曾小雨", places.SCHOOL, "办公室主任", (Role.SCHOOL_LIAISON,), "语文"),
    Part("central_liaison", "韩松", places.CENTRAL, "办公室主任", (Role.SCHOOL_LIAISON,), "体育"),
    Part("teacher", "李兰", places.SCHOOL, "教师", (Role.TEACHER,), "音乐"),
    Part("mentor", "蒋丽萍", places.SCHOOL, "教师", (Role.MENTOR, Role.TEACHER), "数学"),
    Part("system_admin", "苏建", OFFICE, "系统管理员", (Role.SYSTEM_ADMIN,)),
    Part("security_admin", "魏安", OFFICE, "安全管理员", (Role.SECURITY_ADMIN,)),
    Part("audit_admin", "卢平", OFFICE, "审计管理员", (Role.AUDIT_ADMIN,)),
)
UNIVERSITY = (
    Part("university_coordinator", "单一鸣", "", "基础教育服务中心主任", (Role.UNIVERSITY_COORDINATOR,)),
    Part("university_tutor", "吕静姝", "", "讲师", (Role.UNIVERSITY_TUTOR,), "音乐"),
    Part("university_expert", "姚思远", "", "教授", (Role.UNIVERSITY_EXPERT,), "教育学"),
    Part("student_teacher", "钟可欣", "", "实习生", (Role.STUDENT_TEACHER,), "小学教育"),
)
DEPUTY_FROM, DEPUTY_TO = date(2026, 5, 18), date(2026, 6, 1)


@cache
def hashed_password() -> str:
    """One hash for everybody: to make it costs a third of a second."""
    return make_password(PASSWORD)


def cast_yunling(ground: Ground, province: Organisation, city: Organisation) -> None:
    """This function will bring on the characters of 云岭县, its university, province and city."""
    hashed = hashed_password()
    for part in COUNTY:
        play(part, ground[part.place], hashed)
    for part in UNIVERSITY:
        play(part, ground.university, hashed)
    play(Part("province_observer", "顾明远", "", "督导处处长", (Role.PROVINCE_OBSERVER,)), province, hashed)
    play(Part("city_observer", "秦晓梅", "", "基教科科长", (Role.CITY_OBSERVER,)), city, hashed)
    deputise()
    seat(ground)


def play(part: Part, place: Organisation, hashed: str) -> Person:
    """This function will make one character, kept by the county of the place or by the place itself."""
    account = Account(username=f"{PREFIX}{part.login}", name=part.name, password=hashed)
    account.save()
    keeper = {"county": place.county} if place.county_id else {"university": place}
    person = Person(account=account, staff_no=f"D{account.pk:05d}", **keeper, **spelt(part.name))
    person.save()
    student = Role.STUDENT_TEACHER in part.roles
    Appointment.objects.create(
        person=person,
        county=place.county,
        organisation=place,
        post=part.post,
        kind=Appointment.Kind.STUDENT if student else Appointment.Kind.ESTABLISHED,
        subject=part.subject,
        from_on=EARLY,
    )
    keep(
        RoleTerm(person=person, county=place.county, role=role.value, organisation=place, from_on=EARLY)
        for role in part.roles
    )
    return person


def played(login: str) -> Person:
    return Person.objects.get(account__username=f"{PREFIX}{login}")


def deputise() -> None:
    """罗晓枫 stands in at the office while 陈启明 is away."""
    term = RoleTerm.objects.get(person=played("office"), role=Role.OFFICE)
    Deputy.objects.create(term=term, person=played("deputy"), from_on=DEPUTY_FROM, to_on=DEPUTY_TO)


def seat(ground: Ground) -> None:
    group = LeadingGroup.objects.get(county=ground.county)
    seats: Sequence[tuple[str, str, Seat.Position]] = (
        ("group_head", places.GROUP, Seat.Position.HEAD),
        ("bureau_leader", BUREAU, Seat.Position.DEPUTY_HEAD),
        ("group_member", BUREAU, Seat.Position.MEMBER),
        ("member_unit", FINANCE, Seat.Position.MEMBER),
        ("office", OFFICE, Seat.Position.OFFICE_DIRECTOR),
        ("office2", OFFICE, Seat.Position.LIAISON),
    )
    keep(
        Seat(
            group=group,
            person=played(login),
            unit=ground[unit],
            position=position,
            document=group.document_no,
            from_on=group.founded_on,
        )
        for login, unit, position in seats
    )
