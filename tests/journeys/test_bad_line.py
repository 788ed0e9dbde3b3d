"""Bad line and bad luck: the net goes, the session ends, a finger slips, somebody else was faster."""

import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import build, planning
from tests.conftest import DESK, PHONE, silent_page
from tests.journeys.acting import sign_in, with_password
from tests.kit.handing_in import ROOM, small_disk, store  # noqa: F401
from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.plans.models import Report, Task
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.files.limits import CHUNK
from xietong.kit.files.models import Attachment, Upload
from xietong.kit.notices.models import Notice

pytestmark = [pytest.mark.browser, pytest.mark.once]

PATIENCE = 15_000
CHUNKS = 5
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".ljust(CHUNKS * CHUNK - 100, b"%")
FILE = {"name": "实施方案.pdf", "mimeType": "application/pdf", "buffer": PDF}
WORDS = "已召开启动会，确定四所学校和二十名骨干教师。" * 40


@pytest.fixture
def cast(live_server: Any) -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    return planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")


@pytest.fixture
def liaison(cast: build.Cast) -> str:
    """The liaison's role asks for no second factor, so that signing in twice needs no second code."""
    account = Account.objects.get(pk=cast.liaison.account_id)
    account.username = "liaison"
    account.set_password(build.PASSWORD)
    account.save()
    return account.username


def enter(page: Any, username: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(reverse("account_login"))
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: reverse("account_login") not in url)


def leave(page: Any) -> None:
    page.goto(reverse("account_logout"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: reverse("account_login") in url)


def open_report(page: Any, task: Task) -> None:
    page.goto(reverse("plans:task_report", args=[task.pk]))


def drafts(page: Any) -> list[Any]:
    """The texts of every draft that the device holds."""
    found: list[Any] = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('draft.') && key !== 'draft.sent')"
        ".map(([, kept]) => JSON.parse(kept).values.text?.[0])"
    )
    return found


def wait_until(page: Any, come: Callable[[], bool]) -> None:
    """The site's policy forbids the scripts with which Playwright itself would wait."""
    until = time.monotonic() + PATIENCE / 1000
    while not come():
        assert time.monotonic() < until
        page.wait_for_timeout(50)


def file_report(page: Any) -> None:
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已提交，等待办公室审核。").wait_for()


def sent_offsets(page: Any) -> list[int]:
    """Where each chunk begins that the page sends, in order."""
    offsets: list[int] = []
    page.on(
        "request",
        lambda request: offsets.append(int(request.headers["upload-offset"])) if request.method == "PUT" else None,
    )
    return offsets


class Gate:
    """Holds the chunk that begins at an offset, once, until it is opened."""

    def __init__(self, page: Any, at: int) -> None:
        self.page, self.at, self.held = page, at, None
        page.route("**/uploads/*/", self.reassign)

    def reassign(self, route: Any) -> None:
        if self.held is None and route.request.headers.get("upload-offset") == str(self.at):
            self.held = route
        else:
            route.continue_()

    def open(self) -> None:
        self.held.continue_()


def test_an_upload_goes_on_after_the_net_was_away_without_sending_again_what_arrived(
    browser: Any, live_server: Any, task: Task, liaison: str
) -> None:
    with silent_page(browser, live_server.url, PHONE, also=("ERR_INTERNET_DISCONNECTED",)) as page:
        enter(page, liaison)
        open_report(page, task)
        offsets, gate = sent_offsets(page), Gate(page, 2 * CHUNK)
        state = page.locator(".upload-item .upload-state")
        page.get_by_label("附件").set_input_files(FILE)
        expect(state).to_have_text("40%", timeout=PATIENCE)
        page.context.set_offline(True)
        gate.open()
        expect(state).to_have_text("网络不稳定，正在自动重试…", timeout=PATIENCE)
        assert Upload.objects.get().received == 2 * CHUNK

        page.context.set_offline(False)
        page.locator(".upload-item[data-state=done]").wait_for()
        page.get_by_label("进展情况").fill("材料见附件。")
        file_report(page)

    attached = Attachment.objects.get()
    assert (attached.name, attached.size, attached.blob.sha256) == (FILE["name"], len(PDF), sha256(PDF).hexdigest())
    arrived = [at for at in offsets if at != 2 * CHUNK]
    assert arrived == [0, CHUNK, 3 * CHUNK, 4 * CHUNK]


