"""Server time of the main pages at county and at province size, on PostgreSQL with the real server.

`make bench`, or `python bench/pages.py [--requests 60] [--clients 16]`. For each size a private
PostgreSQL cluster is filled by `xietong demo`, granian serves with two workers, and one user asks for
each page in turn: the median and the 95th percentile of the time to the whole answer, the ratio of
the medians province : county, and the pages of 16 users at once. Seconds are for orientation.
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
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.postgres import cluster, free_port  # noqa: E402  (found only from the root)

SIZES = ("county", "province")
WARM_UP = 5
ANALYZE = "import django; django.setup(); from django.db import connection as c; c.cursor().execute('ANALYZE')"
FORM = "application/x-www-form-urlencoded"
# One request; it may give the seconds of what counts of it.
Act = Callable[[], object]


@dataclass
class Browser:
    """One signed-in user on one kept-alive connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = FORM
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in re.findall(r"(\w+)=([^;]*);", "; ".join(answer.headers.get_all("Set-Cookie") or []) + ";"):
            if name in {"csrftoken", "sessionid"}:
                self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or text

    def sign_in(self, login: str) -> None:
        self.ask("GET", "/demo/")
        status, _ = self.ask("POST", "/demo/", {"username": f"demo.{login}"})
        if status != http.client.FOUND:
            raise SystemExit(f"demo.{login} cannot sign in: {status}")

    def must(self, path: str) -> str:
        status, text = self.ask("GET", path)
        if status != http.client.OK:
            raise SystemExit(f"{path}: {status}")
        return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--clients", type=int, default=16)
    args = parser.parse_args()
    describe()
    found = {size: measure(size, args.requests, args.clients) for size in SIZES}
    print("\n| page | role | county median / p95 ms | province median / p95 ms | ratio of medians |")
    print("|---|---|--:|--:|--:|")
    for name in found["county"]:
        (page, role), county, province = name, found["county"][name], found["province"][name]
        ratio = statistics.median(province) / statistics.median(county)
        print(f"| {page} | {role} | {figures(county)} | {figures(province)} | {ratio:.2f} |")


def describe() -> None:
    names = ("django", "granian", "psycopg")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in names))


def figures(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"{1000 * statistics.median(ordered):.1f} / {1000 * ordered[int(0.95 * len(ordered))]:.1f}"


def measure(size: str, requests: int, clients: int) -> dict[tuple[str, str], list[float]]:
    with (
        cluster() as address,
        TemporaryDirectory(prefix="xietong-bench-") as home,
        serving(address, home, size) as port,
    ):
        found = {}
        for page, role, act in plan(port):
            found[page, role] = timed(act, requests)
        crowd(port, clients, size)
    return found


@contextmanager
def serving(address: str, home: str, size: str) -> Iterator[int]:
    """The filled database behind granian with two workers."""
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "XIETONG_HOME": home,
        "XIETONG_LOG": "ERROR",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "xietong.web.cli"]
    started = time.perf_counter()
    subprocess.run([*command, "demo", "--scale", size], env=environment, stdout=subprocess.DEVNULL, check=True)
    print(f"\n{size}: filled in {time.perf_counter() - started:.0f} s")
    port = free_port()
    run = [*command, "run", "--port", str(port), "--workers", "2", "--no-worker"]
    server = subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        subprocess.run(
            [sys.executable, "-c", ANALYZE],
            env={**environment, "DJANGO_SETTINGS_MODULE": "xietong.web.settings"},
            check=True,
        )
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            status, _ = Browser(port).ask("GET", "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            if status == http.client.OK:
                return
    raise SystemExit("the server does not answer")


def plan(port: int) -> Iterator[tuple[str, str, Act]]:
    """(page, role, one request) of everything that is measured."""
    for role in ("office", "teacher", "province_observer"):
        browser = Browser(port)
        browser.sign_in(role)
        yield "workbench", role, partial(browser.must, "/")
        if role == "province_observer":
            yield "counties", role, partial(browser.must, "/plans/standings/")
            continue
        yield "tasks, filtered", role, partial(browser.must, "/plans/tasks/?state=under_way&sort=due_on")
        listed = browser.must("/plans/tasks/")
        task = re.search(r'href="(/plans/tasks/\d+/)"', listed)
        if task:
            yield "task", role, partial(browser.must, task[1])
    yield "progress saved", "school_liaison", saving(port)


def saving(port: int) -> Act:
    """Files a report and takes it back to where it can be filed again: the office accepts it meanwhile, untimed."""
    liaison, office = Browser(port), Browser(port)
    liaison.sign_in("school_liaison")
    office.sign_in("office")
    listed = liaison.must("/plans/tasks/mine/?state=under_way")
    for path in re.findall(r'href="(/plans/tasks/\d+/)"', listed):
        if f"{path}report/" in liaison.must(path):
            break
    else:
        raise SystemExit("no task to report on")

    def act() -> float:
        liaison.must(f"{path}report/")
        started = time.perf_counter()
        status, where = liaison.ask("POST", f"{path}report/", {"text": "按计划推进，本周完成一次集体教研。"})
        took = time.perf_counter() - started
        if status != http.client.FOUND:
            why = re.search(r"field-error[^>]*>(.*?)</p>", where, re.DOTALL)
            raise SystemExit(f"report refused: {status} {why and why[1]}")
        verdict, *_ = re.findall(r'action="(/plans/reports/\d+/accept/)"', office.must(path))
        office.ask("POST", verdict, {"opinion": ""})
        return took

    return act


def timed(act: Act, requests: int) -> list[float]:
    seconds = []
    for n in range(WARM_UP + requests):
        started = time.perf_counter()
        own = act()
        took = own if isinstance(own, float) else time.perf_counter() - started
        if n >= WARM_UP:
            seconds.append(took)
    return seconds


def crowd(port: int, clients: int, size: str) -> None:
    """Many users at once on the workbench and the list."""
    browsers = [Browser(port) for _ in range(clients)]
    for browser in browsers:
        browser.sign_in("office")

    def walk(browser: Browser) -> list[float]:
        return timed(partial(browser.must, "/"), 10) + timed(partial(browser.must, "/plans/tasks/"), 10)

    with ThreadPoolExecutor(clients) as pool:
        seconds = [one for walked in pool.map(walk, browsers) for one in walked]
    print(f"{size}: {clients} users at once, workbench and list: {figures(seconds)} ms median / p95")


if __name__ == "__main__":
    main()
