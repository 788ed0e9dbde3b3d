"""Takes the pictures of the documentation from the demonstration: `make screenshots` (needs Chromium).

A fresh demonstration is started in a folder of its own and thrown away afterwards; var/ is not touched.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import xlsxwriter
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Days as in the language of the page, although Debian's Chromium speaks English.
    "--enable-blink-features=LangAttributeAwareFormControlUI",
]  # fmt: skip
LOOK: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
DESK = LOOK | {"viewport": {"width": 1440, "height": 900}}
SHORT = LOOK | {"viewport": {"width": 1440, "height": 690}}
TALL = LOOK | {"viewport": {"width": 1440, "height": 1270}}
PHONE = LOOK | {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SHORT_PHONE = PHONE | {"viewport": {"width": 390, "height": 716}}
LONGEST_START = 180

Steps = Callable[[Page], None]


def stay(_page: Page) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, who looks (nobody: not signed in), at what, and what is done first."""

    name: str
    who: str
    path: str
    look: dict[str, Any]
    steps: Steps = stay


def open_roles(page: Page) -> None:
    page.locator("details.top-role summary").click()


def open_plan(page: Page) -> None:
    page.locator("a.plan-card").first.click()


def open_comparison(page: Page) -> None:
    page.locator("a.plan-card", has_text="修订稿").click()
    page.goto(page.url.rstrip("/").removesuffix("/text") + "/compare/")


def open_reading(page: Page) -> None:
    """Imports the plan that the product ships, as an office does that begins."""
    page.locator("input[type=file]").set_input_files(ROOT / "src/xietong/areas/plans/data/anyi.txt")
    page.locator("form.form-panel button[type=submit]").click()
    page.wait_for_url("**/text/")


