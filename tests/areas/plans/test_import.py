"""The published plan read into a draft, and a file that cannot be read."""

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
