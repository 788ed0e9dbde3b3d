"""Server time of the main pages at county and at province size, on PostgreSQL with the real server.

`make bench`, or `python bench/pages.py [--requests 60] [--clients 16]`. For each size a private
PostgreSQL cluster is filled by `xietong demo`, granian serves with two workers, and one user asks for
each page in turn: the median and the 95th percentile of the time to the whole answer, the ratio of
the medians province : county, and the pages of 16 users at once. Seconds are for orientation.

Other counties get a year of months with filings and bulletins beforehand (bench/months.py).

`--peer http://127.0.0.1:8190` measures a Redmine beside the province; bench/redmine.md sets it up.
"""

import argparse
import http.client
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.browser import TASK, Act, Browser, Ours, figures, in_turn, together  # noqa: E402  (found only from the root)
from bench.peer import compare  # noqa: E402
from tests.postgres import cluster, free_port  # noqa: E402

SIZES = ("county", "province")
ANALYZE = "import django; django.setup(); from django.db import connection as c; c.cursor().execute('ANALYZE')"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--peer", metavar="URL", help="a Redmine to compare with")
    parser.add_argument("--peer-login", default="clerk")
    parser.add_argument("--peer-password", default=os.environ.get("REDMINE_PASSWORD", ""))
    args = parser.parse_args()
    describe()
    with ExitStack() as stack:
        served = {size: stack.enter_context(serving(size)) for size in SIZES}
        table(measure(served, args.requests))
        for size, address in served.items():
            crowd(address, args.clients, size)
        if args.peer:
            peer = (args.peer, args.peer_login, args.peer_password)
            compare(served["province"], *peer, requests=args.requests, clients=args.clients)


def table(found: list[tuple[str, str, list[list[float]]]]) -> None:
    print("\n| page | role | county median / p95 ms | province median / p95 ms | ratio of medians |")
    print("|---|---|--:|--:|--:|")
    for page, role, (county, province) in found:
        ratio = statistics.median(province) / statistics.median(county)
        print(f"| {page} | {role} | {figures(county)} | {figures(province)} | {ratio:.2f} |")


def describe() -> None:
    names = ("django", "granian", "psycopg")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in names))


