"""An inspection package of 5,000 files, and 20,000 tasks as a workbook: seconds and peak memory.

`make bench`, or `python bench/package.py [--files 5000] [--kilobytes 200] [--tasks 20000]`. A private SQLite
installation is filled with rows and contents; each of the two is then made in a process of its own, so that
peak memory is its own. Beside it stands a process that only opens the site: the rest is the work.
"""

import argparse
import multiprocessing
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
MEBIBYTE = 1024 * 1024
FILES_A_TASK = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--kilobytes", type=int, default=200)
    parser.add_argument("--tasks", type=int, default=20000)
    args = parser.parse_args()
    names = ("django", "python-docx", "XlsxWriter")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in names))
    with TemporaryDirectory(prefix="xietong-bench-") as home:
        os.environ |= {"XIETONG_HOME": home, "DJANGO_SETTINGS_MODULE": "xietong.web.settings"}
        alone(fill, args.files, args.kilobytes, args.tasks)
        print("\n| what | how many | bytes made | s | longest batch s | peak MiB |")
        print("|---|--:|--:|--:|--:|--:|")
        for work in (idle, package, workbook):
            print(f"| {alone(work)} |")


def alone(work: Callable[..., str], *given: Any) -> str:
    """The answer of a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(work, given)


def opened() -> None:
    import django  # noqa: PLC0415

    django.setup()


def line(name: str, number: int | str, made: int, seconds: float, longest: float) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{made / MEBIBYTE:,.1f} MiB" if made else "—"
    return f"{name} | {number} | {size} | {seconds:.1f} | {longest:.2f} | {peak:.0f}"


def fill(files: int, kilobytes: int, tasks: int) -> str:
    """One county, one plan; a task for every ten files, and the others without reports."""
    opened()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from tests import build, planning  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        planning.rules()
        build.clock()
        build.cast()
        plan = planning.plan()
        clause, unit = planning.clause(plan=plan), build.organisation()
        for number in range(tasks):
            row = planning.task(plan=plan, clause=clause, lead_unit=unit, title=f"任务{number}", state="under_way")
            if number * FILES_A_TASK < files:
                report = planning.report(task=row, state="accepted", text="已完成阶段工作。" * 20)
                for one in range(FILES_A_TASK):
                    data = f"{number}-{one}".encode() + os.urandom(kilobytes * 1024)
                    planning.evidence(report=report, name=f"照片{one}.jpg", data=data, kind="image/jpeg")
    return ""


def idle() -> str:
    opened()
    from xietong.areas.plans import jobs, queries  # noqa: F401, PLC0415

    return line("the site opened, nothing done", "—", 0, 0, 0)


def package() -> str:
    opened()
    from threading import Event  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    from tests import build  # noqa: PLC0415
    from xietong.areas.people.models import RoleTerm  # noqa: PLC0415
    from xietong.areas.plans import actions, queries  # noqa: PLC0415
    from xietong.areas.plans.models import Plan  # noqa: PLC0415
    from xietong.kit.jobs import performing  # noqa: PLC0415

    office = build.actor(RoleTerm.objects.filter(role="office").order_by("pk")[0])
    plan = Plan.objects.get()
    totals = queries.totals(office, plan, queries.Choice())
    job = actions.make_package(office, plan, choice=queries.Choice(), now=build.NOW)
    moments = [time.perf_counter()]
    saved = performing.save_progress

    def noted(*given: Any, **options: Any) -> None:
        moments.append(time.perf_counter())
        saved(*given, **options)

    performing.save_progress = noted
    performing.perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    if job.state != "done":
        raise SystemExit(f"{job.message} {job.error}")
    longest = max(later - earlier for earlier, later in pairwise(moments))
    size = (Path(settings.FILES_ROOT) / job.result_file).stat().st_size
    number = f"{totals.files:,} files of {totals.tasks:,} tasks"
    return line("迎检材料包 (.zip)", number, size, moments[-1] - moments[0], longest)


def workbook() -> str:
    opened()
    from django.test import RequestFactory  # noqa: PLC0415

    from tests import build  # noqa: PLC0415
    from xietong.areas.people.models import RoleTerm  # noqa: PLC0415
    from xietong.areas.plans import queries, tables  # noqa: PLC0415
    from xietong.kit.accounts.models import Account  # noqa: PLC0415
    from xietong.kit.tables.export import export  # noqa: PLC0415
    from xietong.kit.tables.present import Shown  # noqa: PLC0415

    office = build.actor(RoleTerm.objects.filter(role="office").order_by("pk")[0])
    request: Any = RequestFactory().get("/", {"export": "xlsx"})
    request.user = Account.objects.get(pk=office.account_id or 0)
    request.actor, request.today, request.now = office, build.TODAY, build.NOW
    began = time.perf_counter()
    response = export(Shown(request, tables.TaskTable(office, build.TODAY), queries.tasks(office)))
    size = sum(len(part) for part in response)
    response.close()
    spent = time.perf_counter() - began
    return line("任务台账 (.xlsx)", f"{queries.tasks(office).count():,} tasks", size, spent, spent)


if __name__ == "__main__":
    main()
