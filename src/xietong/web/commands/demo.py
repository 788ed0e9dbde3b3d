"""Fill an empty database with the demonstration; refuses one with real data."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scale", choices=["county", "province"], default="county")
    parser.add_argument("--seed", type=int, default=2026)


def execute(args: argparse.Namespace) -> int:
    from xietong.web import demonstration  # noqa: PLC0415
    from xietong.web.commands import migrate  # noqa: PLC0415

    migrate.bring_up_to_date()
    try:
        demonstration.build(scale=args.scale, seed=args.seed)
    except demonstration.RealData as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def fill_if_empty() -> None:
    """This function will build the county-sized demonstration into a database without accounts."""
    from xietong.kit.accounts.models import Account  # noqa: PLC0415
    from xietong.web import demonstration  # noqa: PLC0415

    if not Account.objects.exists():
        demonstration.build(scale="county", seed=2026)
