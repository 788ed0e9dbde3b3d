"""Opening a month for a province on PostgreSQL: 9,000 units, 20,000 tasks, everybody told; and killed in between.

`make bench`, or `python bench/dispatch.py [--counties 100] [--units 90] [--tasks 200]`. Each county's month is one
job, as on the site; a private PostgreSQL cluster is filled with rows, then one process works off all jobs. The same
units and tasks in one county follow, and once more with a worker that is killed after half of its batches and another
that goes on. Seconds are for orientation.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.postgres import cluster  # noqa: E402  (found only from the root)

NOW = datetime(2026, 9, 8, 1, 0, tzinfo=UTC)
TODAY = NOW.date()
DUE = date(2026, 9, 28)
RED, OPEN = date(2026, 9, 1), date(2026, 12, 31)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=100)
    parser.add_argument("--units", type=int, default=90)
    parser.add_argument("--tasks", type=int, default=200)
    args = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in ("django", "psycopg")))
    with cluster() as database, TemporaryDirectory(prefix="xietong-bench-") as home:
        os.environ |= {
            "DATABASE_URL": database,
            "XIETONG_HOME": home,
            "XIETONG_LOG": "ERROR",
            "DJANGO_SETTINGS_MODULE": "xietong.web.settings",
        }
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], check=True, env=given())
        run(args.counties, args.units, args.tasks)


def given() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def run(counties: int, units: int, tasks: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from xietong.kit.clock.models import FrozenClock  # noqa: PLC0415
    from xietong.kit.ruletable import table  # noqa: PLC0415

    table.load()
    FrozenClock.objects.create(business_now=NOW)
    many = [county(number, units, tasks) for number in range(counties)]
    one = county(counties, units * counties, tasks * counties)
    killed = county(counties + 1, units * counties, tasks * counties)
    print("\n| what | counties | units | tasks | s | told |")
    print("|---|--:|--:|--:|--:|--:|")
    show("a month in every county", many, work)
    show("a month of one county as large", [one], work)
    show("the same, killed half-way", [killed], killed_half_way)


def show(name: str, offices: list[Any], how: Any) -> None:
    from xietong.areas.dispatch.actions import open_month  # noqa: PLC0415
    from xietong.areas.dispatch.models import Cycle, Entry, Filing  # noqa: PLC0415
    from xietong.kit.jobs.models import Job  # noqa: PLC0415
    from xietong.kit.notices.models import Notice  # noqa: PLC0415

    begun = time.perf_counter()
    for office in offices:
        open_month(office, due_on=DUE, now=NOW)
    for job in Job.objects.filter(kind="dispatch.open", state="waiting").order_by("pk"):
        how(job)
    seconds = time.perf_counter() - begun
    here = [one.home for one in offices]
    filings, entries = Filing.objects.filter(county__in=here), Entry.objects.filter(county__in=here)
    cycles = Cycle.objects.filter(county__in=here, state="open")
    units = filings.values("county", "unit").distinct().count()
    if (units, entries.values("task").distinct().count()) != (filings.count(), entries.count()):
        raise SystemExit("something was asked twice")
    told = Notice.objects.filter(county_id__in=here, kind="dispatch.open").count()
    print(f"| {name} | {cycles.count()} | {units:,} | {entries.count():,} | {seconds:.1f} | {told:,} |")


def work(job: Any) -> None:
    from xietong.kit.jobs.performing import perform  # noqa: PLC0415

    perform(job.pk, again=lambda _job: None, stop=Event())


def killed_half_way(job: Any) -> None:
    """SIGKILL while the worker is at it; then the lease is over and another worker goes on."""
    command = f"import django; django.setup(); import bench.dispatch as b; b.work(type('J', (), {{'pk': {job.pk}}}))"
    worker = subprocess.Popen([sys.executable, "-c", command], env=given() | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"})
    while worker.poll() is None and job.done_steps < job.total_steps / 2 + 1:
        time.sleep(0.05)
        job.refresh_from_db()
    worker.kill()
    worker.wait()
    type(job).objects.filter(pk=job.pk).update(state="waiting", lease_token="", lease_until=None)
    work(job)


def county(number: int, units: int, tasks: int) -> Any:
    """An office, and units with a liaison each; every fifth task is overdue."""
    from xietong.areas.orgs.models import County, Organisation  # noqa: PLC0415
    from xietong.areas.people.models import Person, RoleTerm  # noqa: PLC0415
    from xietong.areas.people.queries import actors_of  # noqa: PLC0415
    from xietong.areas.plans.models import Plan, Task  # noqa: PLC0415
    from xietong.kit.accounts.models import Account  # noqa: PLC0415

    here = County.objects.create(code=f"{number:06}", name=f"县{number}", short_name=f"县{number}")
    orgs = Organisation.objects.bulk_create(
        Organisation(
            county=here, kind="primary" if n else "group_office", name=f"单位{n}", short_name=f"单位{n}", order=n
        )
        for n in range(units + 1)
    )
    accounts = Account.objects.bulk_create(Account(username=f"u{number}.{n}", name="甲") for n in range(units + 1))
    people = Person.objects.bulk_create(Person(county=here, name="甲", account=one) for one in accounts)
    RoleTerm.objects.bulk_create(
        RoleTerm(
            county=here,
            person=person,
            organisation=org,
            role="school_liaison" if n else "office",
            from_on=date(2024, 1, 1),
        )
        for n, (person, org) in enumerate(zip(people, orgs, strict=True))
    )
    plan = Plan.objects.create(
        county=here,
        title="行动方案",
        state="issued",
        issued_on=date(2024, 1, 1),
        source_name="-",
        source_text="-",
        read_at=NOW,
    )
    Task.objects.bulk_create(
        Task(
            county=here,
            plan=plan,
            number=f"{n}",
            title=f"任务{n}",
            state="under_way",
            lead_unit=orgs[1 + n % units],
            due_on=RED if n % 5 == 0 else OPEN,
            issued_at=NOW,
        )
        for n in range(tasks)
    )
    return actors_of(accounts[0].pk, TODAY)[0]


if __name__ == "__main__":
    main()
