"""The first people of an installation, named on the command line: nobody is there yet to invite them."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.orgs.rules.codes import CodeError, parse_county_code
from xietong.areas.people.models import Person, RoleTerm
from xietong.areas.people.rules.pinyin import spelling
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import business_now, day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value, Role.AUDIT_ADMIN.value})


def found(
    *,
    role: str,
    county: str,
    county_name: str | None,
    city: str,
    province: str,
    username: str,
    name: str,
    password: str,
) -> RoleTerm:
    """This function will name an administrator, or the first clerk of the office, of a county.

    Raises
        Refused: the county is unknown and no name was given, the password is weak, or the person
            already holds another of the three administrators' roles.
    """
    now = business_now()
    with transaction.atomic():
        home = registered(county, county_name, city, province)
        account = account_of(username, name, password)
        pinyin, initials = spelling(name)
        person = Person.objects.filter(account=account).first() or add(
            SYSTEM,
            Person(county=home, account=account, name=name, pinyin=pinyin, initials=initials),
            action="people.register_person",
            now=now,
        )
        must_stay_separate(person, role)
        office = Organisation.objects.filter(county=home, kind=OrgKind.BUREAU, closed_on=None).first() or add(
            SYSTEM,
            Organisation(
                county=home, kind=OrgKind.BUREAU, name=f"{home.name}教育体育局", short_name="教体局", order=10
            ),
            action="orgs.open_organisation",
            now=now,
        )
        term = RoleTerm(person=person, county=home, role=role, organisation=office, from_on=day_of(now))
        return add(SYSTEM, term, action="people.grant_role", now=now, reason="command line")


def registered(code: str, name: str | None, city: str, province: str) -> County:
    try:
        text = parse_county_code(code).text
    except CodeError as error:
        raise Refused(str(error)) from error
    known = County.objects.filter(code=text).first()
    if known:
        return known
    if not name:
        raise Refused(f"县 {text} 还没有登记，请用 --county-name 给出名称。")
    short = name.removesuffix("县").removesuffix("市").removesuffix("区")
    return County.objects.create(code=text, name=name, short_name=short, city_name=city, province_name=province)


def account_of(username: str, name: str, password: str) -> Account:
    known = Account.objects.filter(username=username).first()
    if known:
        return known
    account = Account(username=username, name=name)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused("；".join(error.messages)) from error
    return Account.objects.create(username=username, name=name, password=password, must_change_password=True)


def must_stay_separate(person: Person, role: str) -> None:
    """None of the three administrators does another's work, and none of them does the office's."""
    held = set(RoleTerm.objects.filter(person=person, to_on=None).values_list("role", flat=True))
    if role in ADMINISTRATORS and held - {role}:
        raise Refused("三员分立：系统、安全、审计管理员须由不同的人担任，且不兼任业务角色。")
    if role not in ADMINISTRATORS and held & ADMINISTRATORS:
        raise Refused("三员分立：管理员不兼任业务角色。")
