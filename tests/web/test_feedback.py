"""投诉建议: said to whoever holds the role, with or without a name; answered once; nobody else reads it."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.people.models import RoleTerm
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.feedback.models import Feedback
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
TEXT = "同一张表两个股室各要了一次。"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def inspector(cast: build.Cast) -> Actor:
    return build.player("督学甲", Role.INSPECTOR, build.organisation(county=cast.county, kind=OrgKind.BUREAU))


def say(actor: Actor, to: str, **fields: Any) -> Any:
    data = {"addressee": to, "kind": "burden", "text": TEXT} | fields
    return build.client(actor).post(reverse("feedback"), data)


def word(cast: build.Cast, *, to: str = Role.OFFICE, **fields: Any) -> Feedback:
    fields = {"author": "一小 李兰", "kind": "fault", "text": TEXT, "at": build.NOW} | fields
    return Feedback.objects.create(
        county_id=cast.county.pk, account_id=cast.teacher.account_id, addressee=to, **fields
    )


def reply(actor: Actor, row: Feedback, answer: str) -> Any:
    return build.client(actor).post(reverse("feedback_answer", args=[row.pk]), {"answer": answer})


def test_feedback_reaches_the_office_and_nobody_else(cast: build.Cast, inspector: Actor) -> None:
    response = say(cast.teacher, f"{cast.county.pk}:office")
    assert response.status_code == 302
    row = Feedback.objects.get()
    assert (row.author, row.addressee, row.kind, row.text) == ("一小 李兰", "office", "burden", TEXT)
    assert list(Notice.objects.values_list("account_id", flat=True)) == [cast.office.account_id]
    page = reverse("feedback_received")
    assert TEXT in build.client(cast.office).get(page).content.decode()
    assert TEXT not in build.client(inspector).get(page).content.decode()
    assert build.client(inspector).get(reverse("feedback_received_one", args=[row.pk])).status_code == 404


def test_feedback_without_a_name_shows_none(cast: build.Cast, inspector: Actor) -> None:
    say(cast.teacher, f"{cast.county.pk}:inspector", is_anonymous="on")
    row = Feedback.objects.get()
    assert (row.author, row.account_id) == ("", cast.teacher.account_id)
    client = build.client(inspector)
    for url in (reverse("feedback_received"), reverse("feedback_received_one", args=[row.pk]), reverse("home")):
        shown = client.get(url).content.decode()
        assert "匿名" in shown
        assert "李兰" not in shown


def test_feedback_is_masked_in_the_audit(cast: build.Cast) -> None:
    say(cast.teacher, f"{cast.county.pk}:office")
    entry = Entry.objects.get(action="feedback.send")
    assert entry.changes["text"][1]["masked"] == "***"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, "这个字段是必填项。"),
        ({"addressee": "1:teacher"}, "选择一个有效的选项"),
        ({"kind": "praise"}, "选择一个有效的选项"),
    ],
)
def test_feedback_that_cannot_be_sent_is_kept_on_the_form(
    cast: build.Cast, fields: dict[str, str], said: str
) -> None:
    response = say(cast.teacher, f"{cast.county.pk}:office", **fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert (Feedback.objects.count(), Notice.objects.count()) == (0, 0)


def test_feedback_goes_to_no_other_county(cast: build.Cast) -> None:
    response = say(cast.teacher, f"{cast.next_county.pk}:office")
    assert response.status_code == 422
    assert Feedback.objects.count() == 0


def test_university_turns_to_the_county_of_its_agreement(cast: build.Cast) -> None:
    assert say(cast.coordinator, f"{cast.county.pk}:office").status_code == 302
    assert Feedback.objects.get().county_id == cast.county.pk


def test_page_says_where_to_turn_when_nobody_would_read_it(cast: build.Cast) -> None:
    lonely = build.player("孤", Role.TEACHER, build.organisation(county=build.county(code="999903", name="远山县")))
    shown = build.client(lonely).get(reverse("feedback")).content.decode()
    assert "暂时没有可以送达的收件人" in shown
    assert "<textarea" not in shown


def test_observer_is_offered_no_county(cast: build.Cast) -> None:
    province = build.organisation(kind=OrgKind.PROVINCE, name="云江省教育厅", aliases=["云江省"])
    observer = build.player("叶", Role.PROVINCE_OBSERVER, province)
    assert cast.county.pk in observer.counties
    assert "暂时没有可以送达的收件人" in build.client(observer).get(reverse("feedback")).content.decode()


def test_answer_is_told_to_whoever_asked_and_only_once(cast: build.Cast) -> None:
    row = word(cast)
    assert reply(cast.office, row, "已合并为一张表。").status_code == 302
    assert reply(cast.office, row, "再答一次").status_code == 403
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("已合并为一张表。", cast.office.label)
    assert list(Notice.objects.values_list("account_id", "title")) == [
        (cast.teacher.account_id, "您反映的情况有了答复")
    ]
    assert "已合并为一张表。" in build.client(cast.teacher).get(reverse("feedback")).content.decode()


def test_answer_without_text_is_refused(cast: build.Cast) -> None:
    row = word(cast)
    assert reply(cast.office, row, " ").status_code == 422
    row.refresh_from_db()
    assert (row.answer, row.answered_at, Notice.objects.count()) == ("", None, 0)


def test_word_waits_on_the_workbench_until_it_is_answered(cast: build.Cast) -> None:
    row = word(cast)
    client = build.client(cast.office)
    link = reverse("feedback_received_one", args=[row.pk])
    assert link in client.get(reverse("home")).content.decode()
    client.post(reverse("feedback_answer", args=[row.pk]), {"answer": "好"})
    assert link not in client.get(reverse("home")).content.decode()


def test_received_list_begins_with_what_waits(cast: build.Cast) -> None:
    answer = {"answer": "好", "answered_by": "办公室", "answered_at": build.NOW}
    word(cast, text="已经答复的", **answer)
    word(cast, text="还在等的")
    shown = build.client(cast.office).get(reverse("feedback_received")).content.decode()
    assert shown.index("还在等的") < shown.index("已经答复的")


def test_feedback_reaches_the_deputy_of_the_office(cast: build.Cast) -> None:
    deputy = build.person(county=cast.county)
    build.account(person=deputy)
    build.deputy(term=RoleTerm.objects.get(pk=cast.office.term_id), person=deputy)
    say(cast.teacher, f"{cast.county.pk}:office")
    told = set(Notice.objects.values_list("account_id", flat=True))
    assert told == {cast.office.account_id, deputy.account_id}


@pytest.mark.parametrize("rows", [1, 3])
def test_received_list_takes_the_same_queries_for_any_number(
    cast: build.Cast, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        word(cast, text=f"{TEXT}{number}")
    client = build.client(cast.office)
    with django_assert_num_queries(13):
        shown = client.get(reverse("feedback_received")).content.decode()
    assert shown.count(TEXT) == rows
