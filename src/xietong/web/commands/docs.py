"""Write docs/generated from the code, or check that it is current."""

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    parser.add_argument("--directory", type=Path, default=Path("docs/generated"))


def execute(args: argparse.Namespace) -> int:
    from xietong.web.reference import pages  # noqa: PLC0415

    stale = []
    for name, text in pages().items():
        file = args.directory / name
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(file))
        if not args.check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for file in stale:
        print(f"{'out of date' if args.check else 'written'}: {file}", file=sys.stderr)  # noqa: T201
    return 1 if stale and args.check else 0