@contextmanager
def serving(size: str) -> Iterator[str]:
    """A filled database of its own behind granian with two workers; gives the address."""
    command, port = [sys.executable, "-m", "xietong.web.cli"], free_port()
    with cluster() as database, TemporaryDirectory(prefix="xietong-bench-") as home:
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "XIETONG_HOME": home,
            "XIETONG_LOG": "ERROR",
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "xietong.web.settings",
        }
        started = time.perf_counter()
        subprocess.run([*command, "demo", "--scale", size], env=environment, stdout=subprocess.DEVNULL, check=True)
        subprocess.run([sys.executable, str(ROOT / "bench" / "months.py")], env=environment, check=True)
        subprocess.run([sys.executable, "-c", ANALYZE], env=environment, check=True)
        print(f"{size}: filled in {time.perf_counter() - started:.0f} s")
        run = [*command, "run", "--port", str(port), "--workers", "2", "--no-worker"]
        server = subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield wait_for(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str) -> str:
    for _ in range(300):
        try:
            status, _ = Browser(address).ask("GET", "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            if status == http.client.OK:
                return address
    raise SystemExit("the server does not answer")


def measure(served: dict[str, str], requests: int) -> list[tuple[str, str, list[list[float]]]]:
    """(page, role, seconds at each size) of every page."""
    found = []
    for pages in zip(*map(plan, served.values()), strict=True):
        page, role, _act = pages[0]
        found.append((page, role, in_turn([act for _page, _role, act in pages], requests)))
    return found


def plan(address: str) -> Iterator[tuple[str, str, Act]]:
    """(page, role, one request) of everything that is measured."""
    office = Ours(address).as_("office")
    task = office.first(TASK, "/plans/tasks/")
    unit = office.first(r'href="(/units/\d+/)"', "/plans/tasks/")
    home = office.first(r'href="(/plans/\d+/)[#"]', task)
    of_tasks = (
        ("tasks, filtered", "/plans/tasks/?state=under_way&sort=due_on"),
        ("calendar", "/plans/calendar/"),
        ("unit", unit),
    )
    month = office.first(r'href="(/dispatch/cycles/\d+/)"', "/dispatch/cycles/")
    meeting = office.first(r'href="(/dispatch/meetings/\d+/)"', "/dispatch/meetings/")
    paper = office.first(r'href="(/dispatch/documents/\d+/)"', "/dispatch/documents/?kind=bulletin")
    of_months = (
        ("month", month),
        ("units by months", "/dispatch/cycles/grid/"),
        ("meeting", meeting),
        ("decisions", "/dispatch/decisions/"),
        ("documents", "/dispatch/documents/"),
        ("bulletin", paper),
    )
    value = office.first(r'href="(/indicators/\d+/)', "/indicators/")
    register = office.first(r'href="(/orgs/register/\d+/)"', "/orgs/register/")
    record = office.first(r'href="(/orgs/register/records/\d+/)"', register)
    of_facts = (
        ("register of a year", register),
        ("a school's register", record),
        ("subjects", "/people/subjects/"),
        ("scorecard", "/indicators/"),
        ("indicator", value),
        ("schools beside each other", f"{value}schools/"),
        ("balance", "/indicators/balance/"),
        ("balance by school", "/indicators/balance/schools/"),
        ("what moves a coefficient", "/indicators/balance/movers/"),
        ("school places", "/places/"),
        ("places by school", "/places/schools/"),
    )
    filings = (("own filings", "/dispatch/filings/"), ("documents", "/dispatch/documents/"))
    looking = (("plan", home), ("Gantt", f"{home}gantt/"), ("briefing", "/plans/briefing/"))
    pages = {
        "office": (*of_tasks, ("task", task), *looking, *of_months, *of_facts),
        "group_head": (*looking, ("calendar", "/plans/calendar/")),
        "school_liaison": (*of_tasks, *filings, ("scorecard", "/indicators/"), ("own values", "/indicators/report/")),
        "teacher": of_tasks[:1],
        "province_observer": (
            ("counties", "/plans/standings/"),
            ("indicators of counties", "/indicators/counties/"),
            ("plans", "/plans/"),
            ("plan", home),
            filings[1],
        ),
    }
    for role, asked in pages.items():
        browser = Ours(address).as_(role)
        for page, path in (("workbench", "/"), *asked):
            yield page, role, partial(browser.must, path)
        if role in {"school_liaison", "teacher"}:
            yield "task", role, partial(browser.must, browser.first(TASK, "/plans/tasks/"))
    yield "progress saved", "school_liaison", saving(address)


def saving(address: str) -> Act:
    """Files a report and takes it back to where it can be filed again: the office accepts it meanwhile, untimed."""
    liaison, office = Ours(address).as_("school_liaison"), Ours(address).as_("office")
    listed = liaison.must("/plans/tasks/mine/?state=under_way")
    for path in re.findall(r'href="(/plans/tasks/\d+/)"', listed):
        if f"{path}report/" in liaison.must(path):
            break
    else:
        raise SystemExit("no task to report on")

    def act() -> float:
        liaison.must(f"{path}report/")
        started = time.perf_counter()
        status, where = liaison.post(f"{path}report/", text="按计划推进，本周完成一次集体教研。")
        took = time.perf_counter() - started
        if status != http.client.FOUND:
            why = re.search(r"field-error[^>]*>(.*?)</p>", where, re.DOTALL)
            raise SystemExit(f"report refused: {status} {why and why[1]}")
        verdict, *_ = re.findall(r'action="(/plans/reports/\d+/accept/)"', office.must(path))
        office.post(verdict, opinion="")
        return took

    return act


def crowd(address: str, clients: int, size: str) -> None:
    """Many users at once on the workbench and the list."""
    browsers = [Ours(address).as_("office") for _ in range(clients)]
    seconds = [
        one for path in ("/", "/plans/tasks/") for one in together([partial(b.must, path) for b in browsers], 10)[0]
    ]
    print(f"{size}: {clients} users at once, workbench and list: {figures(seconds)} ms median / p95")


if __name__ == "__main__":
    main()