def open_import(page: Page) -> None:
    """Hands a roster in: three people who are new, one with a number that Excel has spoilt."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "教职工名册.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(ROSTER):
                sheet.write_row(number, 0, row)
        page.locator("input[type=file]").set_input_files(path)
        page.locator("form.form-panel button[type=submit]").click()
        page.locator("#result").wait_for()


ROSTER = (
    ("教师姓名", "身份证件号码", "教职工号", "所在学校", "岗位", "主要任教学科", "备注"),
    ("演示甲", None, "Y0001", "云岭三小", "教师", "语文", None),
    ("演示乙", None, "Y0002", "云岭中学", "教师", "数学", None),
    ("演示丙", None, "Y0003", "云岭三小", "教研组长", "科学", None),
    ("演示丁", 999901209901012000, "Y0004", "云岭三小", "教师", "音乐", None),
    ("合计", None, None, None, None, None, "4人"),
)


def open_drawer(page: Page) -> None:
    page.locator("td.main a").first.click()
    verdict = page.locator("#drawer-body form.verdict").first
    verdict.wait_for()
    verdict.evaluate("form => form.scrollIntoView({ block: 'center' })")


def open_row(page: Page) -> None:
    page.goto(first_address(page))


def open_back_test(page: Page) -> None:
    open_row(page)
    page.locator("a[href$='/tested/']").first.click()


def open_report(page: Page) -> None:
    page.goto(first_address(page))
    page.locator("a[href$='/report/']").first.click()
    page.locator("textarea[name=text]").fill("已检查食宿和安全设施，2 处问题已通知后勤整改。")
    page.mouse.wheel(0, -5000)


def open_more(page: Page) -> None:
    open_row(page)
    page.locator(".page-actions details.pop > summary").click()


def open_unit(page: Page) -> None:
    page.locator("td a[href^='/units/']").first.click()
    page.wait_for_url("**/units/**")


def open_gantt(page: Page) -> None:
    """Of what is at work: every light, with milestones."""
    page.locator("a.plan-card", has_text="协同提质行动方案").first.click()
    page.locator("a[href$='/gantt/']").click()
    page.locator("#gantt-state").select_option("under_way")
    page.locator("form.filters button[type=submit]").click()
    page.wait_for_url("**state=under_way**")


def open_package(page: Page) -> None:
    page.locator("a.plan-card", has_text="协同提质行动方案").first.click()
    page.locator("a[href$='/package/']").click()
    with page.expect_response("**/package/"):
        page.get_by_label("三(二) 建设一支高素质教师队伍").check()


def draw_checks(page: Page) -> None:
    page.locator("input[type=date]").first.fill("2026-04-01")
    page.locator("form.form-panel button[type=submit]").click()
    page.wait_for_url("**/checks/**")


def open_parts(page: Page) -> None:
    page.goto(first_address(page))
    page.locator("a[href$='/report/']").first.click()
    page.locator("textarea[name=text]").fill("第二批考核已结束，20 人合格，成绩单随附。")
    page.locator("input[name=quantity]").fill("55")


def open_contribution(page: Page) -> None:
    page.goto(first_address(page))
    page.locator("a[href$='/contribute/']").click()
    page.locator("textarea[name=text]").fill("已完成 4 名实习生的鉴定，鉴定表由指导教师签字。")
    page.mouse.wheel(0, -5000)


def open_filing(page: Page) -> None:
    """Of a unit that has said something in that month."""
    open_row(page)
    page.goto(f"{page.url}entries/?what=said")
    open_row(page)


def open_writing(page: Page) -> None:
    page.goto(f"{first_address(page)}write/")


def sign(page: Page) -> None:
    """Hangs the printed form of the last report back on it, as if it were the photographed one."""
    page.goto(first_address(page))
    task = page.url
    page.locator("article.report a[href$='/print/']").first.click()
    sheet = page.locator(".paper").screenshot()
    page.goto(task)
    page.locator("article.report a[href$='/signed/']").first.click()
    page.locator("input[type=file]").set_input_files({"name": "签字页.png", "mimeType": "image/png", "buffer": sheet})
    page.locator(".upload-item[data-state=done]").wait_for()
    page.locator("form.form-panel button[type=submit]").click()
    page.wait_for_url("**/tasks/**")
    page.locator("article[id^='report-']").first.evaluate(
        "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 112)"
    )


def open_document(page: Page) -> None:
    """The bulletin that went out last."""
    page.goto(f"{page.url}?kind=bulletin")
    open_row(page)


def open_circular(page: Page) -> None:
    """Still a draft, with the units that were asked."""
    page.goto(f"{page.url}?kind=circular")
    open_row(page)


def open_words(page: Page) -> None:
    open_circular(page)
    page.goto(f"{page.url}change/")


def open_mapping(page: Page) -> None:
    open_row(page)
    page.goto(f"{page.url}map/")


def lay_papers(page: Page) -> None:
    """The first page of each kind of document, side by side, as LibreOffice prints it."""
    list_url, sheets = page.url, []
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("bulletin", "minutes", "circular"):
            page.goto(f"{list_url}?kind={kind}")
            answer = page.request.get(f"{first_address(page)}docx/")
            path = Path(folder) / f"{kind}.docx"
            path.write_bytes(answer.body())
            convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
            subprocess.run(convert, check=True, capture_output=True)
            shoot = ["pdftoppm", "-png", "-r", "75", "-singlefile", str(path.with_suffix(".pdf")), f"{folder}/{kind}"]
            subprocess.run(shoot, check=True)
            sheets.append(b64encode(path.with_suffix(".png").read_bytes()).decode())
    page.goto("about:blank")
    shown = "".join(
        f'<img src="data:image/png;base64,{one}" style="width:31%;border:1px solid #ccc">' for one in sheets
    )
    page.set_content(f'<div style="display:flex;gap:2%;padding:16px;background:#f2f4f8">{shown}</div>')


def open_red_indicator(page: Page) -> None:
    page.locator(".score tr", has=page.locator(".light-red")).last.locator("a").first.click()
    page.wait_for_load_state("networkidle")


def open_failing_school(page: Page) -> None:
    page.locator(".matrix tr", has=page.locator(".state-red")).first.locator("a").first.click()
    page.wait_for_load_state("networkidle")


def find_cheapest(page: Page) -> None:
    """Begins a what-if and has the cheapest additions looked for."""
    page.get_by_label("名称").fill("2026年补充方案")
    page.get_by_role("button", name="新建假设").click()
    page.get_by_role("link", name="找最省的补充方案").click()
    page.get_by_role("button", name="开始测算").click()
    page.get_by_role("heading", name="测算结果").wait_for(timeout=60_000)
    page.reload()
    page.wait_for_load_state("networkidle")


def open_record(page: Page) -> None:
    page.get_by_role("link", name="云岭三小").or_(page.get_by_role("link", name="三小")).first.click()
    page.wait_for_load_state("networkidle")


def first_address(page: Page) -> str:
    """Of the first row; followed as a link, so that no drawer opens."""
    return str(page.locator("td.main a").first.get_attribute("href"))


PICTURES = (
    Picture("workbench", "office", "/", DESK),
    Picture("guide-signin", "", "/account/login/", DESK),
    Picture("guide-roles", "lead_school", "/", DESK, open_roles),
    Picture("guide-plan", "office", "/plans/", DESK, open_plan),
    Picture("guide-tasks", "office", "/plans/tasks/", DESK),
    Picture("guide-review", "office", "/plans/reviews/", DESK, open_drawer),
    Picture("guide-task", "office", "/plans/tasks/?q=心理健康教师持证培训", DESK, open_more),
    Picture("guide-gantt", "office", "/plans/", DESK, open_gantt),
    Picture("guide-calendar", "office", "/plans/calendar/", DESK),
    Picture("guide-calendar-phone", "central_liaison", "/plans/calendar/?month=2026-06", PHONE),
    Picture("guide-unit", "office", "/plans/tasks/?q=心理健康教师持证培训", DESK, open_unit),
    Picture("guide-briefing", "group_head", "/plans/briefing/", TALL),
    Picture("guide-briefing-phone", "group_head", "/plans/briefing/?form=phone", SHORT_PHONE),
    Picture("guide-press", "office", "/plans/tasks/press/", SHORT),
    Picture("guide-follow-up", "office", "/plans/follow-ups/", DESK, open_row),
    Picture("guide-change", "office", "/plans/changes/", SHORT, open_row),
    Picture("guide-approval", "section_head", "/approvals/?q=心理健康", DESK, open_row),
    Picture("guide-package", "office", "/plans/", TALL, open_package),
    Picture("guide-parts", "development_centre", "/plans/tasks/?q=心理健康教师持证培训", DESK, open_parts),
    Picture("guide-contribute-phone", "school_liaison", "/plans/tasks/?q=师范生实习鉴定", PHONE, open_contribution),
    Picture("guide-indicators", "office", "/indicators/", TALL),
    Picture("guide-indicator", "office", "/indicators/", TALL, open_red_indicator),
    Picture("guide-balance", "office", "/indicators/balance/", TALL),
    Picture("guide-balance-school", "office", "/indicators/balance/schools/", SHORT, open_failing_school),
    Picture("guide-preschool", "office", "/indicators/preschool/", TALL),
    Picture("guide-what-if", "office", "/indicators/what-if/", TALL, find_cheapest),
    Picture("guide-register", "office", "/orgs/register/", DESK, open_row),
    Picture("guide-record-phone", "school_head", "/orgs/register/", PHONE, open_row),
    Picture("guide-supply", "office", "/people/subjects/", TALL),
    Picture("guide-places", "office", "/places/", TALL),
    Picture("guide-forecast", "office", "/places/scenarios/", TALL, open_row),
    Picture("guide-back-test", "office", "/places/scenarios/", DESK, open_back_test),
    Picture("guide-mechanisms", "office", "/mechanisms/", DESK),
    Picture("guide-meeting", "office", "/dispatch/meetings/", DESK, open_row),
    Picture("guide-decisions", "office", "/dispatch/decisions/", DESK),
    Picture("guide-document", "office", "/dispatch/documents/", TALL, open_document),
    Picture("guide-document-change", "office", "/dispatch/documents/", DESK, open_words),
    Picture("guide-upward", "office", "/dispatch/upward/", DESK, open_row),
    Picture("guide-upward-map", "office", "/dispatch/upward/forms/", DESK, open_mapping),
    Picture("guide-names", "office", "/dispatch/documents/", DESK, open_circular),
    # LibreOffice and poppler-utils make it; it is left as it is where they are missing.
    Picture("guide-papers", "office", "/dispatch/documents/", SHORT, lay_papers),
    Picture("guide-cycle", "office", "/dispatch/cycles/", DESK, open_row),
    Picture("guide-grid", "office", "/dispatch/cycles/grid/", DESK),
    Picture("guide-filing", "office", "/dispatch/cycles/?q=2026年4月", DESK, open_filing),
    Picture("guide-filing-phone", "central_liaison", "/dispatch/filings/", PHONE, open_writing),
    Picture("guide-organisations", "office", "/orgs/", DESK),
    Picture("guide-people", "office", "/people/", DESK),
    Picture("guide-person", "office", "/people/?q=曾小雨", DESK, open_row),
    Picture("guide-import", "office", "/people/sheet/", DESK, open_import),
    Picture("guide-compare", "office", "/plans/?q=修订稿", DESK, open_comparison),
    Picture("guide-school-phone", "school_liaison", "/", PHONE),
    Picture("guide-report-phone", "school_liaison", "/plans/tasks/mine/?state=under_way", PHONE, open_report),
    Picture("guide-teacher-phone", "teacher", "/", PHONE),
    Picture("guide-rule", "office", "/rules/1/", DESK),
    Picture("guide-channels", "office", "/channels/", DESK),
    Picture("guide-feedback-phone", "teacher", "/feedback/", PHONE),
    Picture("guide-system", "system_admin", "/system/", DESK),
    Picture("guide-security", "security_admin", "/security/", DESK),
    Picture("guide-audit", "audit_admin", "/audit/", DESK),
    Picture("guide-findings", "anyi.office", "/plans/1/findings/", DESK),
    Picture("guide-drafting", "anyi.office", "/plans/1/draft/", DESK),
    Picture("guide-coverage", "anyi.office", "/plans/1/coverage/", DESK),
    # Last, because they leave something behind.
    Picture("guide-checks", "office", "/plans/checks/draw/", SHORT, draw_checks),
    Picture("guide-signed", "development_centre", "/plans/tasks/?q=心理健康教师持证培训", SHORT, sign),
    Picture("guide-reading", "anyi.office", "/plans/import/", DESK, open_reading),
)


def main(names: list[str]) -> int:
    if not CHROMIUM.exists():
        print(f"{CHROMIUM} is missing: sudo apt install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    if not all(map(shutil.which, ("soffice", "pdftoppm"))):
        wanted = [picture for picture in wanted if picture.steps is not lay_papers]
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        for picture in wanted:
            take(browser, address, picture)
        browser.close()
    return 0


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that lives as long as the block."""
    address = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory(prefix="xietong-pictures-") as home:
        command = [sys.executable, "-m", "xietong.web.cli", "run", "--demonstration"]
        environment = os.environ | {"XIETONG_HOME": home, "XIETONG_LOG": "ERROR", "PYTHONPATH": str(ROOT / "src")}
        for name in ("DATABASE_URL", "XIETONG_KEYRING", "XIETONG_HTTPS"):
            environment.pop(name, None)
        server = subprocess.Popen([*command, "--port", address.rpartition(":")[2]], env=environment, cwd=home)
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST_START:
        if server.poll() is not None:
            raise SystemExit("the demonstration did not start")
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the demonstration does not answer")


def take(browser: Browser, address: str, picture: Picture) -> None:
    context = browser.new_context(base_url=address, **picture.look)
    page = context.new_page()
    if picture.who:
        page.goto("/demo/")
        page.locator(f"button[name=username][value='demo.{picture.who}']").click()
        page.wait_for_url(f"{address}/")
    answer = page.goto(picture.path)
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.name}: {picture.path} does not answer as it should")
    picture.steps(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()
    print(f"{picture.name}.png", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
