"""A text of rules from its name to its end: drafted, commented on, approved, in force, taken note of, repealed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, mechanisms, planning
from xietong.areas.mechanisms import actions, queries
from xietong.areas.mechanisms.models import Edition, Mechanism, Opinion, Receipt
from xietong.areas.orgs.models import OrgKind, Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.queries import course, latest
from xietong.kit.errors import Refused, Stale
from xietong.kit.files.queries import attachments
from xietong.kit.notices.models import Notice
from xietong.kit.pages.panels import todos_of

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
SOON = TODAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def row(cast: build.Cast) -> Mechanism:
    return mechanisms.mechanism(county=cast.county, title="专家进校服务机制")


@pytest.fixture
def signers(cast: build.Cast) -> list[Actor]:
    place = build.organisation(county=cast.county, kind=OrgKind.SECTION, name="基教股")
    return [build.player("罗安", Role.SECTION_HEAD, place), build.player("郑远", Role.BUREAU_LEADER, place)]


def state(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).state


def sign(signers: list[Actor], edition: Edition) -> None:
    for actor in signers:
        found = latest("mechanisms.edition", edition.pk)
        assert found is not None
        stage = course(found).open_stage
        assert stage is not None
        approvals.agree(actor, stage, now=NOW)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def labels(actor: Actor) -> list[str]:
    return [todo.label for _actor, todo in todos_of([actor], TODAY)]


def test_a_text_goes_from_its_name_into_force_and_is_taken_note_of(cast: build.Cast, signers: list[Actor]) -> None:
    row = actions.add_mechanism(cast.office, title=" 经费保障机制 ", kind="mechanism", basis="五(二)", now=NOW)
    assert (row.title, row.order) == ("经费保障机制", 1)
    edition = actions.begin_edition(cast.office, row, now=NOW)
    for early in (
        actions.submit_edition,
        lambda *a, **k: actions.open_round(*a, units=[cast.school], comment_by=SOON, **k),
    ):
        with pytest.raises(actions.NoText):
            early(cast.office, edition, now=NOW)
    edition = actions.change_edition(cast.office, edition, version=1, text=" 第一条 经费。 ", now=NOW)
    actions.open_round(cast.office, edition, units=[cast.school, cast.university], comment_by=SOON, now=NOW)
    assert (state(edition), labels(cast.liaison), labels(cast.coordinator)) == (
        "consulting", ["制度征求意见"], ["制度征求意见"],
    )  # fmt: skip

    said = edition.opinions.get(unit=cast.school)
    actions.give_opinion(cast.liaison, said, text=" 请写明数额。 ", now=NOW)
    assert (labels(cast.liaison), labels(cast.office)) == ([], ["制度意见待处理"])
    with pytest.raises(actions.NotAllAnswered, match="还有 1 条"):
        actions.close_round(cast.office, edition, now=NOW)
    said.refresh_from_db()
    with pytest.raises(Refused, match="须说明理由"):
        actions.answer_opinion(cast.office, said, version=said.version, verdict="rejected", now=NOW)
    actions.answer_opinion(cast.office, said, version=said.version, verdict="adopted", now=NOW)
    actions.close_round(cast.office, edition, now=NOW)
    assert state(edition) == "draft"

    actions.submit_edition(cast.office, edition, now=NOW)
    with pytest.raises(actions.WrongState, match="审批中"):
        actions.change_edition(cast.office, edition, version=edition.version, text="改", now=NOW)
    sign(signers, edition)
    assert (state(edition), labels(cast.office)) == ("approved", ["制度待印发"])
    units = [cast.school, cast.other_school]
    done = actions.enact(
        cast.office, edition, in_force_from=TODAY, document_no="演示字〔2026〕9号", units=units, now=NOW
    )
    assert (done.state, done.in_force_from, labels(cast.liaison)) == ("enacted", TODAY, ["制度待签收"])
    mine = Receipt.objects.get(unit=cast.school)
    actions.receive(cast.liaison, mine, now=NOW)
    with pytest.raises(actions.WrongState, match="已经签收"):
        actions.receive(cast.head, mine, now=NOW)
    Notice.objects.all().delete()
    assert actions.remind(cast.office, edition, now=NOW) == 1
    (shown,) = queries.mechanisms(cast.office, TODAY)
    assert (shown.since, shown.asked, shown.received, shown.prepared) == (TODAY, 2, 1, None)


def test_a_second_round_asks_anew_and_leaves_the_first_as_it_was(cast: build.Cast, row: Mechanism) -> None:
    edition = mechanisms.edition(mechanism=row)
    for _round in range(2):
        actions.open_round(cast.office, edition, units=[cast.school], comment_by=SOON, now=NOW)
        assert labels(cast.liaison) == ["制度征求意见"]
        asked = edition.opinions.latest("round")
        actions.give_opinion(cast.liaison, asked, text=f"第{asked.round}轮的话。", now=NOW)
        asked.refresh_from_db()
        actions.answer_opinion(cast.office, asked, version=asked.version, verdict="adopted", now=NOW)
        actions.close_round(cast.office, edition, now=NOW)
    assert list(edition.opinions.order_by("round").values_list("round", "text")) == [
        (1, "第1轮的话。"), (2, "第2轮的话。"),
    ]  # fmt: skip
    Edition.objects.update(state="consulting")
    first = edition.opinions.get(round=1)
    for deed in (
        lambda: actions.give_opinion(cast.liaison, first, text="再说。", now=NOW),
        lambda: actions.answer_opinion(cast.office, first, version=first.version, verdict="adopted", now=NOW),
    ):
        with pytest.raises(actions.WrongState, match="这一轮征求意见已经结束"):
            deed()
    assert edition.opinions.get(round=1).text == "第1轮的话。"
    shown = text(build.client(cast.liaison).get(reverse("mechanisms:edition", args=[edition.pk])))
    assert ("第 1 轮" in shown, reverse("mechanisms:opinion_give", args=[first.pk]) in shown) == (True, False)


def test_a_new_edition_ends_the_one_before_on_the_day_before(cast: build.Cast, row: Mechanism) -> None:
    first = mechanisms.edition(mechanism=row, state="enacted", in_force_from=date(2026, 1, 1))
    mechanisms.receipt(edition=first, unit=cast.school)
    second = actions.begin_edition(cast.office, row, now=NOW)
    assert (second.number, second.text) == (2, first.text)
    with pytest.raises(actions.WrongState, match="已经有一个版本"):
        actions.begin_edition(cast.office, row, now=NOW)
    Edition.objects.filter(pk=second.pk).update(state="approved", text="第一条 每月例会。\n第三条 附则。")
    with pytest.raises(actions.BadDay, match="2026-01-01"):
        actions.enact(cast.office, second, in_force_from=date(2026, 1, 1), now=NOW)
    assert (state(second), Edition.objects.get(pk=first.pk).in_force_to) == ("approved", None)
    assert queries.units_asked_before(second) == [cast.school]
    actions.enact(cast.office, second, in_force_from=SOON, now=NOW)
    first.refresh_from_db()
    assert first.in_force_to == SOON - timedelta(days=1)
    for day, current in ((TODAY, first), (SOON, second)):
        assert queries.mechanism_page(cast.liaison, row.pk, day).current == current
    shown = text(build.client(cast.liaison).get(reverse("mechanisms:compare", args=[second.pk])))
    assert "<del>第二条 各校参加。</del>" in shown
    assert "<ins>第三条 附则。</ins>" in shown


def test_a_text_is_repealed_from_a_day_with_a_reason(cast: build.Cast, row: Mechanism) -> None:
    edition = mechanisms.edition(mechanism=row, state="enacted", in_force_from=TODAY)
    with pytest.raises(actions.BadDay):
        actions.repeal(cast.office, edition, in_force_to=TODAY - timedelta(days=1), end_reason="并入他项", now=NOW)
    actions.repeal(cast.office, edition, in_force_to=TODAY, end_reason="并入他项", now=NOW)
    with pytest.raises(actions.WrongState, match="已经写明失效日期"):
        actions.repeal(cast.office, edition, in_force_to=SOON, end_reason="再来", now=NOW)
    assert queries.mechanism_page(cast.office, row.pk, SOON).current is None


def test_an_approval_that_is_sent_back_makes_it_a_draft_again(
    cast: build.Cast, row: Mechanism, signers: list[Actor]
) -> None:
    edition = mechanisms.edition(mechanism=row)
    actions.submit_edition(cast.office, edition, now=NOW)
    found = latest("mechanisms.edition", edition.pk)
    assert found is not None
    stage = course(found).open_stage
    assert stage is not None
    approvals.send_back(signers[0], stage, opinion="请补经费来源。", now=NOW)
    assert state(edition) == "draft"
    Edition.objects.update(state="approved")
    actions.reopen_edition(cast.office, edition, reason="有笔误", now=NOW)
    assert state(edition) == "draft"
    with pytest.raises(actions.WrongState):
        actions.enact(cast.office, edition, in_force_from=TODAY, now=NOW)


def test_words_come_from_a_file_which_is_kept(cast: build.Cast, row: Mechanism) -> None:
    edition = mechanisms.edition(mechanism=row, text="")
    client = build.client(cast.office)
    url = reverse("mechanisms:edition_change", args=[edition.pk])
    assert "请填写正文" in text(client.post(url, {"version": 1, "text": ""}), 422)
    file = SimpleUploadedFile("机制.txt", "第一条 进校。\n第二条 服务。".encode())
    assert client.post(url, {"version": 1, "text": "", "file": file}).status_code == 302
    edition.refresh_from_db()
    assert edition.text == "第一条 进校。\n第二条 服务。"
    assert [one.name for one in attachments("mechanisms.edition", [edition.pk])[edition.pk]] == ["机制.txt"]
    assert client.post(url, {"version": 1, "text": "旧稿"}).status_code == 409
    with pytest.raises(Stale):
        actions.change_edition(cast.office, edition, version=1, text="旧稿", now=NOW)


@pytest.mark.parametrize(
    ("units", "day", "said"), [(0, SOON, "至少选择一个"), (1, TODAY - timedelta(days=1), "已经过去")]
)
def test_a_round_needs_units_and_a_day_to_come(
    cast: build.Cast, row: Mechanism, units: int, day: date, said: str
) -> None:
    edition = mechanisms.edition(mechanism=row)
    with pytest.raises(actions.BadRound, match=said):
        actions.open_round(cast.office, edition, units=[cast.school][:units], comment_by=day, now=NOW)
    assert (state(edition), Opinion.objects.count()) == ("draft", 0)


def test_a_name_is_taken_once_in_a_county(cast: build.Cast, row: Mechanism) -> None:
    with pytest.raises(Refused, match="已经有同名的制度"):
        actions.add_mechanism(cast.office, title=row.title, kind="other", now=NOW)
    changed = actions.change_mechanism(cast.office, row, version=1, title="经费机制", kind="other", basis="", now=NOW)
    assert changed.kind == "other"


def test_pages_lead_the_office_and_a_unit_through_a_round(cast: build.Cast) -> None:
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    shown = text(office.get(reverse("mechanisms:mechanisms")))
    assert ("还没有登记配套制度" in shown, reverse("mechanisms:add") in shown) == (True, True)
    fields = {"title": "激励机制", "kind": "mechanism", "basis": "五(二)"}
    made = office.post(reverse("mechanisms:add"), fields)
    row = Mechanism.objects.get()
    assert made["Location"] == reverse("mechanisms:mechanism", args=[row.pk])
    assert "点“起草”" in text(office.get(made["Location"]))
    assert liaison.get(made["Location"]).status_code == 404
    changed = fields | {"title": "教师激励机制", "version": 1}
    assert office.post(reverse("mechanisms:change", args=[row.pk]), changed).status_code == 302
    begun = office.post(reverse("mechanisms:edition_begin", args=[row.pk]))
    edition = Edition.objects.get()
    assert office.post(begun["Location"], {"version": 1, "text": "第一条 激励。"}).status_code == 302
    asked = {"comment_by": SOON.isoformat(), "units": [cast.school.pk]}
    assert office.post(reverse("mechanisms:round_open", args=[edition.pk]), asked).status_code == 302
    page = reverse("mechanisms:edition", args=[edition.pk])
    opinion = Opinion.objects.get()
    assert Notice.objects.filter(account_id=cast.liaison.account_id, url=page).exists()
    give = reverse("mechanisms:opinion_give", args=[opinion.pk])
    assert give in text(liaison.get(page))
    assert liaison.post(give, {"text": "请写明条件。"}).status_code == 302
    judge = reverse("mechanisms:opinion_answer", args=[opinion.pk])
    assert judge in text(office.get(page))
    verdict = {"verdict": "partly", "answer": "", "version": 2}
    assert "须说明理由" in text(office.post(judge, verdict), 422)
    assert office.post(judge, verdict | {"answer": "另行规定"}).status_code == 302
    assert "另行规定" in text(liaison.get(page))
    assert office.post(reverse("mechanisms:round_close", args=[edition.pk])).status_code == 302
    assert "目前没有人担任" in text(office.post(reverse("mechanisms:submit", args=[edition.pk])), 422)
    assert state(edition) == "draft"


def test_pages_enact_receive_remind_and_repeal(cast: build.Cast, row: Mechanism) -> None:
    edition = mechanisms.edition(mechanism=row, state="approved")
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    reopen, enact = (reverse(f"mechanisms:{name}", args=[edition.pk]) for name in ("reopen", "enact"))
    page = reverse("mechanisms:edition", args=[edition.pk])
    assert liaison.get(page).status_code == 404
    assert "退回修改" in text(office.get(reopen))
    fields = {"in_force_from": TODAY.isoformat(), "document_no": "", "units": [cast.school.pk]}
    assert office.post(enact, fields).status_code == 302
    receipt = Receipt.objects.get()
    receive = reverse("mechanisms:receive", args=[receipt.pk])
    assert receive in text(liaison.get(page))
    assert build.client(cast.coordinator).post(receive).status_code == 404
    assert office.post(reverse("mechanisms:remind", args=[edition.pk])).status_code == 302
    assert liaison.post(receive).status_code == 302
    assert receive not in text(liaison.get(page))
    ended = {"in_force_to": SOON.isoformat(), "end_reason": "并入他项"}
    assert office.post(reverse("mechanisms:repeal", args=[edition.pk]), ended).status_code == 302
    assert "并入他项" in text(liaison.get(page))
    assert build.client(cast.stranger).get(page).status_code == 404


def test_a_text_is_found_by_its_words_and_by_how_it_stands(cast: build.Cast, row: Mechanism) -> None:
    mechanisms.edition(mechanism=row, state="enacted", text="专家每月进校两天。")
    drafted = mechanisms.mechanism(county=cast.county, title="激励机制")
    mechanisms.edition(mechanism=drafted, text="专家补贴。")
    mechanisms.mechanism(county=cast.county, title="音体美考核办法")
    client, url = build.client(cast.office), reverse("mechanisms:mechanisms")
    for query, names in (
        ({"q": "进校两天"}, {"专家进校服务机制"}),
        ({"q": "补贴"}, set()),
        ({"standing": "in_force"}, {"专家进校服务机制"}),
        ({"standing": "prepared"}, {"激励机制"}),
        ({"standing": "none"}, {"音体美考核办法"}),
        ({"standing": "x"}, set()),
    ):
        shown = text(client.get(url, query))
        assert {name for name in ("专家进校服务机制", "激励机制", "音体美考核办法") if f">{name}<" in shown} == names
    assert b"".join(client.get(url, {"export": "xlsx"}).streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(("role", "n"), [("office", 10), ("liaison", 10)])
def test_the_list_costs_the_same_for_one_text_and_three(
    cast: build.Cast, role: str, n: int, django_assert_num_queries: Any
) -> None:
    client = build.client(getattr(cast, role))
    client.get(reverse("account"))
    for number in (1, 3):
        while Mechanism.objects.count() < number:
            made = mechanisms.edition(mechanism=mechanisms.mechanism(county=cast.county), state="enacted")
            mechanisms.receipt(edition=made, unit=cast.other_school)
        with django_assert_num_queries(n):
            client.get(reverse("mechanisms:mechanisms"))
