"""A long workbook as a job: batch after batch, taken back as a whole where a row cannot be written."""

from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, planning, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.sheets import BreakdownBook
from xietong.kit.files.actions import take_posted
from xietong.kit.files.models import Upload
from xietong.kit.jobs import actions as jobs
from xietong.kit.jobs import performing
from xietong.kit.jobs.models import Job, State
from xietong.kit.sheets import taking as engine
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
BOOK = BreakdownBook()
HEADERS = ["编号", "任务", "牵头单位", "开始日期", "完成期限"]
ROWS = [[f"{n}", f"任务{n}", "一小", None, "2026-12-31"] for n in range(350)]


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    row = planning.draft(county=cast.county)
    planning.task(plan=row, state="draft", number="250", title="旧名", lead_unit=cast.school)
    return row


def handed_in(cast: build.Cast, plan: Plan, rows: list[list[Any]], **options: Any) -> Import:
    data = workbook(HEADERS, *rows)
    [upload] = take_posted(cast.office, [SimpleUploadedFile("表.xlsx", data)])
    return taking.take_in(BOOK, cast.office, plan, data, upload=upload, **options)


def perform(job: Job, *, stop: Event | None = None) -> Job:
    performing.perform(job.pk, again=lambda _job: None, stop=stop or Event())
    job.refresh_from_db()
    return job


def state() -> list[Any]:
    return list(Task.objects.order_by("pk").values())


def test_a_long_file_is_taken_in_by_a_worker_and_undone(cast: build.Cast, plan: Plan) -> None:
    before = state()
    made = handed_in(cast, plan, ROWS)
    assert (made.state, made.handled, state()) == ("running", 0, before)
    client, page = build.client(cast.office), reverse("plans:sheet_taken", args=[plan.pk, made.pk])
    assert 'hx-trigger="every 2s"' in client.get(page).content.decode()
    assert client.get(page, headers={"HX-Request": "true", "HX-Target": "import"}).templates[0].name == (
        "sheets/progress.html"
    )
    with pytest.raises(NotImported, match="还在导入"):
        undo(cast.office, BOOK, plan, made, now=build.NOW)
    job = perform(Job.objects.get())
    made.refresh_from_db()
    assert (job.state, job.done_steps, job.total_steps) == (State.DONE, 350, 350)
    assert (made.state, made.added, made.changed, made.handled) == ("done", 349, 1, 350)
    assert "every 2s" not in client.get(page).content.decode()
    assert plan.tasks.count() == 350
    undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert state() == before


def test_work_that_was_broken_off_goes_on_where_it_stopped(
    cast: build.Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = handed_in(cast, plan, ROWS)
    stop, write = Event(), BreakdownBook.write

    def stopping(*args: Any, **named: Any) -> None:
        write(*args, **named)
        if Task.objects.filter(number="120").exists():
            stop.set()

    monkeypatch.setattr(BreakdownBook, "write", stopping)
    job = perform(Job.objects.get(), stop=stop)
    made.refresh_from_db()
    assert (job.state, made.state, made.handled) == (State.WAITING, "running", 200)
    monkeypatch.undo()
    Job.objects.update(run_at=job.created_at - timedelta(days=9000))
    assert perform(job).state == State.DONE
    made.refresh_from_db()
    assert (made.state, made.handled, made.added, made.changed) == ("done", 350, 349, 1)
    assert [task.number for task in plan.tasks.order_by("pk")][1:] == [row[0] for row in ROWS if row[0] != "250"]


def test_a_row_that_cannot_be_written_takes_all_back(cast: build.Cast, plan: Plan) -> None:
    before = state()
    rows = [*ROWS[:320], ["320", "倒着来", "一小", "2027-01-01", "2026-12-31"], *ROWS[321:]]
    made = handed_in(cast, plan, rows)
    job = perform(Job.objects.get())
    made.refresh_from_db()
    assert (job.state, made.state, made.added) == (State.DONE, "failed", 0)
    assert made.message == job.message == "第322行：完成期限不能早于开始日期。"
    assert state() == before
    page = reverse("plans:sheet_taken", args=[plan.pk, made.pk])
    assert "完成期限不能早于开始日期" in build.client(cast.office).get(page).content.decode()
    assert handed_in(cast, plan, rows).state == "running"


def test_a_row_that_somebody_changed_stays_when_all_is_taken_back(
    cast: build.Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = handed_in(cast, plan, [*ROWS[:320], ["320", "倒着来", "一小", "2027-01-01", "2026-12-31"]])
    write = BreakdownBook.write

    def meddling(*args: Any, **named: Any) -> None:
        write(*args, **named)
        Task.objects.filter(number="5").update(title="别人改了")

    monkeypatch.setattr(BreakdownBook, "write", meddling)
    perform(Job.objects.get())
    made.refresh_from_db()
    assert made.state == "failed"
    assert made.message == "第322行：完成期限不能早于开始日期。导入后又改过的没有撤销：5 任务5"
    assert sorted(plan.tasks.values_list("title", flat=True)) == ["别人改了", "旧名"]


def test_a_long_file_leaves_out_what_cannot_be_written_when_told(cast: build.Cast, plan: Plan) -> None:
    rows = [["x", "没有这个单位", "某某", None, None], *ROWS, ["999", "倒着来", "一小", "2027-01-01", "2026-12-31"]]
    made = handed_in(cast, plan, rows, skips=True)
    perform(Job.objects.get())
    made.refresh_from_db()
    assert (made.state, made.total, made.handled) == ("done", 351, 351)
    assert [row for row, _why in made.left_out] == [2, 353]


def test_a_file_that_is_gone_is_said(cast: build.Cast, plan: Plan) -> None:
    made = handed_in(cast, plan, ROWS)
    Upload.objects.update(state=Upload.State.FAILED, blob=None)
    perform(Job.objects.get())
    made.refresh_from_db()
    assert (made.state, made.message) == ("failed", "还有附件没有传完，请等上传完成后再提交。")


def test_an_import_whose_job_was_cancelled_can_be_undone(cast: build.Cast, plan: Plan) -> None:
    before = state()
    made = handed_in(cast, plan, ROWS)
    job = Job.objects.get()
    jobs.cancel(cast.office, job, now=build.NOW)
    page = reverse("plans:sheet_taken", args=[plan.pk, made.pk])
    assert "导入中断了" in build.client(cast.office).get(page).content.decode()
    undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert (state(), engine.is_moving(made)) == (before, False)
    assert perform(job).state == State.CANCELLED


def test_a_book_has_one_declaration() -> None:
    from xietong.kit.sheets import books

    class Other(BreakdownBook):
        pass

    books.register(BreakdownBook())
    with pytest.raises(ValueError, match="registered twice"):
        books.register(Other())
