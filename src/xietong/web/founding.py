"""Those whom nobody in the interface can name: administrators, first clerks, coordinators, observers.

The command line names and ends them, and sets a password where nobody could invite.
"""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import ADMINISTRATORS
from xietong.areas.orgs.actions import malformed
from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.orgs.rules.codes import CodeError, parse_county_code
from xietong.areas.people import actions
from xietong.areas.people.models import Person, RoleTerm
from xietong.areas.people.queries import in_force
from xietong.areas.people.rules.pinyin import spelling
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.models import Account
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add

IN_COUNTY = (Role.OFFICE, *ADMINISTRATORS)
ABOVE = {
    Role.UNIVERSITY_COORDINATOR: OrgKind.UNIVERSITY,
    Role.PROVINCE_OBSERVER: OrgKind.PROVINCE,
    Role.CITY_OBSERVER: OrgKind.CITY,
}


def name_in_county(
    *,
    role: str,
    county: str,
    county_name: str = "",
    city: str = "",
    province: str = "",
    username: str,
    name: str,
    password: str,
    now: datetime,
) -> RoleTerm:
    """This function will name an administrator or an office clerk of a county, which is registered if new.

    Raises
        Refused: the county is unknown and its name or city was not given, the password is weak, the login
            belongs to another county, or the person holds what cannot go with this role.
    """
    with transaction.atomic():
        home = registered(county, county_name, city, province, now)
        must_have_a_bureau(home, now)
        person = member(username, name, password, now, county=home)
        must_stay_separate(person, role, day_of(now))
        if role in ADMINISTRATORS:
            return actions.grant_administrator(SYSTEM, county=home, person=person, role=role, now=now)
        return begin(person, role, actions.administration_of(home), now)


def name_above(
    *, role: str, place: str, region: str = "", username: str, name: str, password: str, now: datetime
) -> RoleTerm:
    """This function will name a coordinator of a university or an observer of a province or city.

    An observer reaches the counties that carry the name `region` as their province or city.

    Raises
        Refused: the password is weak, the login belongs elsewhere, or the person holds the role.
    """
    with transaction.atomic():
        kind = ABOVE[Role(role)]
        org = Organisation.objects.filter(kind=kind, name=place, closed_on=None).first() or add(
            SYSTEM,
            Organisation(kind=kind, name=place, short_name=place[:40], aliases=[region] if region else []),
            action="orgs.open_organisation",
            now=now,
        )
        return begin(member(username, name, password, now, university=org), role, org, now)


def holders(on: date) -> QuerySet[RoleTerm]:
    """The terms that the command line names and ends, by county and role."""
    rows = RoleTerm.objects.filter(in_force(on), role__in=(*IN_COUNTY, *ABOVE))
    return rows.select_related("person__account", "county", "organisation").order_by("county", "role", "pk")


def end(term_id: int, *, now: datetime) -> RoleTerm:
    """This function will end one of those terms today.

    Raises
        Refused: there is no such term, or it is the last of an office.
    """
    term = holders(day_of(now)).filter(pk=term_id).first()
    if term is None:
        raise Refused(_("没有编号为 %(number)s 的在任角色，请先用 xietong admin list 查看。") % {"number": term_id})
    return actions.end_role(SYSTEM, term, reason="服务器命令行", now=now)


def set_password(username: str, password: str, *, now: datetime) -> Account:
    """This function will set a password that must be changed at the next sign-in; all sessions end.

    Raises
        Refused: nobody has this login, or the password is weak.
    """
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Refused(_("没有登录名为“%(name)s”的账号。") % {"name": username})
    must_be_strong(password, account)
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        record(SYSTEM, "web.set_password", account, now=now, reason="服务器命令行")
    return account


def registered(code: str, name: str, city: str, province: str, now: datetime) -> County:
    try:
        parsed = parse_county_code(code)
    except CodeError as error:
        raise malformed(error) from error
    known = County.objects.filter(code=parsed.text).first()
    if known:
        return known
    if not (name and city):
        raise Refused(
            _("县 %(code)s 还没有登记，请用 --county-name、--city 给出县名和设区市。") % {"code": parsed.text}
        )
    short = name.removesuffix("县").removesuffix("市").removesuffix("区")
    row = County(
        code=parsed.text,
        name=name,
        short_name=short,
        city_name=city,
        province_name=province or parsed.province_name,
    )
    return add(SYSTEM, row, action="orgs.register_county", now=now)


def must_have_a_bureau(county: County, now: datetime) -> None:
    """A new county has a place where its first roles hang."""
    kinds = (OrgKind.GROUP_OFFICE, OrgKind.BUREAU)
    if Organisation.objects.filter(county=county, kind__in=kinds, closed_on=None).exists():
        return
    bureau = Organisation(
        county=county, kind=OrgKind.BUREAU, name=f"{county.name}教育体育局", short_name="教体局", order=10
    )
    add(SYSTEM, bureau, action="orgs.open_organisation", now=now)


def member(username: str, name: str, password: str, now: datetime, **keeper: County | Organisation) -> Person:
    """The person behind a login; both are made if the login is new."""
    known = Account.objects.filter(username=username).first()
    if known:
        found = Person.objects.filter(account=known, **keeper).first()
        if found is None:
            raise Refused(_("登录名“%(name)s”已属于别的县（单位）的人员。") % {"name": username})
        return found
    account = Account(username=username, name=name, must_change_password=True)
    must_be_strong(password, account)
    account.set_password(password)
    account.save()
    pinyin, initials = spelling(name)
    row = Person(**keeper, account=account, name=name, pinyin=pinyin, initials=initials)
    return add(SYSTEM, row, action="people.register_person", now=now)


def must_be_strong(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(_("；").join(error.messages)) from error


def must_stay_separate(person: Person, role: str, on: date) -> None:
    """None of the three administrators does another's work, and none of them does the office's."""
    held = set(RoleTerm.objects.filter(in_force(on), person=person).values_list("role", flat=True))
    if role in ADMINISTRATORS and held - {role}:
        raise Refused(_("三员分立：系统、安全、审计管理员须由不同的人担任，且不兼任业务角色。"))
    if role not in ADMINISTRATORS and held & set(ADMINISTRATORS):
        raise Refused(_("三员分立：管理员不兼任业务角色。"))


def begin(person: Person, role: str, place: Organisation, now: datetime) -> RoleTerm:
    return actions.begin_term(
        SYSTEM,
        person,
        action="people.grant_role",
        role=role,
        organisation=place,
        from_on=day_of(now),
        to_on=None,
        now=now,
    )
