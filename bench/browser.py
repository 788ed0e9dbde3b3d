"""What a benchmark of pages needs: a signed-in user on a kept-alive connection, and times."""

import http.client
import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

WARM_UP = 5
TASK = r'href="(/plans/tasks/\d+/)"'
FORM = "application/x-www-form-urlencoded"
# One request; it may give the seconds of what counts of it.
Act = Callable[[], object]


class Browser:
    """One user on one kept-alive connection. It keeps cookies and no copy of a page."""

    def __init__(self, address: str) -> None:
        self.address = address
        place = urlsplit(address)
        kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
        self.connection = kind(place.hostname or "", place.port, timeout=60)
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status, and the text of the page or where it sends to."""
        headers = {"Cookie": "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = FORM
        answer = self.exchange(method, path, body, headers)
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        return answer.status, answer.headers.get("Location") or text

    def exchange(self, *request: Any) -> http.client.HTTPResponse:
        """A connection that the server has ended because it was quiet is opened again, as browsers do."""
        try:
            self.connection.request(*request)
            return self.connection.getresponse()
        except ConnectionError:
            self.connection.close()
            self.connection.request(*request)
            return self.connection.getresponse()

    def must(self, path: str) -> str:
        status, text = self.ask("GET", path)
        if status != http.client.OK:
            raise SystemExit(f"{self.address}{path}: {status}")
        return text

    def first(self, pattern: str, path: str) -> str:
        """What the pattern finds first on a page."""
        found = re.search(pattern, self.must(path))
        if not found:
            raise SystemExit(f"{self.address}{path}: no {pattern}")
        return found[1]


class Ours(Browser):
    """Somebody of the demonstration."""

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        return self.ask("POST", path, {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"].value})

    def as_(self, login: str) -> Self:
        self.ask("GET", "/demo/")
        status, _ = self.post("/demo/", username=f"demo.{login}")
        if status != http.client.FOUND:
            raise SystemExit(f"demo.{login} cannot sign in: {status}")
        return self


def in_turn(acts: Sequence[Act], requests: int) -> list[list[float]]:
    """The seconds of each request of each act, after some to warm up; they alternate to share the machine's moods."""
    rounds = [[seconds_of(act) for act in acts] for _ in range(WARM_UP + requests)]
    return [list(seconds) for seconds in zip(*rounds[WARM_UP:], strict=True)]


def seconds_of(act: Act) -> float:
    started = time.perf_counter()
    own = act()
    return own if isinstance(own, float) else time.perf_counter() - started


def together(acts: Sequence[Act], requests: int) -> tuple[list[float], float]:
    """Everyone asks at once, each so often: the seconds of each request, and requests a second of all."""
    started = time.perf_counter()
    with ThreadPoolExecutor(len(acts)) as pool:
        walked = pool.map(lambda act: [seconds_of(act) for _ in range(requests)], acts)
        seconds = [one for walk in walked for one in walk]
    return seconds, len(seconds) / (time.perf_counter() - started)


def figures(seconds: Sequence[float]) -> str:
    """Median / 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return f"{1000 * statistics.median(ordered):.1f} / {1000 * ordered[int(0.95 * len(ordered))]:.1f}"
