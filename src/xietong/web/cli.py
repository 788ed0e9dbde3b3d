"""`xietong`: the one entry point of whoever looks after the installation."""

import argparse
import os
import sys
from importlib import import_module

COMMANDS = (
    "run",
    "migrate",
    "worker",
    "demo",
    "admin",
    "plan",
    "quant",
    "audit",
    "keys",
    "backup",
    "restore",
    "health",
    "docs",
)
EPILOG = """
settings come from the environment:
  XIETONG_HOME      where database, files, keys and backups are kept (default: ./var)
  DATABASE_URL      postgres://user:password@host/name; without it SQLite in XIETONG_HOME
  XIETONG_KEYRING   the keyring, to be kept apart from database and backups
  XIETONG_HOSTS     host names that the site answers to, comma-separated

a first installation:  xietong migrate && xietong admin --help
every day:             xietong backup; xietong audit verify; xietong health
"""


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(
        prog="xietong",
        description="Runs and looks after a Xietong installation.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"xietong.web.commands.{name}")
        help_line = (module.__doc__ or "").strip().splitlines()[0]
        one = commands.add_parser(name, help=help_line, description=module.__doc__)
        module.arguments(one)
        one.set_defaults(execute=module.execute, without_django=getattr(module, "WITHOUT_DJANGO", False))
    return root


def main(arguments: list[str] | None = None) -> int:
    """This function will run one command; its result is the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xietong.web.settings")
    args = parser().parse_args(arguments)
    if not args.without_django:
        import django  # noqa: PLC0415  (the help must not need a database)

        django.setup()
    return int(args.execute(args) or 0)


if __name__ == "__main__":
    sys.exit(main())
