"""Tell whether database, migrations, queue and disk are well."""

import argparse


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def execute(_args: argparse.Namespace) -> int:
    from xietong.web.views.health import checks  # noqa: PLC0415

    found = checks()
    for name, well in found.items():
        print(f"{name:12} {'ok' if well else 'NOT WELL'}")  # noqa: T201
    return 0 if all(found.values()) else 1
