"""Builders: the rows that a test needs, with defaults that make sense in 云岭县, and the cast of the tests.

Plain functions with keyword arguments. They write rows as they stand, past the actions, so that a test
of one action does not rest on another. Two fictional counties: 云岭县 (999901) and 临江县 (999902).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client

from xietong.areas.orgs.models import COUNTYLESS, Agreement, County, LeadingGroup, Organisation, OrgKind, Role
from xietong.areas.people import queries as people
from xietong.areas.people.models import Appointment, Deputy, Person, RoleTerm
from xietong.areas.people.rules.identity import check_character, mask_identity, mask_phone
from xietong.areas.people.rules.pinyin import spelling
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.clock.models import FrozenClock
from xietong.kit.clock.time import SHANGHAI, day_of, machine_now
from xietong.kit.keys.sealing import encrypt, fingerprint
from xietong.kit.ring import ring
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.secret import digest_of, hint_of

NOW = datetime(2026, 9, 8, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
LONG_AGO = date(2025, 9, 1)
PASSWORD = "Yunling-2026"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

SERIAL = count(1)


def at(day: date) -> datetime:
    """Nine o'clock of a day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def county(*, code: str = "999901", name: str = "云岭县", **fields: Any) -> County:
    """The county of that code; made at the first call of a test."""
    fields = {
        "short_name": name[:2],
        "city_name": "云州市",
        "province_name": "云江省",
        "is_fictional": True,
    } | fields
    return County.objects.get_or_create(code=code, defaults={"name": name, **fields})[0]


def next_county() -> County:
    return county(code="999902", name="临江县")


def home() -> County:
    """Where a row belongs when a builder is not told."""
    return county()


def organisation(
    *, county: County | None = None, kind: str = OrgKind.PRIMARY, name: str = "", **fields: Any
) -> Organisation:
    """An organisation of a county (云岭县 unless told), or above counties if its kind is."""
    if kind not in COUNTYLESS:
        county = county or home()
    name = name or f"第{next(SERIAL)}{OrgKind(kind).label}"
    return Organisation.objects.create(county=county, kind=kind, name=name, **{"short_name": name[:40]} | fields)


def university(*, name: str = "云岭师范学院", **fields: Any) -> Organisation:
    return organisation(kind=OrgKind.UNIVERSITY, name=name, **fields)


def agreement(*, county: County, university: Organisation, from_on: date = LONG_AGO, **fields: Any) -> Agreement:
    fields = {"title": f"{county}与{university}合作协议", "signed_on": from_on} | fields
    return Agreement.objects.create(county=county, university=university, from_on=from_on, **fields)


def leading_group(*, county: County | None = None, **fields: Any) -> LeadingGroup:
    org = organisation(county=county, kind=OrgKind.LEADING_GROUP, name="基础教育提质行动领导小组")
    fields = {"document": "关于成立领导小组的通知", "founded_on": LONG_AGO} | fields
    return LeadingGroup.objects.create(county=org.county, organisation=org, **fields)


def identity_number(serial: int | None = None, *, region: str = "999901", birth: str = "20990101") -> str:
    """A number that passes every check and belongs to nobody: its birth date is to come."""
    digits = f"{region}{birth}{(serial or next(SERIAL)) % 1000:03d}"
    return digits + check_character(digits)


def person(
    *,
    name: str = "",
    county: County | None = None,
    university: Organisation | None = None,
    identity: str = "",
    phone: str = "",
    **fields: Any,
) -> Person:
    """Somebody kept by 云岭县 unless told; `identity` and `phone` are stored as the actions store them."""
    if university is None:
        county = county or home()
    name = name or f"云{'甲乙丙丁戊己庚辛壬癸'[next(SERIAL) % 10]}"
    pinyin, initials = spelling(name)
    keeper = f"county:{county.pk}" if county else f"university:{university.pk}"
    context = f"people.person:{keeper}".encode()
    if identity:
        fields |= {
            "identity_cipher": encrypt(ring(), identity, context=context),
            "identity_hash": fingerprint(ring(), identity, scope=keeper),
            "identity_masked": mask_identity(identity),
        }
    if phone:
        fields |= {"phone_cipher": encrypt(ring(), phone, context=context), "phone_masked": mask_phone(phone)}
    fields = {"staff_no": f"{next(SERIAL):06d}", "pinyin": pinyin, "initials": initials} | fields
    return Person.objects.create(name=name, county=county, university=university, **fields)


def account(*, person: Person, username: str = "", password: str | None = None, **fields: Any) -> Account:
    """The login of a person; without a password nobody can type one, and hashing costs nothing."""
    username = username or person.staff_no or f"u{next(SERIAL)}"
    made = Account.objects.create(username=username, password=password, name=person.name, **fields)
    person.account = made
    person.save(update_fields=["account"])
    return made


def appointment(
    *, person: Person, organisation: Organisation, post: str = "教师", from_on: date = LONG_AGO, **fields: Any
) -> Appointment:
    return Appointment.objects.create(
        person=person, county=person.county, organisation=organisation, post=post, from_on=from_on, **fields
    )


