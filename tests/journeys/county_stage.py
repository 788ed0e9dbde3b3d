"""The stage of a county's months: three schools, those who sign, each at a browser of his own, on the day it is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from tests import build, dispatching, planning
from tests.conftest import DESK, PHONE, silent_page
from tests.journeys.every_page import cookies
from tests.journeys.test_axe import faults
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform

PATIENCE = 8_000
ON_PHONES = frozenset({"liaison", "third"})


def it_is(month: int, day: int, hour: int = 9) -> None:
    """Everybody's clock stands at an hour of 2026."""
    build.clock(now=datetime(2026, month, day, hour, 0, tzinfo=SHANGHAI))


def the_job_runs() -> None:
    """What a worker does with the job that was asked for last."""
    perform(Job.objects.latest("pk").pk, again=lambda _job: None, stop=Event())


@dataclass
class Player:
    """Somebody at a browser of his own."""

    page: Any

    def todo(self, label: str, about: str = "") -> Any:
        tag = self.page.locator(".todo-tag").get_by_text(label, exact=True)
        return self.page.locator(".todo").filter(has=tag, has_text=about)

    def takes(self, label: str, about: str = "") -> None:
        """Opens the one to-do of that kind on the workbench."""
        self.page.goto("/")
        expect(self.todo(label, about)).to_have_count(1)
        self.todo(label, about).click()
        self.page.get_by_role("heading", level=1).wait_for()

    def has_no(self, label: str) -> None:
        self.page.goto("/")
        self.page.get_by_role("heading", name="待办").wait_for()
        expect(self.todo(label)).to_have_count(0)

    def opens(self, *titles: str, menu: str) -> None:
        """From a list of the menu to what has that title, and on by the links named."""
        self.page.goto(reverse(menu))
        for title in titles:
            self.clicks(title)
        self.page.get_by_role("heading", level=1).wait_for()

    def clicks(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name, exact=True).first.click()

    def fills(self, **values: str) -> None:
        for label, value in values.items():
            self.page.get_by_label(label).first.fill(value)

    def sends(self, button: str, said: str, *, sure: bool = False) -> None:
        """Presses a button, answers the question before something grave, reads what is said."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()
        if sure:
            self.page.locator("#confirm-yes").click()
        self.page.get_by_text(said).first.wait_for()

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def sees_no(self, words: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(words)

    def agrees(self) -> None:
        """Answers the one approval that waits, on its page."""
        self.takes("待审批")
        self.sends("同意", "已同意")

    def downloads(self, link: str) -> bytes:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link, exact=True).click()
        return Path(coming.value.path()).read_bytes()

    def reaches(self, button: str) -> None:
        """A finger finds the button above the bar of tabs, wherever the page is scrolled to."""
        found = self.page.get_by_role("button", name=button, exact=True).bounding_box()
        assert found["y"] + found["height"] <= self.page.locator(".tabs").bounding_box()["y"], self.page.url

    def looks(self) -> None:
        """What is on the screen passes axe and fits it."""
        assert faults(self.page) == [], self.page.url


@dataclass
class Stage:
    """Everybody who acts: the office, the first school's liaison and head, two other schools, who signs."""

    office: Player
    liaison: Player
    head: Player
    second: Player
    third: Player
    bureau: Player
    leader: Player


def people() -> dict[str, Actor]:
    """The county with its tasks: the first school's is overdue, and in summer it has said something of it."""
    planning.rules()
    cast = build.cast()
    third = build.organisation(county=cast.county, name="云岭县第三小学", short_name="三小")
    plan = planning.plan(county=cast.county)
    part = planning.clause(plan=plan, heading="学校发展", number="三（一）")
    late = planning.task(plan=plan, clause=part, lead_unit=cast.school, title="修订办学章程", due_on=date(2026, 9, 1))
    for unit, title in ((cast.other_school, "改造校园"), (third, "建设书香校园")):
        planning.task(plan=plan, clause=part, lead_unit=unit, title=title)
    summer = dispatching.cycle(
        month=date(2026, 7, 1), months=2, label="2026年7—8月", state="locked",
        span_from=date(2026, 6, 26), span_to=date(2026, 8, 25), due_on=date(2026, 8, 28),
    )  # fmt: skip
    filed = dispatching.filing(cycle=summer, unit=cast.school, state="accepted")
    dispatching.entry(filing=filed, task=late, kind="offered", text="暑期已成立起草小组。")
    bureau = build.organisation(kind="bureau", name="云岭县教体局")
    group = build.organisation(kind="leading_group", name="云岭县领导小组")
    return {
        "office": cast.office,
        "liaison": cast.liaison,
        "head": cast.head,
        "second": build.player("吴海", Role.SCHOOL_HEAD, cast.other_school),
        "third": build.player("林木", Role.SCHOOL_HEAD, third),
        "bureau": build.player("方平", Role.BUREAU_LEADER, bureau),
        "leader": build.player("周定", Role.GROUP_HEAD, group),
    }


@contextmanager
def staged(browser: Any, address: str) -> Iterator[Stage]:
    with ExitStack() as pages:
        players = {}
        for name, actor in people().items():
            look = PHONE if name in ON_PHONES else DESK
            page = pages.enter_context(silent_page(browser, address, look))
            page.set_default_timeout(PATIENCE)
            page.context.add_cookies(cookies(build.client(actor), address))
            players[name] = Player(page)
        yield Stage(**players)
