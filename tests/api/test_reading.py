"""A program reads what its role sees on the pages, a page of rows at a time, and is told when nothing changed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import build, planning
from xietong.areas.plans.models import Plan
from xietong.kit.clock.time import SHANGHAI

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(title="云岭县方案", document_no="演示字〔2025〕1号")


def items(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    found: list[Any] = answer.json()["items"]
    return found


def titles(client: Client, address: str) -> list[str]:
    return [one["title"] for one in items(client.get(address))]


def test_me_tells_whom_the_token_stands_for(cast: build.Cast) -> None:
    answer = build.program(cast.liaison, scopes=("plans.read",)).get("/api/v1/me").json()
    expires_on = answer.pop("expires_on")
    assert answer == {
        "name": "曾小雨",
        "role": {"code": "school_liaison", "label": "学校联络员"},
        "organisation": {"id": cast.school.pk, "name": cast.liaison.org_name},
        "county_ids": [cast.county.pk],
        "token": "学校办公系统",
        "scopes": ["plans.read"],
    }
    assert date.fromisoformat(expires_on) > date.today()


def test_plans_are_those_of_the_role(cast: build.Cast, plan: Plan) -> None:
    planning.draft(title="草案")
    planning.plan(county=cast.next_county, title="外县方案")

    assert titles(build.program(cast.office), "/api/v1/plans") == ["云岭县方案", "草案"]
    assert titles(build.program(cast.liaison), "/api/v1/plans") == ["云岭县方案"]
    assert titles(build.program(cast.stranger), "/api/v1/plans") == ["外县方案"]


def test_a_plan_comes_with_its_clauses_and_objectives(cast: build.Cast, plan: Plan) -> None:
    chapter = planning.clause(plan=plan, heading="工作任务", level=1, order=1)
    planning.clause(plan=plan, heading="建好阵地", parent=chapter, order=2)
    planning.objective(
        plan=plan, title="优质学校", comparison="at_least", target="4.5", unit="所", due_on=build.TODAY
    )
    program = build.program(cast.teacher)

    answer = program.get(f"/api/v1/plans/{plan.pk}").json()
    [objective] = items(program.get(f"/api/v1/plans/{plan.pk}/objectives"))

    assert [(one["heading"], one["parent_id"]) for one in answer["clauses"]] == [
        ("工作任务", None),
        ("建好阵地", chapter.pk),
    ]
    assert (answer["title"], answer["document_no"], answer["issued_on"]) == (
        "云岭县方案",
        "演示字〔2025〕1号",
        "2025-09-01",
    )
    assert (objective["comparison"], objective["target"], objective["due_on"]) == (
        {"code": "at_least", "label": "不低于"},
        "4.5000",
        "2026-09-08",
    )


def test_tasks_are_narrowed_by_state_unit_plan_days_and_change(cast: build.Cast, plan: Plan) -> None:
    other = planning.plan(title="第二个方案")
    moved = datetime(2026, 9, 1, 8, 0, tzinfo=SHANGHAI)
    for title, fields in {
        "甲": {"due_on": date(2026, 9, 1), "state": "issued", "lead_unit": cast.school, "moved_at": moved},
        "乙": {"due_on": date(2026, 9, 8), "state": "under_way", "lead_unit": cast.other_school},
        "丙": {"due_on": date(2026, 12, 31), "state": "under_way", "lead_unit": cast.school, "plan": other},
    }.items():
        planning.task(title=title, **({"plan": plan} | fields))
    program = build.program(cast.office)

    def found(query: str) -> list[str]:
        return titles(program, f"/api/v1/tasks?{query}")

    assert found("") == ["甲", "乙", "丙"]
    assert found("state=under_way") == ["乙", "丙"]
    assert found(f"unit={cast.school.pk}") == ["甲", "丙"]
    assert found(f"plan={other.pk}") == ["丙"]
    assert found("due_from=2026-09-08") == ["乙", "丙"]
    assert found("due_until=2026-09-08") == ["甲", "乙"]
    assert found("updated_since=2026-09-01T00:00:00Z") == ["甲"]
    assert found("updated_since=2026-09-01T00:00:01Z") == []
    assert found("updated_since=2026-09-01T22:57:00%2B22:57") == ["甲"]
    assert found("updated_since=2026-08-31T01:03:01-22:57") == []
    assert found("updated_since=0001-01-01T00:00:00%2B08:00") == ["甲"]
    assert found("updated_since=9999-12-31T23:59:59-08:00") == []
    assert found("state=under_way&due_from=2026-09-09") == ["丙"]


def test_a_task_is_told_with_units_light_and_codes(cast: build.Cast, plan: Plan) -> None:
    row = planning.task(
        plan=plan, lead_unit=cast.school, due_on=date(2026, 9, 1), supports=(cast.other_school,), moved_at=build.NOW
    )
    answer = build.program(cast.liaison).get(f"/api/v1/tasks/{row.pk}").json()
    assert {key: answer[key] for key in ("state", "light", "lead_unit", "supports", "due_on", "updated_at")} == {
        "state": {"code": "issued", "label": "待接收"},
        "light": {"code": "red", "label": "已逾期"},
        "lead_unit": {"id": cast.school.pk, "name": "云岭县第一小学"},
        "supports": [{"id": cast.other_school.pk, "name": "云岭县第二小学"}],
        "due_on": "2026-09-01",
        "updated_at": "2026-09-08T09:00:00+08:00",
    }
    english = build.program(cast.liaison).get(f"/api/v1/tasks/{row.pk}", headers={"Accept-Language": "en"}).json()
    assert (english["state"]["code"], english["state"]["label"]) == ("issued", "To receive")


def test_a_draft_has_no_light_and_is_the_office_s_alone(cast: build.Cast, plan: Plan) -> None:
    row = planning.task(plan=plan, state="draft", due_on=None)
    assert build.program(cast.office).get(f"/api/v1/tasks/{row.pk}").json()["light"] is None
    assert build.program(cast.teacher).get(f"/api/v1/tasks/{row.pk}").status_code == 404


def test_reports_of_a_task_with_the_number_of_their_files(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school)
    first = planning.report(task=task, text="第一次", number=1, state="sent_back", opinion="请补充")
    planning.report(task=task, text="第二次", number=2)
    planning.unstored(report=first)
    program = build.program(cast.office)

    listed = items(program.get(f"/api/v1/tasks/{task.pk}/reports"))

    assert [(one["text"], one["files"], one["opinion"]) for one in listed] == [
        ("第一次", 1, "请补充"),
        ("第二次", 0, ""),
    ]
    assert program.get(f"/api/v1/reports/{first.pk}").json() == listed[0]


@pytest.mark.parametrize(
    "address",
    ["plans/{plan}", "plans/{plan}/objectives", "tasks/{task}", "tasks/{task}/reports", "reports/{report}",
     "reports/{report}/files", "reports/{report}/files/{file}"],
)  # fmt: skip
def test_a_row_of_the_next_county_does_not_exist(cast: build.Cast, plan: Plan, address: str) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school)
    report = planning.report(task=task)
    file = planning.unstored(report=report)
    keys = {"plan": plan.pk, "task": task.pk, "report": report.pk, "file": file.pk}
    answer = build.program(cast.stranger).get(f"/api/v1/{address.format(**keys)}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/api/v1/docs#not-found")


def test_pages_neither_repeat_nor_hide_a_row_while_rows_come_in(cast: build.Cast, plan: Plan) -> None:
    def more(name: str) -> None:
        planning.task(plan=plan, title=name, lead_unit=cast.school)

    for number in range(5):
        more(f"{number}")
    program = build.program(cast.office)
    seen, address = [], "/api/v1/tasks?limit=2&state=issued"
    while address:
        answer = program.get(address)
        seen += [one["title"] for one in items(answer)]
        following = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{following}>; rel="next"' if following else None)
        if len(seen) == 2:
            more("新")
        address = following
    assert seen == ["0", "1", "2", "3", "4", "新"]


@pytest.mark.parametrize("cursor", ["x", "!!", "YWZ0ZXI6YQ", "YWZ0ZXI6LTE", "甲"])
def test_a_cursor_of_somewhere_else_is_refused(cast: build.Cast, cursor: str) -> None:
    answer = build.program(cast.office).get("/api/v1/tasks", {"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"in": "query", "pointer": "#/cursor", "detail": "不是这个列表给出的游标。"},
    ]


@pytest.mark.parametrize(
    ("query", "pointer", "detail"),
    [
        ("limit=0", "#/limit", "不能小于 1。"),
        ("limit=101", "#/limit", "不能大于 100。"),
        ("limit=a", "#/limit", "应为整数。"),
        (
            "state=done",
            "#/state",
            (
                "应为下列之一：'draft', 'issued', 'under_way', 'claimed', 'returned', 'suspended', "
                "'verified', 'cancelled' or 'closed'。"
            ),
        ),
        ("due_from=2026-13-01", "#/due_from", "应为日期，如 2026-09-08。"),
        ("updated_since=2026-09-01T00:00:00", "#/updated_since", "应为带时区的时间，如 2026-09-08T09:00:00+08:00。"),
    ],
)
def test_a_wrong_filter_is_pointed_at(cast: build.Cast, query: str, pointer: str, detail: str) -> None:
    answer = build.program(cast.office).get(f"/api/v1/tasks?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"in": "query", "pointer": pointer, "detail": detail}]


def test_what_has_not_changed_is_not_sent_again(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school)
    program, address = build.program(cast.office), f"/api/v1/tasks/{task.pk}"
    tag = program.get(address).headers["ETag"]

    same = program.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    type(task).objects.filter(pk=task.pk).update(title="改了")
    changed = program.get(address, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


def test_head_is_answered_as_get_without_a_body(cast: build.Cast, plan: Plan) -> None:
    program = build.program(cast.office)
    answer = program.head("/api/v1/plans")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == program.get("/api/v1/plans").headers["ETag"]


@pytest.mark.parametrize(("address", "queries"), [("plans", 12), ("tasks", 16), ("tasks/{task}/reports", 14)])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    cast: build.Cast, plan: Plan, address: str, queries: int
) -> None:
    def fill() -> Any:
        row = planning.task(plan=plan, lead_unit=cast.school, supports=(cast.other_school,))
        planning.unstored(report=planning.report(task=row, state="accepted"))
        planning.plan(title="又一个")
        return row

    first = fill()
    program = build.program(cast.office)
    url = f"/api/v1/{address.format(task=first.pk)}"
    program.get(url)
    for count in (1, 3):
        with CaptureQueriesContext(connection) as made:
            assert program.get(url).status_code == 200
        assert len(made) == queries, (count, [one["sql"][:120] for one in made])
        for _ in range(2):
            fill()
            planning.unstored(report=planning.report(task=first, state="accepted"))


def test_a_token_is_noted_as_used_at_most_once_an_hour(cast: build.Cast) -> None:
    from xietong.kit.tokens.models import Token

    program = build.program(cast.office)
    program.get("/api/v1/me")
    first = Token.objects.get().used_at
    program.get("/api/v1/me")
    assert first is not None
    assert Token.objects.get().used_at == first
    Token.objects.update(used_at=first - timedelta(hours=1, seconds=1))
    program.get("/api/v1/me")
    assert Token.objects.get().used_at >= first
