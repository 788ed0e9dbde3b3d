"""Restore a backup into an empty place."""

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path)


def execute(args: argparse.Namespace) -> int:
    from xietong.kit.backup.restoring import restore  # noqa: PLC0415
    from xietong.kit.errors import Refused  # noqa: PLC0415

    try:
        restore(args.backup)
    except (Refused, OSError) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    print("restored; run `xietong migrate` if this version is newer than the backup's")  # noqa: T201
    return 0
