"""Back up database and files, with a sealed manifest."""

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, nargs="?", help="default: XIETONG_BACKUPS")
    parser.add_argument("--check", type=Path, metavar="BACKUP", help="verify an existing backup instead")


def execute(args: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415

    from xietong.kit.backup.checking import check  # noqa: PLC0415
    from xietong.kit.backup.making import make  # noqa: PLC0415
    from xietong.kit.clock.time import machine_now  # noqa: PLC0415
    from xietong.kit.errors import Refused  # noqa: PLC0415

    try:
        if args.check:
            check(args.check)
            print(f"{args.check}: whole")  # noqa: T201
        else:
            print(make(args.directory or settings.BACKUP_ROOT, now=machine_now()))  # noqa: T201
    except (Refused, OSError) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    return 0
