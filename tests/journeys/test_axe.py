"""Every page, and every state of a page that is no address, passes axe and fits its window.

Automated rules only: what they cannot judge is walked in `test_keyboard.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from tests import build, planning
from tests.access.sides import Side, side
from tests.conftest import DESK, PHONE, silent_page
from tests.journeys.acting import attach, photo
from tests.journeys.every_page import STRANGER, cookies, page_routes, pages, visitors
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import Organisation, Role
from xietong.kit.accounts.models import Account
from xietong.kit.pages.download import XLSX

pytestmark = [pytest.mark.browser, pytest.mark.once]

BOOKS = (
    "orgs:sheet", "orgs:register_statistics", "orgs:register_classes", "orgs:register_rooms",
    "people:sheet", "people:staff_sheet", "places:births_sheet", "plans:sheet", "plans:past_sheet",
)  # fmt: skip
# Addresses that answer GET and are no page to look at, each with its reason.
NO_PAGE = {
    "file": "a file",
    "file_thumbnail": "a picture",
    "upload": "how much of a file has arrived, for the script",
    "mfa_download_recovery_codes": "a text file",
    "download_result": "a file; here it has gone, and the refusal is looked at below",
    **{f"{book}_template": "a workbook" for book in BOOKS},
    **{f"{book}_annotated": "a workbook" for book in BOOKS},
    **{f"{book}_preview": "of a workbook that was handed in, looked at below" for book in BOOKS},
    **{f"{book}_columns": "of a workbook that was handed in, looked at below" for book in BOOKS},
    "places:own": "leads a school to its own line",
    "notice": "marks the message as read and leads to its subject",
    "api_schema": "a document for programs",
    "api:unknown": "a problem in words, for programs",
    "phrases": "a list that opens under a field; alone it leads to the account",
    "set_language": "leads back to where one was",
    "feed_ics": "a calendar, for the programs that show it",
    "dispatch:document_docx": "a document",
    "dispatch:document_pdf": "a document",
    "dispatch:template_download": "a template",
    "dispatch:upward_form_file": "a form, empty",
    "dispatch:upward_report_file": "the same, filled in",
    "dispatch:meeting_ics": "a meeting, for the calendar of whoever is asked",
    "healthz": "a word for a monitor",
    "readyz": "facts for a monitor",
    "openid_connect_login": "leads to the identity provider; there is none",
    "openid_connect_callback": "comes from the identity provider; there is none",
    "socialaccount_signup": "leads to signing in",
    "socialaccount_login_error": "answers with a refusal, looked at below",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
FRAME = """() => ({
    width: document.documentElement.scrollWidth,
    headings: [...document.querySelectorAll('h1')].filter((one) => one.textContent.trim()).length,
    title: document.title,
})"""
LOOKS = {"desk": DESK, "phone": PHONE}
WIDTHS: dict[str, Any] = {name: look["viewport"] for name, look in LOOKS.items()}
PARTS = 4  # so that workers share the walk
PATIENCE = 15_000


@pytest.fixture
def here(live_server: Any) -> Side:
    planning.rules()
    return side("999911", "云岭", build.county(code="999913", name="临湖县"))


@contextmanager
def quiet(browser: Any, live_server: Any, look: str) -> Iterator[Any]:
    with silent_page(browser, live_server.url, LOOKS[look]) as page:
        page.set_default_timeout(PATIENCE)
        yield page


def become(page: Any, client: Client, live_server: Any) -> None:
    page.context.clear_cookies()
    page.context.add_cookies(cookies(client, live_server.url))


def violations(page: Any) -> list[str]:
    found = Axe().run(page, options=RULES | ONLY_VIOLATIONS).response["violations"]
    return [f"{one['id']} at {node['target']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def frame_faults(page: Any) -> list[str]:
    """Whether the page has one heading and a title, and is no wider than its window."""
    frame, window = page.evaluate(FRAME), page.viewport_size["width"]
    faults = [f"{frame['width']} wide in a window of {window}"] if frame["width"] > window else []
    faults += [f"{frame['headings']} headings"] if frame["headings"] != 1 else []
    return faults + ([f"the title is {frame['title']!r}"] if not frame["title"].split("·")[0].strip() else [])


def faults(page: Any) -> list[str]:
    return frame_faults(page) + violations(page)


def walk(page: Any, live_server: Any, clients: Any, opened: Any, look: Callable[[Any], list[str]]) -> list[str]:
    """What is wrong with which page: each is opened once, narrow, and looked at in both widths."""
    wrong = []
    for one in opened:
        become(page, clients[one.visitor], live_server)
        page.set_viewport_size(WIDTHS["phone"])
        answer = page.goto(one.url)
        for name in ("phone", "desk"):
            page.set_viewport_size(WIDTHS[name])
            found = look(page) if answer.status == 200 else [f"answered {answer.status}"]
            wrong += [f"{one.name} for {one.visitor} on a {name}: {fault}" for fault in found]
    return wrong


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_passes_and_fits_in_large_type_and_english(
    browser: Any, live_server: Any, here: Side, part: int
) -> None:
    clients, among = visitors(here), page_routes()[part::PARTS]
    opened, closed = pages(here, clients, among)
    assert closed == {one.name for one in among if one.name in NO_PAGE}
    with quiet(browser, live_server, "desk") as page:
        assert walk(page, live_server, clients, opened, faults) == []
        Account.objects.update(large_type=True, language="en")
        assert walk(page, live_server, clients, opened, frame_faults) == []


def test_what_is_no_page_is_an_address() -> None:
    assert set(NO_PAGE) <= {one.name for one in page_routes()}


# States that are no address. Each is brought about on an open page, by somebody who signed in as the office.


def drawer(page: Any, here: Side) -> None:
    page.goto(reverse("plans:tasks"))
    page.locator(
        f"a[data-drawer][href='{reverse('plans:task', args=[here.work_of(Role.OFFICE).waiting.pk])}']"
    ).click()
    page.locator("#drawer[open] #drawer-title").wait_for()


def account_menu(page: Any, here: Side) -> None:
    page.goto("/")
    page.locator("details.account > summary").click()


def side_menu(page: Any, here: Side) -> None:
    """On a phone it lies over the page, on a desk it is folded to a rail."""
    page.goto(reverse("people:people"))
    if page.viewport_size["width"] == PHONE["viewport"]["width"]:
        page.get_by_role("button", name="打开菜单").click()
        page.locator("#side.show:not(.showing)").wait_for()
    else:
        page.get_by_role("button", name="收起菜单").click()


def list_tools(page: Any, here: Side) -> None:
    """Filters unfolded and in force, a view menu open, rows chosen on this page and then all."""
    page.goto(reverse("people:people") + "?account=yes")
    if page.locator(".filters-toggle").is_visible():
        page.locator(".filters-toggle").click()
    page.get_by_label("全选本页").locator("visible=true").check()
    page.get_by_text("选择全部").click()
    page.locator(".table-tools summary").first.click()


def nothing_found(page: Any, here: Side) -> None:
    page.goto(reverse("plans:tasks") + "?q=没有这样的任务")
    page.get_by_text("没有符合条件的任务").wait_for()


def question(page: Any, here: Side) -> None:
    page.goto(reverse("plans:drafting", args=[here.rows["draft"].pk]))
    page.locator("[data-pick]").first.check()
    page.get_by_role("button", name="去掉").click()
    page.locator("#confirm[open]").wait_for()


def refused_form(page: Any, here: Side) -> None:
    page.goto(reverse("plans:task_add", args=[here.rows["draft"].pk]))
    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_role("button", name="保存", exact=True).click()
    page.locator(".errors:focus").wait_for()


def refused_invitation(page: Any, here: Side) -> None:
    page.goto(reverse("people:join", args=[f"token-{here.county.code}"]) + "?step=password")
    page.get_by_role("button", name="设置密码并登录").click()
    page.locator(".errors").wait_for()


def wrong_password(page: Any, here: Side) -> None:
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.get_by_label("登录名").fill("nobody")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator(".field-error").wait_for()


def lost_update(page: Any, here: Side) -> None:
    page.goto(reverse("orgs:organisation_change", args=[here.school.pk]))
    Organisation.objects.filter(pk=here.school.pk).update(name="他人改的名称", version=2)
    page.get_by_label("全称").fill("我改的名称")
    with page.expect_response(lambda answer: answer.status == 409):
        page.get_by_role("button", name="保存", exact=True).click()
    page.locator(".conflict:focus").wait_for()


def wait_for_draft(page: Any) -> None:
    """Asked again and again from here: the page's own policy forbids Playwright to evaluate while it waits."""
    for _again in range(100):
        if page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('draft.'))"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no draft was kept")


