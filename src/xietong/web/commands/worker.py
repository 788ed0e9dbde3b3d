"""Work off the queue until told to stop."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", action="store_true", help="end when nothing waits")


def execute(args: argparse.Namespace) -> int:
    from xietong.kit.jobs.worker import work  # noqa: PLC0415

    work(batch=args.batch)
    return 0
