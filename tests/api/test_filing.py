"""A program files progress: once for each key, within its scope, and refused in words."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import build, planning
from tests.kit.handing_in import PDF
from xietong.areas.plans import actions
from xietong.areas.plans.models import Report, Task
from xietong.kit.audit.models import Entry
from xietong.kit.files.models import Attachment, Upload

pytestmark = pytest.mark.django_db
FIELDS = {"text": "已召开启动会。"}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    return planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")


def send(client: Client, task: Task, body: dict[str, Any], key: str = "k1", **more: Any) -> Any:
    return client.post(
        f"/api/v1/tasks/{task.pk}/reports", body, "application/json", headers={"Idempotency-Key": key}, **more
    )


def filed() -> tuple[int, int]:
    return Report.objects.count(), Entry.objects.filter(action="plans.report_progress").count()


def test_a_report_is_filed_in_the_role_of_the_token(cast: build.Cast, task: Task) -> None:
    answer = send(build.program(cast.liaison), task, FIELDS)

    assert answer.status_code == 201
    row = task.reports.get()
    assert answer.json() == {
        "id": row.pk,
        "task_id": task.pk,
        "number": 1,
        "text": "已召开启动会。",
        "claims_completion": False,
        "quantity": None,
        "state": {"code": "submitted", "label": "待审核"},
        "unit": {"id": cast.school.pk, "name": "云岭县第一小学"},
        "author": "曾小雨",
        "reported_at": "2026-09-08T09:00:00+08:00",
        "opinion": "",
        "reviewed_at": None,
        "files": 0,
    }
    assert answer.headers["Location"] == f"/api/v1/reports/{row.pk}"
    entry = Entry.objects.get(action="plans.report_progress")
    assert (entry.account_id, entry.role, entry.address) == (cast.liaison.account_id, "school_liaison", "127.0.0.1")


def test_a_claim_asks_for_the_task_to_be_closed(cast: build.Cast, task: Task) -> None:
    assert send(build.program(cast.head), task, FIELDS | {"claims_completion": True}).status_code == 201
    task.refresh_from_db()
    assert task.state == "claimed"


def test_a_report_speaks_of_milestones_a_period_and_a_figure(cast: build.Cast, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(quantity=10, measure="次")
    milestone, period = planning.milestone(task=task), planning.occurrence(task=task)
    whole = build.program(cast.liaison).get(f"/api/v1/tasks/{task.pk}").json()
    assert [one["id"] for one in whole["milestones"] + whole["periods"]] == [milestone.pk, period.pk]
    body = {"quantity": "4.5", "milestones": [milestone.pk], "period": {"id": period.pk, "carried_out": False}}
    answer = send(build.program(cast.liaison), task, FIELDS | body)
    assert (answer.status_code, answer.json()["quantity"]) == (201, "4.50")
    row = task.reports.get()
    assert (row.milestones.get(), row.occurrences.get().carried_out) == (milestone, False)
    actions.accept(cast.office, row, now=build.NOW)
    after = build.program(cast.liaison).get(f"/api/v1/tasks/{task.pk}").json()
    assert (after["measured"], after["progress"]) == ("4.50", 45)
    assert [one["reached_on"] for one in after["milestones"]] == ["2026-09-08"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"milestones": [99]}, "里程碑 99 不是这项任务还没有填报过的里程碑"),
        ({"period": {"id": 99}}, "99 不是这项任务还没有填报过的一期"),
        ({"quantity": "1"}, "没有目标数量"),
    ],
)
def test_what_the_task_does_not_have_is_a_conflict_and_nothing_is_filed(
    cast: build.Cast, task: Task, body: dict[str, Any], said: str
) -> None:
    answer = send(build.program(cast.liaison), task, FIELDS | body)
    assert answer.status_code == 409
    assert said in answer.json()["detail"]
    assert filed() == (0, 0)


def test_the_same_key_with_the_same_body_is_answered_as_the_first_time(cast: build.Cast, task: Task) -> None:
    program = build.program(cast.liaison)
    first = send(program, task, FIELDS | {"claims_completion": True})

    # Another spelling of the same content, by another token of the same account.
    again = send(build.program(cast.liaison), task, {"claims_completion": True, "uploads": [], **FIELDS})

    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again.headers["Location"]) == (first.json(), first.headers["Location"])
    assert filed() == (1, 1)


def test_the_same_key_with_another_body_is_refused(cast: build.Cast, task: Task) -> None:
    program = build.program(cast.liaison)
    send(program, task, FIELDS)

    again = send(program, task, {"text": "另一次。"})

    assert (again.status_code, again.json()["type"]) == (409, "/api/v1/docs#key-reused")
    assert filed() == (1, 1)


def test_a_key_counts_for_its_account_and_its_task(cast: build.Cast, task: Task) -> None:
    other = planning.task(plan=task.plan, lead_unit=cast.school, state="under_way")
    send(build.program(cast.liaison), task, FIELDS)

    assert send(build.program(cast.liaison), other, FIELDS).status_code == 201
    waiting = send(build.program(cast.head), task, FIELDS)

    assert (waiting.status_code, waiting.json()["type"]) == (409, "/api/v1/docs#conflict")
    assert filed() == (2, 2)


def test_a_missing_key_is_named(cast: build.Cast, task: Task) -> None:
    answer = build.program(cast.liaison).post(f"/api/v1/tasks/{task.pk}/reports", FIELDS, "application/json")

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"in": "header", "pointer": "#/Idempotency-Key", "detail": "缺少这一项。"},
    ]
    assert filed() == (0, 0)


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({}, "#/text", "缺少这一项。"),
        ({"text": ""}, "#/text", "至少 1 字。"),
        ({"text": " \n"}, "#/text", "内容为空白，或含有不允许的字符。"),
        ({"text": "甲\x00乙"}, "#/text", "内容为空白，或含有不允许的字符。"),
        ({"text": "长" * 2001}, "#/text", "最多 2000 字。"),
        ({"text": 5}, "#/text", "应为文字。"),
        ({**FIELDS, "claims_completion": "maybe"}, "#/claims_completion", "应为 true 或 false。"),
        ({**FIELDS, "uploads": ["x"]}, "#/uploads/0", "内容为空白，或含有不允许的字符。"),
        ({**FIELDS, "done": True}, "#/done", "没有这一项。"),
        ({**FIELDS, "a/~": True}, "#/a~1~0", "没有这一项。"),
        ({**FIELDS, "\ud800": True}, "#/", "格式不正确。"),
        ({"text": "\ud800"}, "#/text", "格式不正确。"),
        ([], "#/", "应为 JSON 对象。"),
    ],
)
def test_a_wrong_value_is_pointed_at(cast: build.Cast, task: Task, body: Any, pointer: str, detail: str) -> None:
    answer = send(build.program(cast.liaison), task, body)

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"in": "body", "pointer": pointer, "detail": detail}]
    assert filed() == (0, 0)


def test_a_body_that_is_no_json_is_malformed(cast: build.Cast, task: Task) -> None:
    program, address = build.program(cast.liaison), f"/api/v1/tasks/{task.pk}/reports"
    key = {"Idempotency-Key": "k1"}
    answers = [
        program.post(address, "{", "application/json", headers=key),
        program.post(address, "text=a", "application/x-www-form-urlencoded", headers=key),
        program.post(address, b'"' + b"a" * (6 * 1024 * 1024) + b'"', "application/json", headers=key),
    ]
    assert [(one.status_code, one.json()["type"]) for one in answers] == [
        (400, "/api/v1/docs#malformed"),
        (415, "/api/v1/docs#media-type"),
        (413, "/api/v1/docs#too-large"),
    ]
    assert filed() == (0, 0)


def test_a_task_that_was_not_received_says_so(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, state="issued")
    answer = send(build.program(cast.liaison), task, FIELDS)
    assert (answer.status_code, answer.json()["detail"]) == (403, "任务还没有接收，请先接收再填报。")
    assert filed() == (0, 0)


@pytest.mark.parametrize("who", ["office", "coordinator", "stranger"])
def test_a_task_of_others_does_not_exist(cast: build.Cast, task: Task, who: str) -> None:
    assert send(build.program(cast.everybody[who]), task, FIELDS).status_code == 404
    assert filed() == (0, 0)


def test_a_reading_token_files_nothing_and_names_what_it_lacks(cast: build.Cast, task: Task) -> None:
    answer = send(build.program(cast.liaison, scopes=("plans.read",)), task, FIELDS)

    assert (answer.status_code, answer.json()["missing_scope"]) == (403, "plans.report")
    assert 'scope="plans.report"' in answer.headers["WWW-Authenticate"]
    assert filed() == (0, 0)


def test_evidence_comes_first_and_is_downloaded_by_whoever_sees_the_report(
    cast: build.Cast, task: Task, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    program = build.program(cast.liaison)
    kept = program.post("/api/v1/uploads", {"file": SimpleUploadedFile("签到表.pdf", PDF)})
    assert (kept.status_code, kept.json()["name"], kept.json()["size"]) == (201, "签到表.pdf", len(PDF))

    report = send(program, task, FIELDS | {"uploads": [kept.json()["id"]]}).json()
    again = send(program, task, FIELDS | {"uploads": [kept.json()["id"]]}).json()
    [listed] = program.get(f"/api/v1/reports/{report['id']}/files").json()["items"]

    assert (report["files"], again) == (1, report)
    assert (listed["name"], listed["content_type"]) == ("签到表.pdf", "application/pdf")
    for who, status in (("office", 200), ("teacher", 200), ("stranger", 404), ("coordinator", 404)):
        answer = build.program(cast.everybody[who]).get(listed["url"])
        assert answer.status_code == status
        if status == 200:
            assert b"".join(answer.streaming_content) == PDF
    assert (Attachment.objects.count(), Upload.objects.count()) == (1, 0)


def test_a_file_is_reached_through_its_own_report_only(cast: build.Cast, task: Task) -> None:
    report, other = (
        planning.report(task=task),
        planning.report(task=planning.task(plan=task.plan, lead_unit=cast.school)),
    )
    file = planning.unstored(report=report)
    program = build.program(cast.liaison)
    assert program.get(f"/api/v1/reports/{other.pk}/files/{file.pk}").status_code == 404


def test_an_upload_of_somebody_else_is_refused(cast: build.Cast, task: Task) -> None:
    upload = Upload.objects.create(
        account_id=cast.stranger.account_id,
        name="a.pdf",
        size=1,
        state="done",
        expires_at=build.NOW + timedelta(days=1),
    )
    answer = send(build.program(cast.liaison), task, FIELDS | {"uploads": [upload.pk]})
    assert (answer.status_code, answer.json()["type"]) == (422, "/api/v1/docs#refused")
    assert filed() == (0, 0)
