"""List, rotate, export or restore the keys that are kept outside the database."""

import argparse
import getpass
import sys
from pathlib import Path

from xietong.kit.keys import Keyring, KeyringError
from xietong.web.folders import KEYRING

# The settings open the keyring and make it if there is none: too early for `restore`.
WITHOUT_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="purposes and ids; never the keys themselves")
    rotate = verbs.add_parser("rotate", help="a new current key; old ones stay for reading")
    rotate.add_argument("purpose", choices=["audit", "identity", "lookup", "django", "backup"])
    export = verbs.add_parser("export", help="a copy sealed with a passphrase, to keep apart from this machine")
    export.add_argument("file", type=Path)
    restore = verbs.add_parser("restore", help="bring an export back where there is no keyring")
    restore.add_argument("file", type=Path)


def execute(args: argparse.Namespace) -> int:
    try:
        if args.verb == "restore":
            Keyring.restore(KEYRING, args.file.read_bytes(), passphrase=passphrase())
            return 0
        ring = Keyring.open(KEYRING)
        if args.verb == "list":
            for info in ring.infos():
                print(f"{info.purpose:10} {info.key_id:12} {'current' if info.is_current else 'kept for reading'}")  # noqa: T201
        elif args.verb == "rotate":
            print(ring.rotate(args.purpose))  # noqa: T201
        else:
            args.file.write_bytes(ring.export(passphrase=passphrase()))
    except (KeyringError, OSError) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def passphrase() -> str:
    return sys.stdin.readline().rstrip("\n") if not sys.stdin.isatty() else getpass.getpass("passphrase: ")
