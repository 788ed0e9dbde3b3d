"""Read an action plan from a file and print what was found."""

import argparse
import json
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    read = verbs.add_parser("read", help="print chapters, sections, phases with dates, organisations named")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true", help="everything that was found, as JSON")


def execute(args: argparse.Namespace) -> int:
    from xietong.areas.plans.rules import reader  # noqa: PLC0415
    from xietong.kit.errors import Refused  # noqa: PLC0415
    from xietong.kit.text.reading import read_safely  # noqa: PLC0415

    try:
        text = read_safely(args.file.read_bytes(), name=args.file.name).text
    except (OSError, Refused) as refusal:
        print(f"{args.file}: {refusal}", file=sys.stderr)  # noqa: T201
        return 1
    reading = reader.read(reader.clean([reader.SourceLine(line) for line in text.split("\n")]).lines)
    if args.json:
        print(json.dumps(reader.to_json(reading), ensure_ascii=False, indent=2))  # noqa: T201
    else:
        print(reader.print_outline(reading))  # noqa: T201
    return 0
