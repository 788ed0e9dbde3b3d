"""Bring the database up to date, after a backup; load shipped rules and public holidays."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-backup", action="store_true", help="you have just made one yourself")


def execute(args: argparse.Namespace) -> int:
    bring_up_to_date(backup=not args.no_backup)
    return 0


def bring_up_to_date(*, backup: bool = True) -> None:
    """This function will migrate; a database that holds data is backed up first."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from xietong.kit.backup.making import make  # noqa: PLC0415
    from xietong.kit.clock.calendars import load_published  # noqa: PLC0415
    from xietong.kit.clock.time import business_now, machine_now  # noqa: PLC0415
    from xietong.kit.ruletable.table import load  # noqa: PLC0415
    from xietong.web.schedule import schedule_all  # noqa: PLC0415

    if backup and pending() and "accounts_account" in connection.introspection.table_names():
        print(f"backup: {make(settings.BACKUP_ROOT, now=machine_now())}", file=sys.stderr)  # noqa: T201
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    load()
    load_published(range(2023, business_now().year + 2))
    schedule_all()


def pending() -> bool:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
