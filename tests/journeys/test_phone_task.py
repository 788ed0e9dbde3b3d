"""One task on phones: taken from the workbench, filed with photographs, verified, claimed, its signed sheet kept."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from playwright.sync_api import expect

from tests import build, planning
from tests.conftest import PHONE, silent_page
from tests.journeys.acting import sign_in, with_password
from xietong.areas.plans.models import Report, Task
from xietong.kit.files.models import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.once]

PATIENCE = 20_000
TITLE = "为四所学校各配一间教师研修室并组织首次研修"
FINGER = 44
PLACE = (28.846, 115.549)
PHOTOGRAPHS = ("启动会.jpg", "研修室.jpg", "签到表.jpg")


@pytest.fixture
def cast(live_server: Any, settings: Any, tmp_path: Path) -> build.Cast:
    settings.FILES_ROOT = tmp_path / "files"
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    return planning.task(plan=planning.plan(county=cast.county), title=TITLE, lead_unit=cast.school)


@pytest.fixture(scope="module")
def photographs() -> list[dict[str, Any]]:
    return [{"name": name, "mimeType": "image/jpeg", "buffer": photograph(n)} for n, name in enumerate(PHOTOGRAPHS)]


def photograph(seed: int) -> bytes:
    """What a phone's camera writes: some megabytes, many pixels, the place where it was taken."""
    grain = Image.effect_noise((2400 + seed, 1800), 60)
    stream = BytesIO()
    Image.merge("RGB", (grain, grain.rotate(180), grain)).save(stream, "JPEG", quality=88, exif=with_place())
    return stream.getvalue()


def with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make] = "Xietong"
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (PLACE[0], 0.0, 0.0)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", (PLACE[1], 0.0, 0.0)
    return exif


def place_of(data: bytes) -> dict[int, Any]:
    with Image.open(BytesIO(data)) as picture:
        return dict(picture.getexif().get_ifd(IFD.GPSInfo))


def fits(page: Any) -> None:
    """Nothing hangs over the edge of the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"], page.url


def tap(page: Any, wanted: Any) -> None:
    """Taps what a finger can hit, on a page that fits."""
    fits(page)
    wanted.scroll_into_view_if_needed()
    box = wanted.bounding_box()
    assert min(box["width"], box["height"]) >= FINGER, (wanted, box)
    wanted.tap()


def press(page: Any, button: str, said: str) -> None:
    tap(page, page.get_by_role("button", name=button, exact=True))
    page.get_by_text(said).first.wait_for()
    fits(page)


def follow(page: Any, link: str) -> None:
    tap(page, page.get_by_role("link", name=link, exact=True))


def take(page: Any, label: str) -> None:
    """Opens the to-do of that kind on the workbench."""
    page.goto("/")
    tag = page.locator(".todo-tag").get_by_text(label, exact=True)
    tap(page, page.locator(".todo").filter(has=tag))
    page.get_by_role("heading", level=1, name=TITLE).wait_for()


def upload(page: Any, label: str, files: list[dict[str, Any]]) -> None:
    page.get_by_label(label).set_input_files(files)
    page.locator(".upload-item[data-state=done]").nth(len(files) - 1).wait_for()
    fits(page)


def receive(page: Any) -> None:
    take(page, "待接收")
    follow(page, "接收")
    page.get_by_label("负责人").select_option(label="曾小雨")
    press(page, "接收", "任务已接收。")


def file_with_photographs(page: Any, photographs: list[dict[str, Any]]) -> None:
    take(page, "待填报")
    follow(page, "填报进展")
    page.get_by_label("进展情况").fill("四间研修室已挂牌，首次研修到会四十人。")
    upload(page, "附件", photographs)
    press(page, "提交", "已提交，等待办公室审核。")
    names = page.locator(".report .file-name").all_inner_texts()
    assert sorted(names) == sorted(PHOTOGRAPHS)
    assert page.locator(".report .file-thumb img").count() == len(PHOTOGRAPHS)


def nothing_served_tells_the_place(page: Any) -> None:
    """Neither the preview nor the download nor the small picture says where it was taken."""
    pictures = page.locator(".report .file-thumb")
    addresses = {pictures.nth(n).get_attribute("href") for n in range(pictures.count())}
    addresses |= {one.get_attribute("src") for one in page.locator(".report .file-thumb img").all()}
    addresses |= {one.get_attribute("href") for one in page.locator(".report a[download]").all()}
    assert len(addresses) >= 2 * len(PHOTOGRAPHS)
    for address in addresses:
        served = page.request.get(address)
        assert served.status == 200, address
        assert place_of(served.body()) == {}, address
        assert b"Exif" not in served.body()[:4096], address


def verify(page: Any, label: str) -> None:
    take(page, label)
    for name in ("通过", "退回"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["height"] >= FINGER
    press(page, "通过", "已通过。")


def claim(page: Any) -> None:
    take(page, "待填报")
    follow(page, "填报进展")
    page.get_by_label("进展情况").fill("四间研修室全部启用，任务完成。")
    page.get_by_label("任务已全部完成，申请办结").check()
    press(page, "提交", "已提交，等待办公室审核。")


def hang_signed_sheet(page: Any, sheet: dict[str, Any]) -> None:
    claimed = page.locator(f"#report-{Report.objects.get(claims_completion=True).pk}")
    tap(page, claimed.get_by_role("link", name="上传签字页"))
    upload(page, "签字页", [sheet])
    press(page, "提交", "签字页已挂到这次填报。")
    expect(claimed.get_by_role("heading", name="签字页")).to_have_count(1)
    assert claimed.locator(".file-name").all_inner_texts() == [sheet["name"]]


def test_a_task_is_done_on_phones(
    browser: Any, live_server: Any, cast: build.Cast, task: Task, photographs: list[dict[str, Any]]
) -> None:
    for one in photographs:
        assert place_of(one["buffer"])
        assert 2_000_000 < len(one["buffer"]) < 4_500_000
    with (
        silent_page(browser, live_server.url, PHONE) as liaison,
        silent_page(browser, live_server.url, PHONE) as office,
    ):
        for name, page in (("liaison", liaison), ("office", office)):
            page.set_default_timeout(PATIENCE)
            sign_in(page, name, with_password(cast.everybody[name], name))
            fits(page)
        receive(liaison)
        file_with_photographs(liaison, photographs)
        nothing_served_tells_the_place(liaison)
        verify(office, "待审核")
        claim(liaison)
        hang_signed_sheet(liaison, photographs[0] | {"name": "签字页.jpg"})
        verify(office, "待办结审核")
        liaison.goto(reverse("plans:task", args=[task.pk]))
        expect(liaison.locator(".task-state").first).to_contain_text("已完成")
        liaison.goto("/")
        expect(liaison.locator(".todo")).to_have_count(0)
        fits(liaison)

    kept = Attachment.objects.values_list("owner_type", "name")
    assert sorted(kept) == sorted([*(("plans.report", name) for name in PHOTOGRAPHS), ("plans.signed", "签字页.jpg")])
