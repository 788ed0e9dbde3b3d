"""Papers of a report: printed with a check code, signed sheets hung back on it, files taken back by their unit."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, planning
from tests.kit.handing_in import picture
from xietong.areas.orgs.models import Role
from xietong.areas.plans import access, actions, queries
from xietong.areas.plans.models import Report, Step, Task
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Denied, Refused
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    return planning.task(
        plan=planning.plan(county=cast.county), lead_unit=cast.school, state="under_way", title="建平台"
    )


def photographs(number: int = 1) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"照片{one}.jpg", picture(width=60 + one)) for one in range(number)]


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


# printed


def test_code_changes_with_the_report_and_its_files(cast: build.Cast, task: Task) -> None:
    report = planning.report(task=task)
    file = planning.evidence(report=report)

    def code() -> str:
        return queries.report_printed(cast.liaison, report.pk).code

    first = code()
    assert len(first) == 8
    assert code() == first
    file.withdrawn_at, file.withdrawn_reason = NOW, "放错了"
    file.save()
    second = code()
    actions.accept(cast.office, report, now=NOW)
    assert len({first, second, code(), queries.report_printed(cast.liaison, planning.report(task=task).pk).code}) == 4


def test_report_is_printed_with_places_to_sign(cast: build.Cast, task: Task) -> None:
    report = planning.report(task=task, text="已建成三个平台。", number=1)
    planning.evidence(report=report, name="名单.pdf")
    page = text(build.client(cast.liaison).get(reverse("plans:report_print", args=[report.pk])))
    for words in (
        "建平台", "已建成三个平台。", "名单.pdf", "曾小雨", "填报人签字", "审核人签字", "单位负责人签字（盖章）",
        "第 1 次填报，第 1 版", queries.report_printed(cast.liaison, report.pk).code,
    ):  # fmt: skip
        assert words in page


def test_task_is_printed_with_its_course_and_without_what_was_taken_back(cast: build.Cast, task: Task) -> None:
    planning.report(task=task, text="头一次的话。", state="sent_back", opinion="请补充名单。", reviewer_name="陈启明")
    planning.report(task=task, text="收回的话。", state="withdrawn")
    planning.step(task=task, note="办理的说明")
    planning.step(task=task, action="hand_over", note="李兰")
    page = text(build.client(cast.office).get(reverse("plans:task_print", args=[task.pk])))
    assert "收回的话。" not in page
    for words in ("头一次的话。", "请补充名单。", "办理的说明", "负责人由李兰接任", "任务办理单"):
        assert words in page


def test_task_is_printed_with_the_same_number_of_queries(
    cast: build.Cast, task: Task, django_assert_num_queries: Any
) -> None:
    office, url = build.client(cast.office), reverse("plans:task_print", args=[task.pk])
    planning.report(task=task, state="accepted")
    office.get(url)
    with django_assert_num_queries(12):
        office.get(url)
    for _more in range(2):
        planning.evidence(report=planning.report(task=task, state="accepted"))
        planning.step(task=task)
    with django_assert_num_queries(12):
        office.get(url)


# signed


@pytest.mark.parametrize("who", ["liaison", "office"])
def test_signed_sheets_hang_on_their_report(cast: build.Cast, task: Task, who: str) -> None:
    report = planning.report(task=task)
    client = build.client(getattr(cast, who))
    url = reverse("plans:report_sign", args=[report.pk])
    assert "上传签字页" in text(client.get(url))
    response = client.post(url, {"files": photographs(3)})
    assert response["Location"] == f"{reverse('plans:task', args=[task.pk])}#report-{report.pk}"
    rows = Attachment.objects.order_by("pk")
    assert [(row.owner_type, row.owner_id, row.name) for row in rows] == [
        ("plans.signed", report.pk, f"照片{number}.jpg") for number in range(3)
    ]
    page = text(build.client(cast.office).get(reverse("plans:task", args=[task.pk])))
    assert "签字页" in page
    assert [row.thumbnail_url in page for row in rows] == [True, True, True]
    assert build.client(cast.stranger).get(rows[0].preview_url).status_code == 404


def test_signed_sheet_needs_a_picture(cast: build.Cast, task: Task) -> None:
    report = planning.report(task=task)
    url = reverse("plans:report_sign", args=[report.pk])
    assert "请选择签字页的照片或扫描件。" in text(build.client(cast.liaison).post(url), 422)
    assert Attachment.objects.count() == 0


def test_signed_sheet_of_a_withdrawn_report_is_refused(cast: build.Cast, task: Task) -> None:
    report = planning.report(task=task, state="withdrawn")
    with pytest.raises(Denied, match="已经撤回"):
        queries.report_to_sign(cast.liaison, report.pk)
    page = text(build.client(cast.liaison).get(reverse("plans:task", args=[task.pk])))
    assert "上传签字页" not in page


def test_only_the_lead_unit_and_the_office_may_add_a_signed_sheet(cast: build.Cast, task: Task) -> None:
    planning.support(task=task, unit=cast.other_school)
    helper = build.actor(build.role_term(role=Role.SCHOOL_LIAISON, organisation=cast.other_school))
    watcher = build.actor(build.role_term(role=Role.GROUP_HEAD, organisation=cast.school))
    report = planning.report(task=task)
    url, page = reverse("plans:report_sign", args=[report.pk]), reverse("plans:task", args=[task.pk])
    for actor in (helper, watcher, cast.stranger):
        client = build.client(actor)
        assert client.get(url).status_code == 404
        assert client.post(url, {"files": photographs()}).status_code == 404
        assert "上传签字页" not in client.get(page).content.decode()
    assert Attachment.objects.count() == 0
    assert access.SIGN_REPORT.held_by(cast.head)


# taken back


@pytest.mark.parametrize(
    ("state", "title"),
    [("submitted", "有佐证被撤回"), ("accepted", "佐证已撤回：填报已审核通过，请核查")],
)
def test_pull_file_keeps_its_name_closes_its_content_and_tells_the_office(
    cast: build.Cast, task: Task, state: str, title: str
) -> None:
    report = planning.report(task=task, state=state)
    file, kept = (planning.evidence(report=report, name=name) for name in ("名单.pdf", "总结.pdf"))
    actions.pull_file(cast.liaison, report, file, reason=" 名单有误 ", now=NOW)
    file.refresh_from_db()
    assert (file.withdrawn_at, file.withdrawn_by, file.withdrawn_reason) == (NOW, "曾小雨", "名单有误")
    assert list(Step.objects.values_list("action", "note", "report_id")) == [
        ("pull_file", "名单.pdf — 名单有误", report.pk)
    ]
    assert list(Notice.objects.values_list("account_id", "title")) == [(cast.office.account_id, title)]
    assert Task.objects.get(pk=task.pk).state == "under_way"
    assert Entry.objects.filter(action="files.withdraw", reason="名单有误").count() == 1
    client = build.client(cast.office)
    page = text(client.get(reverse("plans:task", args=[task.pk])))
    assert "名单.pdf" in page
    assert "名单有误" in page
    assert file.url not in page
    assert kept.url in page
    assert "原因：名单有误" in text(client.get(reverse("file", args=[file.pk])), 403)
    response = client.get(kept.url)
    assert b"".join(response.streaming_content).startswith("总结.pdf".encode())
    assert text(client.get(reverse("plans:report_print", args=[report.pk]))).count("已撤回") == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_pull_file_needs_a_reason(cast: build.Cast, task: Task, reason: str) -> None:
    report = planning.report(task=task)
    file = planning.evidence(report=report)
    with pytest.raises(Refused, match="请写明撤回的原因"):
        actions.pull_file(cast.liaison, report, file, reason=reason, now=NOW)
    file.refresh_from_db()
    assert (file.withdrawn_at, Step.objects.count(), Notice.objects.count()) == (None, 0, 0)


def test_pull_file_twice_is_told(cast: build.Cast, task: Task) -> None:
    report = planning.report(task=task)
    file = planning.evidence(report=report)
    actions.pull_file(cast.liaison, report, file, reason="放错了", now=NOW)
    with pytest.raises(Denied, match="已由曾小雨撤回"):
        actions.pull_file(cast.head, report, file, reason="又一次", now=NOW)
    file.refresh_from_db()
    assert (file.withdrawn_reason, Step.objects.count()) == ("放错了", 1)


def test_file_is_pulled_on_its_page_by_the_unit_alone(cast: build.Cast, task: Task) -> None:
    report = planning.report(task=task)
    file, sheet = planning.evidence(report=report), planning.evidence(report=report, owner_type="plans.signed")
    other = planning.evidence(report=planning.report(task=task, state="accepted"))
    liaison = build.client(cast.liaison)
    url = reverse("plans:file_pull", args=[report.pk, file.pk])
    assert url in text(liaison.get(reverse("plans:task", args=[task.pk])))
    assert url not in text(build.client(cast.office).get(reverse("plans:task", args=[task.pk])))
    assert build.client(cast.office).post(url, {"reason": "不妥"}).status_code == 404
    assert liaison.get(reverse("plans:file_pull", args=[report.pk, other.pk])).status_code == 404
    assert liaison.post(url, {"reason": ""}).status_code == 422
    assert Attachment.objects.exclude(withdrawn_at=None).count() == 0
    assert file.name in text(liaison.get(url))
    for one in (file, sheet):
        target = reverse("plans:file_pull", args=[report.pk, one.pk])
        assert liaison.post(target, {"reason": "放错了"}).status_code == 302
    assert set(Attachment.objects.exclude(withdrawn_at=None)) == {file, sheet}


def test_task_page_costs_the_same_for_one_and_for_three_reports(
    cast: build.Cast, task: Task, django_assert_num_queries: Any
) -> None:
    office, url = build.client(cast.office), reverse("plans:task", args=[task.pk])
    planning.evidence(report=planning.report(task=task, state="accepted"))
    office.get(url)
    with django_assert_num_queries(30):
        office.get(url)
    for _more in range(2):
        row = planning.report(task=task, state="accepted")
        planning.evidence(report=row)
        planning.evidence(report=row, owner_type="plans.signed")
    with django_assert_num_queries(30):
        office.get(url)
    assert Report.objects.count() == 3
