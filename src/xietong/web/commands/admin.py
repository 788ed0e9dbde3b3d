"""Name, list and end those whom nobody in the interface can name, and set their passwords.

They are the three administrators and the first office clerks of a county, the first coordinator of a
university, and the observers of a province or city. A password is asked for, or read from standard input.
"""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xietong.areas.people.models import RoleTerm

IN_COUNTY = ("office", "system_admin", "security_admin", "audit_admin")
ABOVE = ("university_coordinator", "province_observer", "city_observer")


def arguments(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    name = deeds.add_parser("name", help="give somebody one of these roles, with a login if he has none")
    roles = name.add_subparsers(dest="role", required=True, metavar="ROLE")
    for role in IN_COUNTY:
        one = somebody(roles.add_parser(role))
        one.add_argument("--county", required=True, help="six-digit code of the county; registered if new")
        one.add_argument("--county-name", default="", help="name of a county that is registered with this call")
        one.add_argument("--city", default="", help="its city, when registered with this call")
        one.add_argument("--province", default="", help="its province, if not the one that the code tells")
    for role in ABOVE:
        one = somebody(roles.add_parser(role))
        one.add_argument("--place", required=True, help="the university, or the authority of the observer")
        if role != "university_coordinator":
            one.add_argument("--region", required=True, help="the province or city, as its counties carry it")
    deeds.add_parser("list", help="who holds these roles today, with the number of each term")
    end = deeds.add_parser("end", help="end one of these terms today")
    end.add_argument("term", type=int, help="number of the term, as `list` shows it")
    password = deeds.add_parser("password", help="set a password that must be changed at the next sign-in")
    password.add_argument("username")


def somebody(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--username", required=True)
    parser.add_argument("--name", required=True, help="the person's name")
    return parser


def execute(args: argparse.Namespace) -> int:
    from xietong.kit.clock.time import business_now, day_of  # noqa: PLC0415
    from xietong.kit.errors import Refused  # noqa: PLC0415
    from xietong.web import founding  # noqa: PLC0415

    now = business_now()
    try:
        if args.deed == "list":
            show(*(line(term) for term in founding.holders(day_of(now))))
        elif args.deed == "end":
            show(founding.end(args.term, now=now))
        elif args.deed == "password":
            show(founding.set_password(args.username, typed(), now=now))
        else:
            name = founding.name_in_county if args.role in IN_COUNTY else founding.name_above
            given = {field: value for field, value in vars(args).items() if field in FIELDS}
            show(name(**given, password=typed(), now=now))
    except Refused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def show(*lines: object) -> None:
    for one in lines:
        print(one)  # noqa: T201


def line(term: "RoleTerm") -> str:
    login = term.person.account.username if term.person.account else "—"
    return f"{term.pk:>6}  {term.county or '—'}  {term.role:<22}  {term.person}  {login}"


def typed() -> str:
    return getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


FIELDS = ("role", "county", "county_name", "city", "province", "place", "region", "username", "name")
