"""Name one of the three administrators of a county; nobody can hold two of them."""

import argparse
import getpass
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("role", choices=["system_admin", "security_admin", "audit_admin", "office"])
    parser.add_argument("--county", required=True, help="six-digit code of the county; registered if new")
    parser.add_argument("--county-name", help="name of a county that is registered with this call")
    parser.add_argument("--city", default="", help="its city, when registered with this call")
    parser.add_argument("--province", default="", help="its province, when registered with this call")
    parser.add_argument("--username", required=True)
    parser.add_argument("--name", required=True)


def execute(args: argparse.Namespace) -> int:
    from xietong.kit.errors import Refused  # noqa: PLC0415
    from xietong.web.founding import found  # noqa: PLC0415

    password = sys.stdin.readline().rstrip("\n") if not sys.stdin.isatty() else getpass.getpass("password: ")
    try:
        print(found(**{name: getattr(args, name) for name in FIELDS}, password=password))  # noqa: T201
    except Refused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    return 0


FIELDS = ("role", "county", "county_name", "city", "province", "username", "name")
