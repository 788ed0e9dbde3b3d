"""The product without a mouse: the first plan once more, and whatever opens and closes."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests import build, planning
from tests.conftest import DESK, silent_page
from tests.journeys.acting import code, photo, with_password
from xietong.areas.plans.models import Report, Task
from xietong.kit.files.models import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_STEPS = 150
PATIENCE = 15_000
TITLE = "制定教研制度"
# Where the focus is, whether one can see it, and whether something lies over it. The picture of a file field is the
# box around it; main and an error summary take the focus without being a control.
STOP = """async () => {
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    const here = document.activeElement, shown = here.closest('.upload-drop') ?? here;
    const style = getComputedStyle(shown);
    const box = shown.getBoundingClientRect();
    const tops = [.1, .5, .9].flatMap((x) => [.1, .5, .9].map((y) =>
        document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
    return {
        name: `${here.localName} ${(here.getAttribute('aria-label') ?? here.textContent ?? '').trim().slice(0, 30)}`,
        nowhere: here === document.body || here === document.documentElement,
        marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
        uncovered: tops.some((top) => top && (shown.contains(top) || top.contains(here))),
    };
}"""


def step(page: Any, key: str = "Tab") -> str:
    """One step with the keyboard, to a place that can be seen."""
    page.keyboard.press(key)
    stop = page.evaluate(STOP)
    assert stop["nowhere"] or stop["marked"], f"the focus cannot be seen on {stop['name']}"
    assert stop["nowhere"] or stop["uncovered"], f"something covers {stop['name']}"
    return str(stop["name"])


def has_focus(wanted: Any) -> bool:
    return bool(wanted.evaluate_all("(all) => all.includes(document.activeElement)"))


def reach(page: Any, wanted: Any, *, key: str = "Tab") -> None:
    """Steps on until the control has the focus."""
    passed = []
    while not has_focus(wanted):
        assert len(passed) < MOST_STEPS, f"{key} never comes to {wanted}, only to {passed}"
        passed.append(step(page, key))


def follow(page: Any, wanted: Any) -> None:
    """Goes to the control, and by it to another page."""
    reach(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enter(page: Any, role: str, name: str) -> None:
    follow(page, page.get_by_role(role, name=name, exact=True))


def write(page: Any, name: str, text: str) -> None:
    reach(page, page.get_by_role("textbox", name=name, exact=True))
    page.keyboard.type(text)


def choose(page: Any, name: str, label: str) -> None:
    box = page.get_by_role("combobox", name=name, exact=True)
    reach(page, box)
    for _ in range(MOST_STEPS):
        if box.locator("option:checked").inner_text() == label:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrows never come to {label} in {name}")


def read(page: Any, text: str) -> None:
    page.get_by_text(text).first.wait_for()


@pytest.fixture
def cast(live_server: Any) -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def office(browser: Any, live_server: Any, cast: build.Cast) -> Iterator[Any]:
    yield from somebody(browser, live_server, cast, "office")


@pytest.fixture
def liaison(browser: Any, live_server: Any, cast: build.Cast) -> Iterator[Any]:
    yield from somebody(browser, live_server, cast, "liaison")


@pytest.fixture
def teacher(browser: Any, live_server: Any, cast: build.Cast) -> Iterator[Any]:
    yield from somebody(browser, live_server, cast, "teacher")


def somebody(browser: Any, live_server: Any, cast: build.Cast, name: str) -> Iterator[Any]:
    secret = with_password(cast.everybody[name], name)
    with silent_page(browser, live_server.url, DESK) as page:
        page.set_default_timeout(PATIENCE)
        # The window in which files are chosen belongs to the system; whoever opens it gets this one.
        page.on("filechooser", lambda chooser: chooser.set_files(photo()))
        sign_in(page, name, secret)
        yield page


def sign_in(page: Any, username: str, secret: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("登录名").and_(page.locator(":focus")).wait_for()
    page.keyboard.type(username)
    reach(page, page.get_by_label("密码", exact=True))
    page.keyboard.type(build.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    reach(page, page.locator("input[name=code]"))
    page.keyboard.type(code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == reverse("mfa_trust"))
    enter(page, "button", "确定")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def prepared(cast: build.Cast) -> Task:
    return planning.task(
        plan=planning.approved(county=cast.county), state="draft", title=TITLE, lead_unit=cast.school
    )


def issue(page: Any) -> None:
    """Through the side menu: the group is unfolded first."""
    group = page.locator(".side-nav summary", has_text="行动方案")
    reach(page, group)
    page.keyboard.press("Enter")
    enter(page, "link", "方案")
    follow(page, page.locator("a.plan-card"))
    enter(page, "link", "继续编制")
    enter(page, "link", "下达")
    enter(page, "button", "下达")
    read(page, "方案已下达")


def receive(page: Any) -> None:
    page.reload()
    follow(page, page.locator("a.todo"))
    enter(page, "link", "接收")
    choose(page, "负责人", "李兰")
    enter(page, "button", "接收")
    read(page, "任务已接收。")


def report(page: Any, text: str, *, done: bool = False) -> None:
    """First with nothing in it: the focus goes to what is wrong, and from there to the field."""
    enter(page, "link", "填报进展")
    enter(page, "button", "提交")
    page.locator(".errors:focus").wait_for()
    reach(page, page.locator(".errors").get_by_role("link", name="进展情况"))
    page.keyboard.press("Enter")
    assert has_focus(page.get_by_role("textbox", name="进展情况"))
    page.keyboard.type(text)
    if done:
        reach(page, page.get_by_label("任务已全部完成，申请办结"))
        page.keyboard.press("Space")
    reach(page, page.get_by_label("附件"))
    page.keyboard.press("Enter")
    page.locator(".upload-item[data-state=done]").wait_for()
    enter(page, "button", "提交")
    read(page, "已提交，等待办公室审核。")


def open_drawer(page: Any) -> Any:
    page.goto(reverse("plans:tasks"))
    reach(page, page.get_by_role("link", name=TITLE, exact=True))
    page.keyboard.press("Enter")
    page.locator("#drawer-title:focus").wait_for()
    return page.locator("#drawer")


def send_back(page: Any, opinion: str) -> None:
    """First without an opinion: refused, with the focus on the reason; then with one."""
    open_drawer(page)
    enter(page, "button", "退回")
    page.locator(".errors:focus").wait_for()
    assert list(Report.objects.values_list("state", "opinion")) == [("submitted", "")]
    write(page, "意见", opinion)
    enter(page, "button", "退回")
    read(page, "已退回，填报人会收到提醒。")


def test_a_plan_is_done_without_a_mouse(cast: build.Cast, office: Any, liaison: Any, teacher: Any) -> None:
    prepared(cast)

    issue(office)
    receive(liaison)
    teacher.reload()
    follow(teacher, teacher.locator("a.todo"))
    report(teacher, "已召开启动会，选定四所学校。")
    send_back(office, "请补充名单。")
    teacher.goto(reverse("notices"))
    follow(teacher, teacher.get_by_role("link", name="填报被退回，请补充"))
    read(teacher, "请补充名单。")
    report(teacher, "名单已补齐，全部完成。", done=True)
    open_drawer(office)
    enter(office, "button", "通过")
    read(office, "已通过。")

    assert list(Report.objects.order_by("number").values_list("state", "opinion", "claims_completion")) == [
        ("sent_back", "请补充名单。", False),
        ("accepted", "", True),
    ]
    assert Task.objects.values_list("state", flat=True).get() == "verified"
    assert Attachment.objects.count() == 2


def test_skip_link_leads_past_the_menu(office: Any) -> None:
    office.goto(reverse("people:people"))
    assert step(office) == "a 跳到主要内容"
    assert office.locator(".skip").bounding_box()["x"] >= 0
    office.keyboard.press("Enter")
    assert has_focus(office.locator("main"))
    step(office)
    assert has_focus(office.locator("main *"))


def test_drawer_keeps_the_focus_and_gives_it_back(cast: build.Cast, office: Any) -> None:
    planning.task(plan=planning.plan(county=cast.county), title=TITLE, lead_unit=cast.school)
    drawer = open_drawer(office)
    for _ in range(12):
        step(office)
        assert has_focus(drawer.locator("*")) or has_focus(office.locator("body"))
    office.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    assert has_focus(office.get_by_role("link", name=TITLE, exact=True))


def test_menus_open_and_close(office: Any) -> None:
    office.goto(reverse("people:people"))
    for place in ("details.account", "details.chooser", ".table-tools-side details:not(.chooser)"):
        menu = office.locator(place)
        reach(office, menu.locator("summary"))
        office.keyboard.press("Enter")
        assert menu.get_attribute("open") is not None
        step(office)
        assert has_focus(menu.locator(".pop-panel *"))
        office.keyboard.press("Escape")
        assert menu.get_attribute("open") is None
        assert has_focus(menu.locator("summary"))
        office.keyboard.press("Space")
        assert menu.get_attribute("open") is not None
        # Whoever goes on leaves it closed behind him.
        office.keyboard.press("Shift+Tab")
        assert menu.get_attribute("open") is None


def test_side_menu_folds_and_unfolds(office: Any) -> None:
    fold, root = office.locator("[data-fold-menu]"), office.locator("html.rail")
    reach(office, fold)
    office.keyboard.press("Enter")
    assert (root.count(), fold.get_attribute("aria-expanded"), has_focus(fold)) == (1, "false", True)
    office.keyboard.press("Enter")
    assert (root.count(), fold.get_attribute("aria-expanded"), has_focus(fold)) == (0, "true", True)


def test_list_keeps_the_focus_while_it_is_sorted_and_filtered(office: Any) -> None:
    office.goto(reverse("people:people"))
    for name in ("姓名", "工号"):
        sort = office.get_by_role("columnheader", name=name).get_by_role("link")
        reach(office, sort)
        with office.expect_response(lambda answer: "sort=" in answer.url):
            office.keyboard.press("Enter")
        office.locator("th[aria-sort=ascending]", has_text=name).wait_for()
        assert has_focus(office.get_by_role("columnheader", name=name).get_by_role("link"))
    choose(office, "账号", "已开通")
    office.locator(".chip", has_text="已开通").wait_for()
    assert has_focus(office.get_by_role("combobox", name="账号", exact=True))


def test_rows_are_chosen_and_a_question_is_left(office: Any) -> None:
    office.goto(reverse("people:people"))
    page_pick = office.locator("th [data-pick-page]")
    reach(office, page_pick)
    office.keyboard.press("Space")
    rows = office.locator("[data-pick]").count()
    assert office.locator("[data-pick]:checked").count() == rows > 1
    invite = office.get_by_role("button", name="邀请开通账号")
    reach(office, invite, key="Shift+Tab")
    office.keyboard.press("Enter")
    office.locator("#confirm[open]").wait_for()
    assert has_focus(office.get_by_role("button", name="取消", exact=True))
    office.keyboard.press("Escape")
    office.locator("#confirm").wait_for(state="hidden")
    assert has_focus(invite)
    reach(office, office.get_by_role("button", name="取消选择"), key="Shift+Tab")
    office.keyboard.press("Enter")
    assert (office.locator("[data-pick]:checked").count(), has_focus(page_pick)) == (0, True)
