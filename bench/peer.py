"""Redmine's list, page and export beside ours, in one run: what `pages.py --peer` prints.

Both hold 20,000 tasks on PostgreSQL and are asked by somebody who is signed in and sees the tasks of one
county (here) or project (there), about 200. Requests alternate, so that whatever else the machine does falls on
both. bench/redmine.md tells how the peer is set up.
"""

import http.client
import re
import statistics
from dataclasses import dataclass, field
from functools import partial
from typing import Self
from urllib.parse import urlencode

from bench.browser import TASK, Act, Browser, Ours, figures, in_turn, together

ROUNDS = 3
EACH = 15  # requests of each client in a round
WITHIN = "/projects/county-000/issues"
UNDER_WAY = "2"
REPORTS = 3
OUR_REPORT, OUR_TOTAL = 'id="report-', r'data-total="(\d+)"'
OUR_ROW = '<td role="cell" class="pick"'
END_OF_LINE = "\n"


class Redmine(Browser):
    def as_(self, login: str, password: str) -> Self:
        token = self.first(r'name="authenticity_token" value="([^"]+)"', "/login")
        fields = {"username": login, "password": password, "authenticity_token": token}
        status, _ = self.ask("POST", "/login", fields)
        if status != http.client.FOUND:
            raise SystemExit(f"{login} cannot sign in at {self.address}: {status}")
        return self

    def again(self) -> "Redmine":
        """One more client in the same session: of more than ten of a person Redmine ends the oldest."""
        other = Redmine(self.address)
        other.cookies = self.cookies
        return other


@dataclass
class Pair:
    """The same task of a user on both sides: what it is, and the requests of every client."""

    what: str
    ours: list[Act]
    theirs: list[Act]
    own: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)
    own_rate: list[float] = field(default_factory=list)
    peer_rate: list[float] = field(default_factory=list)

    def measure(self, requests: int) -> None:
        self.own, self.peer = in_turn((self.ours[0], self.theirs[0]), requests)
        for _ in range(ROUNDS):
            self.own_rate.append(together(self.ours, EACH)[1])
            self.peer_rate.append(together(self.theirs, EACH)[1])

    def line(self) -> str:
        own, peer = statistics.median(self.own_rate), statistics.median(self.peer_rate)
        faster = statistics.median(self.peer) / statistics.median(self.own)
        cells = (self.what, figures(self.own), figures(self.peer), f"{faster:.2f}")
        return f"| {' | '.join(cells)} | {own:.1f} | {peer:.1f} | {own / peer:.2f} |"


def compare(ours: str, peer: str, login: str, password: str, requests: int, clients: int) -> None:
    """This function will print both side by side."""
    here = [Ours(ours).as_("office") for _ in range(clients)]
    first = Redmine(peer).as_(login, password)
    there = [first, *(first.again() for _ in range(clients - 1))]
    print(f"\nBeside Redmine, 20,000 tasks each, interleaved; requests a second of {clients} clients at once")
    print("| what: ours / Redmine | ours median / p95 ms | Redmine's | ratio | ours /s | Redmine's /s | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for pair in pairs(here, there):
        pair.measure(requests)
        print(pair.line(), flush=True)


def pairs(here: list[Ours], there: list[Redmine]) -> list[Pair]:
    own_list, own_file = "/plans/tasks/?state=under_way&sort=due_on&size=20", "/plans/tasks/?export=xlsx"
    peer_list = issues("", {"op[status_id]": "=", "v[status_id][]": UNDER_WAY, "sort": "due_date", "per_page": "20"})
    peer_file = issues(".csv", {"op[status_id]": "*", "v[status_id][]": "", "encoding": "UTF-8"})
    own_task = of_three_reports(here[0], own_list)
    peer_task = there[0].first(r'href="(/issues/\d+)"', peer_list)
    sizes = [
        seen(here[0], own_list, OUR_ROW, "rows"),
        seen(there[0], peer_list, '<tr id="issue-', "rows"),
        seen(here[0], own_task, OUR_REPORT, "reports"),
        seen(there[0], peer_task, '<div id="change-', "notes"),
        f"{here[0].first(OUR_TOTAL, '/plans/tasks/')} tasks",
        f"{there[0].must(peer_file).count(END_OF_LINE) - 1} issues",
    ]
    return [
        pair(f"list under way by due day: {sizes[0]} / {sizes[1]}", here, own_list, there, peer_list),
        pair(f"page of a task: {sizes[2]} / {sizes[3]}", here, own_task, there, peer_task),
        pair(f"all of one's tasks as a file: .xlsx, {sizes[4]} / .csv, {sizes[5]}", here, own_file, there, peer_file),
    ]


def issues(kind: str, asked: dict[str, str]) -> str:
    """The address of Redmine's list of a project with a filter by status."""
    return f"{WITHIN}{kind}?{urlencode({'set_filter': '1', 'f[]': 'status_id', **asked})}"


def of_three_reports(browser: Ours, listed: str) -> str:
    """The first task of a list with as many reports as every issue of the peer has notes."""
    paths: list[str] = re.findall(TASK, browser.must(listed))
    for path in dict.fromkeys(paths):
        if browser.must(path).count(OUR_REPORT) == REPORTS:
            return path
    raise SystemExit(f"no task with {REPORTS} reports")


def seen(browser: Browser, path: str, mark: str, what: str) -> str:
    """How much is on a page: so often a mark, so many bytes."""
    page = browser.must(path)
    return f"{page.count(mark)} {what}, {len(page.encode()) / 1024:.0f} KiB"


def pair(what: str, here: list[Ours], own: str, there: list[Redmine], peer: str) -> Pair:
    return Pair(what, [partial(one.must, own) for one in here], [partial(one.must, peer) for one in there])
