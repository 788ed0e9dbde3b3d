"""The pages of the month: their queries do not grow with their rows, and what is typed comes through."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import build, dispatching, planning
from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.models import Cycle, Entry, EntryMilestone, Filing
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.models import Plan, Task
from xietong.kit.access.permissions import visible
from xietong.kit.approvals.models import Stage
from xietong.kit.files.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


@pytest.fixture
def office(cast: build.Cast) -> Client:
    return build.client(cast.office)


@pytest.fixture
def liaison(cast: build.Cast) -> Client:
    return build.client(cast.liaison)


def month(cast: build.Cast, plan: Plan, number: int, units: list[Organisation]) -> Cycle:
    """A month with a filing of each unit, and in each a task with a milestone, words and a correction."""
    row = dispatching.cycle(county=cast.county, month=date(2026, 9 - number, 1))
    for unit in units:
        filing = dispatching.under_review(cycle=row, unit=unit)
        clause = planning.clause(plan=plan, number=f"三(一)·{number}{unit.pk}")
        task = planning.task(plan=plan, lead_unit=unit, clause=clause, quantity=3, measure="次")
        entry = dispatching.entry(filing=filing, task=task, text="已开展。", problem="缺场地。")
        stone = planning.milestone(task=task, title=f"{number}{unit.pk}")
        EntryMilestone.objects.create(county=cast.county, entry=entry, milestone=stone, is_reached=True)
        dispatching.correction(entry=entry)
    return row


@pytest.mark.parametrize("today", [date(2026, 9, 28), date(2026, 9, 29)])
def test_the_list_counts_what_each_filing_says_of_itself(cast: build.Cast, today: date) -> None:
    row = dispatching.cycle(county=cast.county)
    late = build.NOW.replace(day=29)
    for fields in (
        {"state": "due"},
        {"state": "due", "due_on": date(2026, 10, 9)},
        {"state": "excused"},
        {"state": "submitted"},
        {"state": "sent_back", "first_at": late},
        {"state": "accepted", "first_at": late, "due_on": date(2026, 10, 9)},
    ):
        dispatching.filing(cycle=row, unit=build.organisation(county=cast.county), **fields)
    listed = queries.cycles(cast.office, today).get()
    judged = [one.course.punctuality(today).value for one in Filing.objects.all()]
    assert [getattr(listed, name) for name in queries.COUNTED] == [judged.count(name) for name in queries.COUNTED]
    waiting = Filing.objects.filter(queries.rows_of("waiting", today, path="")).count()
    assert waiting == judged.count("waiting")


LISTS = {
    "cycles": 10,
    "grid": 11,
    "still": 11,
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("n", [1, 3])
def test_lists_of_the_office_ask_the_same_for_one_and_three(
    cast: build.Cast, plan: Plan, office: Client, django_assert_num_queries: object, name: str, n: int
) -> None:
    units = [cast.school, cast.other_school, cast.university][:n]
    for number in range(n):
        month(cast, plan, number, units)
    for _ in range(n):
        planning.task(plan=plan, lead_unit=cast.school, issued_at=build.NOW.replace(year=2025))
    url = reverse(f"dispatch:{name}")
    office.get(url)
    with django_assert_num_queries(LISTS[name]):  # type: ignore[operator]
        assert office.get(url).status_code == 200


PAGES = {"cycle": 19, "entries": 14}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("n", [1, 3])
def test_pages_of_a_month_ask_the_same_for_one_and_three(
    cast: build.Cast, plan: Plan, office: Client, django_assert_num_queries: object, name: str, n: int
) -> None:
    row = month(cast, plan, 0, [cast.school, cast.other_school, cast.university][:n])
    url = reverse(f"dispatch:{name}", args=[row.pk])
    office.get(url)
    with django_assert_num_queries(PAGES[name]):  # type: ignore[operator]
        assert office.get(url).status_code == 200


FILINGS = {"filing": 18, "filing_write": 19}


@pytest.mark.parametrize("name", FILINGS)
@pytest.mark.parametrize("n", [1, 3])
def test_a_filing_asks_the_same_for_one_and_three_entries(
    cast: build.Cast, plan: Plan, liaison: Client, django_assert_num_queries: object, name: str, n: int
) -> None:
    row = dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.school)
    for number in range(n):
        task = planning.task(plan=plan, lead_unit=cast.school, number=f"{number}")
        planning.report(task=task, state="accepted")
        entry = dispatching.entry(filing=row, task=task)
        stone = planning.milestone(task=task)
        EntryMilestone.objects.create(county=cast.county, entry=entry, milestone=stone)
    url = reverse(f"dispatch:{name}", args=[row.pk])
    liaison.get(url)
    with django_assert_num_queries(FILINGS[name]):  # type: ignore[operator]
        assert liaison.get(url).status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_own_filings_ask_the_same_for_one_and_three(
    cast: build.Cast, plan: Plan, liaison: Client, django_assert_num_queries: object, n: int
) -> None:
    for number in range(n):
        month(cast, plan, number, [cast.school])
    url = reverse("dispatch:my_filings")
    liaison.get(url)
    with django_assert_num_queries(10):  # type: ignore[operator]
        assert liaison.get(url).status_code == 200


def test_a_school_sees_its_own_months_and_entries(cast: build.Cast, plan: Plan) -> None:
    mine, others = month(cast, plan, 0, [cast.school]), month(cast, plan, 1, [cast.other_school])
    assert list(visible(cast.liaison, access.VIEW_CYCLE)) == [mine]
    assert [one.filing.unit for one in visible(cast.liaison, access.VIEW_ENTRY)] == [cast.school]
    assert set(visible(cast.office, access.VIEW_CYCLE)) == {mine, others}
    assert not visible(cast.stranger, access.VIEW_CYCLE).exists()


@pytest.fixture
def entry(cast: build.Cast, plan: Plan) -> Entry:
    row = dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.school)
    task = planning.task(plan=plan, lead_unit=cast.school, number="1", quantity=9, measure="次")
    return dispatching.entry(filing=row, task=task)


def typed(entry: Entry, **fields: str) -> dict[str, str]:
    return {"version": "1", **{f"e{entry.pk}-{name}": value for name, value in fields.items()}}


def test_what_is_typed_is_saved_by_itself(liaison: Client, entry: Entry) -> None:
    url = reverse("dispatch:filing_keep", args=[entry.filing_id])
    answer = liaison.post(url, typed(entry, text="一半", quantity="4"), headers={"HX-Request": "true"})
    entry.refresh_from_db()
    assert (entry.text, entry.quantity) == ("一半", 4)
    assert 'value="2" hx-swap-oob="true"' in answer.content.decode()
    again = liaison.post(url, typed(entry, text="别的"), headers={"HX-Request": "true"})
    assert "刚刚在别处保存过" in again.content.decode()
    entry.refresh_from_db()
    assert entry.text == "一半"


def test_a_button_saves_where_the_browser_does_not(liaison: Client, entry: Entry) -> None:
    url = reverse("dispatch:filing_keep", args=[entry.filing_id])
    assert liaison.post(url, typed(entry, text="一半")).status_code == 302
    refused = liaison.post(url, typed(entry, text="别的"), follow=True)
    assert "刚刚在别处保存过" in refused.content.decode()
    faulty = liaison.post(url, typed(entry, text="别的") | {"version": ""}, follow=True)
    assert "还没有保存" in faulty.content.decode()
    entry.refresh_from_db()
    assert entry.text == "一半"


def test_a_filing_is_submitted_from_its_page(liaison: Client, entry: Entry, cast: build.Cast) -> None:
    url = reverse("dispatch:filing_write", args=[entry.filing_id])
    empty = liaison.post(url, typed(entry))
    assert (empty.status_code, "还有 1 项没有填写" in empty.content.decode()) == (422, True)
    long = liaison.post(url, typed(entry, text="长" * 2001))
    assert (long.status_code, Filing.objects.get().state) == (422, "due")
    sent = liaison.post(url, typed(entry, text="已开展。"), follow=True)
    assert "已报送" in sent.content.decode()
    assert (Filing.objects.get().state, Stage.objects.filter(state="open").get().role) == ("submitted", "school_head")


def test_somebody_else_saved_meanwhile(liaison: Client, entry: Entry) -> None:
    Filing.objects.update(version=5)
    sent = liaison.post(
        reverse("dispatch:filing_write", args=[entry.filing_id]), typed(entry, text="好"), follow=True
    )
    assert "刚刚在别处保存过" in sent.content.decode()
    assert Filing.objects.get().state == "due"


def test_a_route_without_anybody_is_told_on_the_page(cast: build.Cast, plan: Plan) -> None:
    clerk = build.client(build.player("钱多多", "school_liaison", cast.other_school))
    row = dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.other_school)
    answer = clerk.post(reverse("dispatch:filing_write", args=[row.pk]), {"version": "1"})
    assert (answer.status_code, "校长审签" in answer.content.decode()) == (422, True)
    assert Filing.objects.get().state == "due"


def test_the_office_sees_what_it_is_about_to_ask_and_opens(cast: build.Cast, plan: Plan, office: Client) -> None:
    planning.task(plan=plan, lead_unit=cast.school, due_on=date(2026, 9, 1))
    url = reverse("dispatch:month_open")
    page = office.get(url).content.decode()
    assert "将向 1 个单位要 1 项文字" in page
    assert 'value="2026-09-28"' in page
    office.post(url, {"due_on": "2026-09-28"})
    assert Cycle.objects.get().state == "opening"


def test_bulk_agreeing_and_reminding_tell_how_many(cast: build.Cast, plan: Plan, office: Client) -> None:
    row = month(cast, plan, 0, [cast.school])
    waiting = dispatching.filing(cycle=row, unit=cast.other_school)
    both = {"pk": [str(one.pk) for one in Filing.objects.all()]}
    agreed = office.post(reverse("dispatch:filings_agree", args=[row.pk]), both, follow=True).content.decode()
    assert ("已通过 1 份" in agreed, "1 份现在不待您审核" in agreed) == (True, True)
    reminded = office.post(reverse("dispatch:remind", args=[row.pk]), {"pk": str(waiting.pk)}, follow=True)
    assert "已催报 1 个单位" in reminded.content.decode()


@pytest.mark.parametrize(("answer", "state"), [("grant", "granted"), ("refuse", "refused")])
def test_the_office_answers_a_later_day(
    cast: build.Cast, entry: Entry, office: Client, answer: str, state: str
) -> None:
    asked = dispatching.filing_extension(filing=entry.filing)
    office.post(reverse("dispatch:extension_answer", args=[asked.pk]), {"answer": answer, "opinion": ""})
    asked.refresh_from_db()
    assert asked.state == state


def test_what_stands_still_is_what_nobody_spoke_of(cast: build.Cast, plan: Plan) -> None:
    long_ago = build.NOW.replace(year=2025)
    still = planning.task(plan=plan, lead_unit=cast.school, title="没人说", issued_at=long_ago)
    told = planning.task(plan=plan, lead_unit=cast.school, title="报过", issued_at=long_ago)
    planning.report(task=told)
    filed = planning.task(plan=plan, lead_unit=cast.school, title="月报里说过", issued_at=long_ago)
    row = dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.school, state="submitted")
    dispatching.entry(filing=row, task=filed, text="说了。")
    planning.task(plan=plan, lead_unit=cast.school, title="刚下达", issued_at=build.NOW)
    assert list(queries.still_tasks(cast.office, build.TODAY)) == [still]


def test_a_photograph_hangs_on_its_entry(liaison: Client, entry: Entry) -> None:
    file = SimpleUploadedFile("签到.txt", "签到".encode(), "text/plain")
    data = typed(entry, text="好。") | {f"files-{entry.pk}": file}
    liaison.post(reverse("dispatch:filing_write", args=[entry.filing_id]), data)
    assert [(one.owner_type, one.owner_id) for one in Attachment.objects.all()] == [(queries.ENTRY_OWNER, entry.pk)]
    assert Task.objects.get().state == "issued"
