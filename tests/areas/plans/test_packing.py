"""迎检材料包: what is in it and how it is called, in which order, for whom, and what is missing."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from tests import build, planning
from xietong.areas.orgs.models import Role
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans import actions, queries
from xietong.areas.plans.jobs import packing
from xietong.areas.plans.models import Plan, Report
from xietong.kit.audit.models import Entry
from xietong.kit.files import packing as kit_packing
from xietong.kit.files import storage
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform

pytestmark = pytest.mark.django_db
NOW, ALL = build.NOW, queries.Choice()
QUERIES = 13


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county, title="提质行动方案")


def filed(plan: Plan, unit: Any, title: str = "制定教研制度", **fields: Any) -> Report:
    clause = fields.pop("clause", None) or planning.clause(plan=plan, number=fields.pop("at_clause", "三(一)"))
    row = planning.task(plan=plan, clause=clause, lead_unit=unit, title=title, state="verified")
    return planning.report(task=row, state="accepted", reviewer_name="陈启明", reviewed_at=NOW, **fields)


def packed(actor: Any, plan: Plan, choice: queries.Choice = ALL) -> Job:
    """The package, made."""
    return attempt(actions.make_package(actor, plan, choice=choice, now=NOW))


def attempt(job: Job) -> Job:
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    return job


def opened(job: Job, root: Path) -> zipfile.ZipFile:
    assert (job.state, job.message) == ("done", job.message)
    return zipfile.ZipFile(root / job.result_file)


def contents(package: zipfile.ZipFile) -> list[list[str]]:
    [table] = Document(BytesIO(package.read("目录.docx"))).tables
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_package_holds_contents_sheets_and_evidence_in_the_order_of_the_text(
    cast: build.Cast, plan: Plan, store: Path
) -> None:
    first, second = (
        planning.clause(plan=plan, number=n, heading=h) for n, h in (("三(一)", "学校"), ("三(二)", "教师"))
    )
    late = filed(plan, cast.other_school, "派教师", clause=second)
    early = filed(plan, cast.school, "建平台", clause=first, text="已建成。")
    planning.evidence(report=late, name="名单.xlsx", data=b"list")
    planning.evidence(report=early, name="照片.JPG", data=b"photo", kind="image/jpeg")
    planning.evidence(report=early, name="签字.png", data=b"sheet", kind="image/png", owner_type="plans.signed")
    job = packed(cast.office, plan)
    with opened(job, store) as package:
        assert package.namelist() == [
            "0001-三(一) 学校-建平台-一小-填报与审核-20260908.docx",
            "0002-三(一) 学校-建平台-一小-20260908.jpg",
            "0003-三(一) 学校-建平台-一小-签字页-20260908.png",
            "0004-三(二) 教师-派教师-二小-填报与审核-20260908.docx",
            "0005-三(二) 教师-派教师-二小-20260908.xlsx",
            "目录.docx",
        ]
        assert [package.read(package.namelist()[place]) for place in (1, 2, 4)] == [b"photo", b"sheet", b"list"]
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        assert all(info.flag_bits & 0x800 for info in package.infolist())
        assert package.testzip() is None
        sheet = Document(BytesIO(package.read(package.namelist()[0])))
        words = "\n".join(cell.text for row in sheet.tables[0].rows for cell in row.cells)
        assert "已建成。" in words
        assert "陈启明" in words
        assert "已通过" in words
        assert contents(package) == [
            ["0001", "三(一) 学校", "建平台", "一小", "2026年9月8日", "填报与审核", ""],
            ["0002", "三(一) 学校", "建平台", "一小", "2026年9月8日", "照片.JPG", ""],
            ["0003", "三(一) 学校", "建平台", "一小", "2026年9月8日", "签字.png", ""],
            ["0004", "三(二) 教师", "派教师", "二小", "2026年9月8日", "填报与审核", ""],
            ["0005", "三(二) 教师", "派教师", "二小", "2026年9月8日", "名单.xlsx", ""],
        ]
    assert Path(job.result_file).name == "迎检材料-云岭县-20260908.zip"
    assert (job.message, job.done_steps, job.total_steps) == ("共 5 件。", 2, 2)


def test_package_names_what_is_missing_and_why(cast: build.Cast, plan: Plan, store: Path) -> None:
    report = filed(plan, cast.school)
    lost = planning.evidence(report=report, name="丢失.pdf")
    storage.blob_path(lost.blob.sha256).unlink()
    planning.evidence(
        report=report, name="撤回.pdf", withdrawn_at=NOW, withdrawn_by="曾小雨", withdrawn_reason="放错了"
    )
    job = packed(cast.office, plan)
    with opened(job, store) as package:
        assert [line[5:] for line in contents(package)] == [
            ["填报与审核", ""],
            ["丢失.pdf", "缺失：存储中没有这个文件"],
            ["撤回.pdf", "缺失：已撤回（放错了）"],
        ]
        assert len(package.namelist()) == 2
    assert job.message == "共 3 件，其中缺失 2 件，见目录。"


def test_package_tells_files_of_one_name_apart(cast: build.Cast, plan: Plan, store: Path) -> None:
    clause = planning.clause(plan=plan)
    for _again in range(2):
        report = filed(plan, cast.school, "同名任务", clause=clause)
        for data in (b"one", b"two"):
            planning.evidence(report=report, name="总结.pdf", data=data)
    with opened(packed(cast.office, plan), store) as package:
        names = package.namelist()
        assert len(names) == len(set(names)) == 7
        assert [package.read(name) for name in names if name.endswith(".pdf")] == [b"one", b"two"] * 2


def test_package_is_narrowed_to_clauses_units_and_days(cast: build.Cast, plan: Plan, store: Path) -> None:
    chapter = planning.clause(plan=plan, number="三", level=1, start=10, end=100)
    below = planning.clause(plan=plan, number="三(一)1", level=3, start=20, end=30)
    beside = planning.clause(plan=plan, number="四", level=1, start=100, end=110)
    filed(plan, cast.school, "其中", clause=below)
    filed(plan, cast.school, "别章", clause=beside)
    filed(plan, cast.other_school, "别校", clause=below)
    filed(plan, cast.school, "早先", clause=below, at=NOW - timedelta(days=40))
    waiting = planning.task(plan=plan, clause=below, lead_unit=cast.school, title="待审", state="claimed")
    planning.report(task=waiting)
    choice = queries.Choice((chapter.pk,), (cast.school.pk,), build.TODAY, build.TODAY)
    with opened(packed(cast.office, plan, choice), store) as package:
        assert [line[2] for line in contents(package)] == ["其中"]
    assert queries.Choice.of(choice.payload()) == choice
    assert list(queries.sections(plan)) == [chapter.pk, beside.pk]


def test_package_never_holds_anything_of_another_county_or_plan(cast: build.Cast, plan: Plan, store: Path) -> None:
    filed(plan, cast.school, "本县")
    filed(planning.plan(county=cast.county), cast.school, "别的方案")
    abroad = planning.plan(county=cast.next_county)
    theirs = filed(abroad, build.organisation(county=cast.next_county), "邻县")
    planning.evidence(report=theirs, name="邻县.pdf")
    with opened(packed(cast.office, plan), store) as package:
        assert [line[2] for line in contents(package)] == ["本县"]
    everybody = queries.Choice(units=(theirs.unit_id,))
    with pytest.raises(actions.NothingChosen):
        actions.make_package(cast.office, abroad, choice=everybody, now=NOW)


def test_package_of_a_watcher_is_made_with_his_own_rights(cast: build.Cast, plan: Plan, store: Path) -> None:
    leader = build.actor(build.role_term(role=Role.GROUP_HEAD, organisation=cast.school))
    filed(plan, cast.school, "本县")
    job = packed(leader, plan)
    with opened(job, store) as package:
        assert [line[2] for line in contents(package)] == ["本县"]
    assert job.account_id == leader.account_id


def test_package_is_not_made_when_the_role_has_ended(cast: build.Cast, plan: Plan, store: Path) -> None:
    filed(plan, cast.school)
    job = actions.make_package(cast.office, plan, choice=ALL, now=NOW)
    RoleTerm.objects.filter(pk=cast.office.term_id).update(to_on=build.TODAY - timedelta(days=1))
    attempt(job)
    assert (job.state, job.result_file) == ("failed", "")
    assert job.message == "提交任务时使用的角色已经结束，任务没有继续处理。"
    assert list(store.rglob("*.zip")) == []


def test_package_is_not_made_of_what_is_not_seen_any_more(cast: build.Cast, plan: Plan, store: Path) -> None:
    report = filed(plan, cast.school)
    job = actions.make_package(cast.office, plan, choice=ALL, now=NOW)
    Report.objects.filter(pk=report.pk).update(state="sent_back")
    attempt(job)
    assert (job.state, job.message) == ("failed", "没有您能查看的、审核通过的填报，没有制作材料包。")
    Report.objects.filter(pk=report.pk).update(state="accepted")
    leader = build.actor(build.role_term(role=Role.GROUP_HEAD, organisation=cast.school))
    job = actions.make_package(leader, plan, choice=ALL, now=NOW)
    Plan.objects.filter(pk=plan.pk).update(state="draft", issued_on=None)
    attempt(job)
    assert (job.state, job.message) == ("failed", "方案已不在您的权限范围内，没有制作材料包。")
    assert list(store.rglob("*.zip")) == []


def test_package_goes_on_without_a_task_that_disappears_meanwhile(
    cast: build.Cast, plan: Plan, store: Path, monkeypatch: Any
) -> None:
    clause = planning.clause(plan=plan)
    rows = [filed(plan, cast.school, title, clause=clause) for title in ("先", "后")]
    put = kit_packing.Package.add_bytes

    def meanwhile(package: Any, name: str, data: bytes, **when: Any) -> None:
        Report.objects.filter(pk=rows[1].pk).update(state="sent_back")
        put(package, name, data, **when)

    monkeypatch.setattr(kit_packing.Package, "add_bytes", meanwhile)
    with opened(packed(cast.office, plan), store) as package:
        assert [line[2] for line in contents(package)] == ["先"]


def test_package_of_an_earlier_moment_stays_what_it_was(cast: build.Cast, plan: Plan, store: Path) -> None:
    report = filed(plan, cast.school)
    file = planning.evidence(report=report, data=b"evidence")
    before = packed(cast.office, plan)
    kept = (store / before.result_file).read_bytes()
    actions.pull_file(cast.liaison, report, file, reason="放错了", now=NOW)
    after = packed(cast.office, plan)
    assert after.pk != before.pk
    assert (store / before.result_file).read_bytes() == kept
    with opened(after, store) as package:
        assert contents(package)[1][6] == "缺失：已撤回（放错了）"


def test_package_is_made_anew_by_the_next_attempt(
    cast: build.Cast, plan: Plan, store: Path, monkeypatch: Any
) -> None:
    planning.evidence(report=filed(plan, cast.school), data=b"evidence")
    copy = kit_packing.Package.add_blob
    monkeypatch.setattr(kit_packing.Package, "add_blob", lambda *_args, **_options: 1 / 0)
    job = packed(cast.office, plan)
    assert (job.state, job.attempt) == ("waiting", 1)
    assert list(store.rglob("*.zip")) == []
    monkeypatch.setattr(kit_packing.Package, "add_blob", copy)
    Job.objects.filter(pk=job.pk).update(run_at=NOW - timedelta(days=900))
    attempt(job)
    with opened(job, store) as package:
        assert len(package.namelist()) == 3


def test_package_copies_many_and_large_files_in_batches(
    cast: build.Cast, plan: Plan, store: Path, monkeypatch: Any
) -> None:
    report = filed(plan, cast.school)
    for number in range(5):
        planning.evidence(report=report, data=f"{number}".encode() * 10)
    batches: list[int] = []
    put = packing.Packing.put

    def counted(made: Any, batch: list[Any]) -> None:
        batches.append(len(batch))
        put(made, batch)

    monkeypatch.setattr(packing.Packing, "put", counted)
    monkeypatch.setattr(packing, "MOST_FILES", 3)
    packed(cast.office, plan)
    monkeypatch.setattr(packing, "MOST_BYTES", 20)
    packed(cast.office, plan, queries.Choice(units=(cast.school.pk,)))
    assert batches == [3, 2, 2, 2, 1]


def test_make_package_refuses_when_nothing_is_chosen(cast: build.Cast, plan: Plan) -> None:
    planning.report(task=planning.task(plan=plan, lead_unit=cast.school, state="under_way"))
    entries = Entry.objects.count()
    with pytest.raises(actions.NothingChosen, match="没有审核通过的填报"):
        actions.make_package(cast.office, plan, choice=ALL, now=NOW)
    assert (Job.objects.count(), Entry.objects.count()) == (0, entries)


def test_make_package_twice_is_one_job_while_it_is_open(cast: build.Cast, plan: Plan) -> None:
    filed(plan, cast.school)
    first = actions.make_package(cast.office, plan, choice=ALL, now=NOW)
    assert actions.make_package(cast.office, plan, choice=ALL, now=NOW).pk == first.pk
    other = queries.Choice(units=(cast.school.pk,))
    assert actions.make_package(cast.office, plan, choice=other, now=NOW).pk != first.pk


def test_page_tells_how_much_is_chosen_before_it_starts(cast: build.Cast, plan: Plan) -> None:
    report = filed(plan, cast.school)
    planning.evidence(report=report, data=b"x" * 2048)
    planning.evidence(report=report, withdrawn_at=NOW, withdrawn_reason="放错了")
    filed(plan, cast.other_school)
    office, url = build.client(cast.office), reverse("plans:package", args=[plan.pk])
    page = office.get(url).content.decode()
    assert "2 项任务" in page
    assert "1 个文件，2.0 KB" in page
    assert "另有 1 个已撤回" in page
    asked = {"units": [cast.other_school.pk], "from_on": "", "to_on": ""}
    part = office.post(url, asked, headers={"HX-Request": "true", "HX-Target": "chosen"}).content.decode()
    assert part.lstrip().startswith("<footer")
    assert "1 项任务" in part
    assert "0 个文件，0 B" in part
    assert office.post(url, {**asked, "count": "1"}).status_code == 200
    assert Job.objects.count() == 0
    wrong = {"from_on": "2026-09-08", "to_on": "2026-09-01"}
    part = office.post(url, wrong, headers={"HX-Request": "true", "HX-Target": "chosen"}).content.decode()
    assert "请先改正上面的日期。" in part
    assert office.post(url, wrong).status_code == 422
    none = office.post(url, {"from_on": "2020-01-01", "to_on": "2020-01-02"})
    assert none.status_code == 422
    assert "没有审核通过的填报" in none.content.decode()
    assert Job.objects.count() == 0
    assert office.post(url, asked)["Location"] == reverse("downloads")
    assert Job.objects.count() == 1


def test_page_costs_the_same_for_one_and_for_three_reports(
    cast: build.Cast, plan: Plan, django_assert_num_queries: Any
) -> None:
    office, url = build.client(cast.office), reverse("plans:package", args=[plan.pk])
    filed(plan, cast.school)
    office.get(url)
    with django_assert_num_queries(QUERIES):
        office.get(url)
    for _more in range(2):
        planning.evidence(report=filed(plan, build.organisation(county=cast.county)))
    with django_assert_num_queries(QUERIES):
        office.get(url)


def test_package_is_for_the_office_and_those_who_watch(cast: build.Cast, plan: Plan) -> None:
    filed(plan, cast.school)
    url = reverse("plans:package", args=[plan.pk])
    leader = build.actor(build.role_term(role=Role.GROUP_HEAD, organisation=cast.school))
    answers = {name: build.client(actor).get(url).status_code for name, actor in cast.everybody.items()}
    assert answers == {
        "office": 200, "head": 404, "liaison": 404, "teacher": 404, "coordinator": 404, "stranger": 404,
    }  # fmt: skip
    assert build.client(leader).get(url).status_code == 200
    assert (
        reverse("plans:package", args=[plan.pk])
        in build.client(leader).get(reverse("plans:plan", args=[plan.pk])).content.decode()
    )