def test_a_full_disk_stops_an_upload_with_the_servers_sentence_until_somebody_tries_again(
    browser: Any,
    live_server: Any,
    small_disk: Any,  # noqa: F811
    task: Task,
    liaison: str,
) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(bytes(ROOM - CHUNK - CHUNK // 2))
    with silent_page(browser, live_server.url, PHONE, also=("status of 507",)) as page:
        enter(page, liaison)
        open_report(page, task)
        offsets = sent_offsets(page)
        page.get_by_label("附件").set_input_files(FILE | {"buffer": PDF[: CHUNK + 1000]})
        state = page.locator(".upload-item .upload-state")
        message = "服务器存储空间已满，文件没有保存。请联系系统管理员，稍后重试即可继续。"
        expect(state).to_have_text(message, timeout=PATIENCE)
        assert (Upload.objects.get().state, Attachment.objects.count()) == (Upload.State.OPEN, 0)

        filler.unlink()
        page.get_by_role("button", name="重试").click()
        page.locator(".upload-item[data-state=done]").wait_for()
        assert page.get_by_role("button", name="重试").count() == 0
        assert Upload.objects.get().blob.size == CHUNK + 1000
        assert offsets[0] == 0
        assert offsets.count(0) == 1


def test_a_draft_survives_signing_out_and_is_gone_once_it_was_filed(
    browser: Any, live_server: Any, task: Task, liaison: str
) -> None:
    with silent_page(browser, live_server.url, PHONE) as page:
        enter(page, liaison)
        open_report(page, task)
        page.get_by_label("进展情况").fill(WORDS)
        wait_until(page, lambda: drafts(page) == [WORDS])
        leave(page)
        assert drafts(page) == [WORDS]

        enter(page, liaison)
        open_report(page, task)
        page.get_by_text("已恢复").first.wait_for()
        assert page.get_by_label("进展情况").input_value() == WORDS
        file_report(page)
        assert drafts(page) == []

    assert Report.objects.get().text == WORDS


def test_a_double_click_and_a_replay_file_once(browser: Any, live_server: Any, task: Task, liaison: str) -> None:
    with silent_page(browser, live_server.url, DESK) as page:
        enter(page, liaison)
        open_report(page, task)
        page.get_by_label("进展情况").fill("已召开启动会。")
        posts: list[Any] = []
        page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
        page.get_by_role("button", name="提交", exact=True).dblclick()
        page.get_by_text("已提交，等待办公室审核。").wait_for()

        headers = {"Content-Type": posts[0].headers["content-type"], "Referer": page.url}
        replayed = page.request.post(posts[0].url, data=posts[0].post_data_buffer, headers=headers)
        assert (replayed.status, replayed.url) == (200, live_server.url + reverse("plans:task", args=[task.pk]))

    assert Report.objects.count() == 1
    assert Entry.objects.filter(action="plans.report_progress").count() == 1
    assert Notice.objects.filter(kind="plans.report").count() == 1


def test_of_two_editors_the_second_chooses_field_by_field_and_nothing_is_lost(
    browser: Any, live_server: Any, cast: build.Cast
) -> None:
    colleague = build.player("刘敏", Role.OFFICE, Organisation.objects.get(pk=cast.office.org_id))
    secrets = {name: with_password(one, name) for name, one in (("first", cast.office), ("second", colleague))}
    with (
        silent_page(browser, live_server.url, DESK) as first,
        silent_page(browser, live_server.url, DESK) as second,
    ):
        for name, page in (("first", first), ("second", second)):
            page.set_default_timeout(PATIENCE)
            sign_in(page, name, secrets[name])
            page.goto(reverse("orgs:organisation_change", args=[cast.school.pk]))
        first.get_by_label("全称").fill("云岭县实验小学")
        first.get_by_role("button", name="保存").click()
        first.get_by_text("云岭县实验小学").first.wait_for()

        second.get_by_label("简称").fill("实验一小")
        second.get_by_role("button", name="保存").click()
        second.get_by_text("您填写期间，内容已被他人修改").wait_for()
        shown = [row.split("\t") for row in second.locator(".conflict-table tbody tr").all_inner_texts()]
        assert [[cell.replace("\n", " ").strip() for cell in row] for row in shown] == [
            ["全称", "云岭县第一小学 保留我的", "云岭县实验小学 采用最新"],
            ["简称", "实验一小 保留我的", "一小 采用最新"],
        ]
        assert Organisation.objects.get(pk=cast.school.pk).short_name == "一小"

        second.locator("input[name=keep-name][value=theirs]").check()
        second.get_by_role("button", name="按所选保存").click()
        second.get_by_text("实验一小").first.wait_for()

    row = Organisation.objects.get(pk=cast.school.pk)
    assert (row.name, row.short_name, row.version) == ("云岭县实验小学", "实验一小", 3)
    changes = Entry.objects.filter(action="orgs.change_organisation").order_by("pk")
    assert [(one.actor_name, one.changes) for one in changes] == [
        ("陈启明", {"name": ["云岭县第一小学", "云岭县实验小学"]}),
        ("刘敏", {"short_name": ["一小", "实验一小"]}),
    ]