def upload_and_draft(page: Any, here: Side) -> None:
    """A file has arrived, and what was typed before the page was left is offered again."""
    page.goto(reverse("plans:task_report", args=[here.work_of(Role.OFFICE).under_way.pk]))
    page.get_by_label("进展情况").fill("写到一半。")
    attach(page, photo())
    wait_for_draft(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator(".draft").wait_for()


def hand_in(page: Any, here: Side, due: str) -> None:
    """A breakdown of tasks by Excel, as it is checked."""
    data = workbook(["编号", "任务", "完成期限"], ["甲", "办好师资培训班", due])
    page.goto(reverse("plans:sheet", args=[here.rows["draft"].pk]))
    page.get_by_label("Excel 文件").set_input_files({"name": "分解表.xlsx", "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="上传并检查").click()


def faulty_sheet(page: Any, here: Side) -> None:
    hand_in(page, here, "明年")
    page.get_by_text("“明年”不是日期").wait_for()


def columns_of_sheet(page: Any, here: Side) -> None:
    hand_in(page, here, "2026-12-01")
    page.get_by_role("link", name="列对应").click()
    page.get_by_label("牵头单位").wait_for()


def taken_sheet(page: Any, here: Side) -> None:
    checked_sheet(page, here)
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入").wait_for()


def checked_sheet(page: Any, here: Side) -> None:
    hand_in(page, here, "2026-12-01")
    page.get_by_text("办好师资培训班").wait_for()


def toasts(page: Any, here: Side) -> None:
    page.goto("/")
    for level in ("success", "error", "warning", "info"):
        page.evaluate(
            "detail => document.dispatchEvent(new CustomEvent('toast', {detail}))", {"text": level, "level": level}
        )


def feed_given_out(page: Any, _here: Side) -> None:
    page.goto(reverse("feed"))
    page.locator(".form-foot .btn-primary").click()
    page.wait_for_selector("#feed-url")


STATES: dict[Callable[[Any, Side], None], str] = {
    drawer: Role.OFFICE,
    account_menu: Role.OFFICE,
    side_menu: Role.OFFICE,
    list_tools: Role.OFFICE,
    nothing_found: Role.OFFICE,
    question: Role.OFFICE,
    refused_form: Role.OFFICE,
    lost_update: Role.OFFICE,
    upload_and_draft: Role.SCHOOL_LIAISON,
    faulty_sheet: Role.OFFICE,
    checked_sheet: Role.OFFICE,
    columns_of_sheet: Role.OFFICE,
    taken_sheet: Role.OFFICE,
    toasts: Role.OFFICE,
    refused_invitation: STRANGER,
    wrong_password: STRANGER,
    feed_given_out: Role.SCHOOL_LIAISON,
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_passes(browser: Any, live_server: Any, here: Side, look: str) -> None:
    clients, wrong = visitors(here), []
    with quiet(browser, live_server, look) as page:
        for state, visitor in STATES.items():
            become(page, clients[visitor], live_server)
            state(page, here)
            wrong += [f"{state.__name__}: {fault}" for fault in faults(page)]
    assert wrong == []


@pytest.mark.parametrize("look", LOOKS)
def test_workbench_of_every_role_passes(browser: Any, live_server: Any, here: Side, look: str) -> None:
    """Large type and somebody with two roles among them."""
    build.role_term(person=here.own[Role.OFFICE].term.person, role=Role.TEACHER, organisation=here.school)
    Account.objects.filter(pk__in=[here.actors[Role.TEACHER].account_id]).update(large_type=True)
    clients, wrong = visitors(here), []
    with quiet(browser, live_server, look) as page:
        for role in Role.values:
            become(page, clients[role], live_server)
            page.goto("/")
            for switch in page.locator(".top-role > summary").all():
                switch.click()
            wrong += [f"{role}: {fault}" for fault in faults(page)]
    assert wrong == []


@pytest.mark.parametrize("look", LOOKS)
def test_refusals_pass(browser: Any, live_server: Any, here: Side, look: str) -> None:
    """Chromium tells the console of every such answer, so that the console is not silent here."""
    gone = reverse("download_result", args=[here.own[Role.OFFICE].job.pk])
    clients, wrong = visitors(here), []
    page = browser.new_page(base_url=live_server.url, **LOOKS[look])
    for visitor, url, status in (
        (STRANGER, "/nowhere/", 404),
        (Role.OFFICE, "/nowhere/", 404),
        (Role.OFFICE, gone, 422),
        (STRANGER, reverse("socialaccount_login_error"), 401),
    ):
        become(page, clients[visitor], live_server)
        assert page.goto(url).status == status
        wrong += [f"{url} for {visitor}: {fault}" for fault in faults(page)]
    page.context.close()
    assert wrong == []
