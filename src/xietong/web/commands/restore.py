"""Restore a backup into an empty place."""

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path)
    parser.add_argument("--force", action="store_true", help="replace what the database holds; stop the site first")


def execute(args: argparse.Namespace) -> int:
    from xietong.kit.backup.restoring import restore  # noqa: PLC0415
    from xietong.kit.errors import Refused  # noqa: PLC0415

    try:
        restored = restore(args.backup, force=args.force)
    except (Refused, OSError) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    print("restored" + ("; now run `xietong migrate`" if restored.needs_migration else ""))  # noqa: T201
    return 0