def role_term(
    *,
    person: Person | None = None,
    role: str = Role.OFFICE,
    organisation: Organisation | None = None,
    from_on: date = LONG_AGO,
    to_on: date | None = None,
) -> RoleTerm:
    """A role of somebody with an account at an organisation; both are made when not given."""
    organisation = organisation or workplace(role, person)
    person = person or somebody(organisation)
    if person.account is None:
        account(person=person)
    return RoleTerm.objects.create(
        person=person,
        county=person.county,
        role=role,
        organisation=organisation,
        from_on=from_on,
        to_on=to_on,
    )


def workplace(role: str, holder: Person | None) -> Organisation:
    kind = OrgKind.GROUP_OFFICE if role == Role.OFFICE else OrgKind.PRIMARY
    return organisation(county=holder.county if holder else None, kind=kind)


def somebody(place: Organisation, **fields: Any) -> Person:
    """A person kept by the county of an organisation, or by the university that it is."""
    keeper = {"county": place.county} if place.county else {"university": place}
    return person(**keeper, **fields)


def deputy(*, term: RoleTerm, person: Person, from_on: date = LONG_AGO, to_on: date = date(2027, 1, 1)) -> Deputy:
    return Deputy.objects.create(term=term, person=person, from_on=from_on, to_on=to_on)


def actor(term: RoleTerm, *, on: date = TODAY) -> Actor:
    """The role as the site itself gives it to the person's requests on a day."""
    account_id = term.person.account_id
    return next(one for one in people.actors_of(account_id, on) if one.term_id == term.pk)


def clock(*, now: datetime = NOW) -> None:
    """Business time stands still for every request of the test."""
    FrozenClock.objects.update_or_create(pk=1, defaults={"business_now": now})


def client(actor: Actor, *, now: datetime = NOW) -> Client:
    """A client signed in as the account, acting in the role, on the day of the test."""
    clock(now=now)
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id), backend=BACKEND)
    session = made.session
    session["term_id"] = actor.term_id
    # A second factor stands, as a role that needs one would have set up.
    session["second_factor"] = True
    session.save()
    return made


def token(
    actor: Actor, *, scopes: tuple[str, ...] = ("plans.read", "plans.report"), secret: str = "", **fields: Any
) -> Token:
    """A token of the account in the role of the actor, good for a month."""
    stamp = machine_now()
    usual = {"name": "学校办公系统", "expires_on": day_of(stamp) + timedelta(days=30), "created_at": stamp}
    secret = secret or f"xt_{next(SERIAL):040}"
    return Token.objects.create(
        account_id=actor.account_id,
        term_id=actor.term_id,
        scopes=list(scopes),
        digest=digest_of(secret),
        hint=hint_of(secret),
        **(usual | fields),
    )


def program(actor: Actor, *, now: datetime = NOW, scopes: tuple[str, ...] = ("plans.read", "plans.report")) -> Client:
    """A client that sends a token of the actor with every request, on the day of the test."""
    clock(now=now)
    secret = f"xt_{next(SERIAL):040}"
    token(actor, scopes=scopes, secret=secret)
    return Client(headers={"Authorization": f"Bearer {secret}"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in the tests of access: five people of 云岭县 and its partner, and a stranger."""

    county: County
    next_county: County
    school: Organisation
    other_school: Organisation
    university: Organisation
    office: Actor
    head: Actor
    liaison: Actor
    teacher: Actor
    coordinator: Actor
    stranger: Actor

    @property
    def everybody(self) -> dict[str, Actor]:
        names = ("office", "head", "liaison", "teacher", "coordinator", "stranger")
        return {name: getattr(self, name) for name in names}


def cast() -> Cast:
    """The cast on its stage: a school with head, liaison and teacher, the office, the university next to
    it, and the office clerk of 临江县 as the stranger."""
    here, there = county(), next_county()
    bureau = organisation(county=here, kind=OrgKind.GROUP_OFFICE, name="云岭县领导小组办公室")
    abroad = organisation(county=there, kind=OrgKind.GROUP_OFFICE, name="临江县领导小组办公室")
    school = organisation(county=here, name="云岭县第一小学", short_name="一小")
    other = organisation(county=here, name="云岭县第二小学", short_name="二小")
    partner = university()
    agreement(county=here, university=partner)
    return Cast(
        county=here,
        next_county=there,
        school=school,
        other_school=other,
        university=partner,
        office=player("陈启明", Role.OFFICE, bureau),
        head=player("周文清", Role.SCHOOL_HEAD, school),
        liaison=player("曾小雨", Role.SCHOOL_LIAISON, school),
        teacher=player("李兰", Role.TEACHER, school),
        coordinator=player("单一鸣", Role.UNIVERSITY_COORDINATOR, partner),
        stranger=player("吴江", Role.OFFICE, abroad),
    )


def player(name: str, role: str, organisation: Organisation) -> Actor:
    """Somebody with a post and a role at an organisation, as an actor."""
    one = somebody(organisation, name=name)
    appointment(person=one, organisation=organisation, post=Role(role).label)
    return actor(role_term(person=one, role=role, organisation=organisation))
