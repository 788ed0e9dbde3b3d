"""Verify or seal the audit trail."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=["verify", "seal"], help="verify names the first broken link")


def execute(args: argparse.Namespace) -> int:
    from xietong.kit.audit.seal import seal, verify  # noqa: PLC0415

    if args.verb == "seal":
        print(f"sealed {sum(iter(seal, 0))} rows")  # noqa: T201
        return 0
    verdict = verify()
    if not verdict.holds:
        print(f"BROKEN at link {verdict.broken_at}: {verdict.problem}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{verdict.links} links hold, {verdict.unsealed} rows not sealed yet, head {verdict.head}")  # noqa: T201
    return 0
