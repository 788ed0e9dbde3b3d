"""The published plan read into a draft, and a file that cannot be read."""

from datetime import date
from pathlib import Path

import pytest

import xietong.areas.plans
from tests import build
from xietong.areas.plans import actions
from xietong.areas.plans.models import Clause, Plan, Task
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db
SEED = Path(xietong.areas.plans.__file__).parent / "data" / "anyi.txt"


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def test_import_plan_reads_chapters_phases_and_tasks(cast: build.Cast) -> None:
    plan = actions.import_plan(cast.office, data=SEED.read_bytes(), name="方案.txt", now=build.NOW)
    chapters = plan.clauses.filter(parent=None).order_by("order")
    assert (plan.county, plan.state, plan.source_name) == (cast.county, Plan.State.DRAFT, "方案.txt")
    assert plan.title.endswith("行动方案")
    assert [one.label for one in chapters] == ["一、", "二、", "三、", "四、", "五、"]
    assert plan.phases.count() == 3
    assert plan.tasks.count() == Task.objects.filter(state="draft", county=cast.county).count() == 37
    assert Entry.objects.get().action == "plans.import_plan"


def test_import_plan_keeps_the_text_and_every_clause_in_its_place(cast: build.Cast) -> None:
    plan = actions.import_plan(cast.office, data=SEED.read_bytes(), name="方案.txt", now=build.NOW)
    for clause in plan.clauses.exclude(heading=""):
        assert clause.heading[:10] in plan.source_text[clause.start : clause.end]
    assert Clause.objects.exclude(county=cast.county).count() == 0


def test_import_plan_knows_the_registered_organisations(cast: build.Cast) -> None:
    finance = build.organisation(county=cast.county, kind="member_unit", name="县财政局", short_name="县财政局")
    foreign = build.organisation(county=cast.next_county, kind="member_unit", name="县财政局", short_name="县财政局")
    text = "提质行动方案\n一、工作任务\n（一）落实经费。责任单位：县财政局。2026年12月31日前完成。\n"
    plan = actions.import_plan(cast.office, data=text.encode(), name="短方案.txt", now=build.NOW)
    leads = set(plan.tasks.values_list("lead_unit_id", flat=True))
    assert foreign.pk not in leads
    assert leads == {finance.pk}


def test_import_plan_names_the_organisations_of_the_seed(cast: build.Cast) -> None:
    plan = actions.import_plan(cast.office, data=SEED.read_bytes(), name="方案.txt", now=build.NOW)
    named = {name for clause in plan.clauses.all() for name in clause.named}
    assert "安义县第三小学" in named or "安义三小" in named


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"\x00\x01\x02" * 500, "方案.txt"), (b"PK\x03\x04 no package", "方案.docx"), (b"", "方案.txt")],
)
def test_import_plan_of_an_unreadable_file_leaves_nothing(cast: build.Cast, data: bytes, name: str) -> None:
    with pytest.raises(Refused):
        actions.import_plan(cast.office, data=data, name=name, now=build.NOW)
    assert (Plan.objects.count(), Entry.objects.count()) == (0, 0)


def test_import_plan_tells_what_it_left_out_and_put_together(cast: build.Cast) -> None:
    file = Path(__file__).parent / "corpus" / "hard-breaks.txt"

    plan = actions.import_plan(cast.office, data=file.read_bytes(), name="方案.txt", now=build.NOW)

    said = [one["sentence"] % one["values"] for one in plan.warnings]
    assert said[0].endswith("3 处：— 1 —；— 2 —；第 3 页 共 3 页")
    assert said[1].startswith("有 7 处句子被换行断开")
    assert "2024年12月底前" in plan.source_text


def test_import_plan_takes_the_goals_with_figure_and_day(cast: build.Cast) -> None:
    goals = "到2026年，新增学位不少于900个，质量明显提升，差距缩小2个百分点。"
    text = f"某方案\n一、工作目标\n{goals}\n二、工作任务\n1.年底前建校。\n"

    plan = actions.import_plan(cast.office, data=text.encode(), name="方案.txt", now=build.NOW)

    found = plan.objectives.order_by("order").values_list("title", "comparison", "target", "unit", "due_on")
    assert list(found) == [
        ("新增学位不少于900个", "at_least", 900, "个", date(2026, 12, 31)),
        ("质量明显提升", "", None, "", date(2026, 12, 31)),
        ("差距缩小2个百分点", "", 2, "个百分点", date(2026, 12, 31)),
    ]
    meanings = plan.findings.filter(kind="objective").order_by("start").values_list("meaning", flat=True)
    assert list(meanings) == ["≥900个", "", "−2个百分点"]
    days = plan.findings.filter(kind="date").order_by("start").values_list("text", "meaning")
    assert list(days) == [("到2026年", "2026-01-01 — 2026-12-31"), ("年底前", "")]


def test_import_plan_takes_the_rows_of_a_table_and_the_frame_asks_nothing(cast: build.Cast) -> None:
    file = Path(__file__).parent / "corpus" / "notice-attached.txt"

    plan = actions.import_plan(cast.office, data=file.read_bytes(), name="通知.txt", now=build.NOW)

    rows = list(plan.tasks.filter(number__startswith="附件1").order_by("number").values_list("title", "due_on"))
    assert rows == [
        ("新建改扩建学校6所", date(2026, 12, 31)),
        ("新增学位3000个以上", date(2026, 8, 31)),
        ("推进交流轮岗", None),
    ]
    signed = plan.sentences.filter(is_heading=True)
    assert {"云岭县人民政府办公室", "2024年4月12日"} <= {one.text for one in signed}


def test_import_plan_takes_a_table_without_any_clause(cast: build.Cast) -> None:
    file = Path(__file__).parent / "corpus" / "table-pages.txt"

    plan = actions.import_plan(cast.office, data=file.read_bytes(), name="清单.txt", now=build.NOW)

    found = plan.tasks.order_by("number").values_list("number", "title", "clause")
    assert list(found) == [
        ("表-1", "控辍保学", None),
        ("表-2", "教师培训", None),
        ("表-3", "校园安全", None),
        ("表-4", "食品安全", None),
    ]
    assert all(task.sources.exists() for task in plan.tasks.all())
