"""The pages from outside: each opens for whom it is meant, and does its one thing."""

from typing import Any

import pytest

from tests import build
from xietong.areas.people.models import Appointment, Deputy, Handover, Invitation, Person, RoleTerm, Seat, Transfer
from xietong.kit.accounts.models import Account

pytestmark = pytest.mark.django_db

DAY = build.TODAY.isoformat()


@pytest.fixture
def cast() -> build.Cast:
    cast = build.cast()
    build.leading_group(county=cast.county)
    return cast


@pytest.fixture
def office(cast: build.Cast) -> Any:
    return build.client(cast.office)


@pytest.fixture
def person(cast: build.Cast) -> Person:
    row = build.person(county=cast.county, name="赵敏", identity=build.identity_number(77), phone="13900000077")
    build.appointment(person=row, organisation=cast.school)
    return row


def test_register_leads_to_the_post(cast: build.Cast, office: Any) -> None:
    answer = office.post("/people/new/", {"name": "钱多", "sex": "9", "staff_no": "88"})

    row = Person.objects.get(name="钱多")
    assert (answer.status_code, answer.url) == (302, f"/people/{row.pk}/appoint/")
    answer = office.post(
        answer.url, {"organisation": cast.school.pk, "post": "数学教师", "kind": "established", "from_on": DAY}
    )
    assert (answer.status_code, answer.url) == (302, f"/people/{row.pk}/")
    page = office.get(answer.url)
    assert "数学教师" in page.text


def test_register_keeps_what_was_typed_when_refused(office: Any) -> None:
    answer = office.post("/people/new/", {"name": "钱多", "sex": "9", "phone": "123"})

    assert answer.status_code == 422
    assert "手机号应为11位数字" in answer.text
    assert 'value="钱多"' in answer.text
    assert Person.objects.filter(name="钱多").count() == 0


def test_person_page_shows_masks_only(office: Any, person: Person) -> None:
    page = office.get(f"/people/{person.pk}/")

    assert person.identity_masked in page.text
    assert "139****0077" in page.text
    assert build.identity_number(77) not in page.text
    assert "13900000077" not in page.text


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        ("office", {"change", "handover", "leave", "transfer", "appoint", "roles/new", "reveal", "invite"}),
        ("liaison", {"invite"}),
        ("head", {"invite"}),
    ],
)
def test_person_page_offers_what_the_role_may_do(
    cast: build.Cast, person: Person, who: str, buttons: set[str]
) -> None:
    page = build.client(getattr(cast, who)).get(f"/people/{person.pk}/")

    offered = ("change", "handover", "leave", "transfer", "appoint", "roles/new", "reveal", "invite", "reset")
    assert {one for one in offered if f"/people/{person.pk}/{one}/" in page.text} == buttons


def test_person_page_is_hidden_from_strangers(cast: build.Cast, person: Person) -> None:
    for who in ("teacher", "coordinator", "stranger"):
        assert build.client(getattr(cast, who)).get(f"/people/{person.pk}/").status_code == 404


def test_change_shows_both_versions_of_a_lost_update(office: Any, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(version=2, staff_no="theirs")
    values = {"version": "1", "name": "赵敏", "sex": "9", "staff_no": "mine"}

    answer = office.post(f"/people/{person.pk}/change/", values)

    assert answer.status_code == 409
    assert "theirs" in answer.text
    assert "mine" in answer.text
    person.refresh_from_db()
    assert person.staff_no == "theirs"
    assert office.post(f"/people/{person.pk}/change/", values | {"version": "2"}).status_code == 302
    person.refresh_from_db()
    assert person.staff_no == "mine"


def test_reveal_asks_for_a_reason_and_shows_once(office: Any, person: Person) -> None:
    address = f"/people/{person.pk}/reveal/"

    asked = office.get(address)
    refused = office.post(address, {"field": "phone", "reason": ""})
    shown = office.post(address, {"field": "phone", "reason": "通知开会"})
    drawer = office.get(address, headers={"HX-Request": "true", "HX-Target": "div#drawer-body"})

    assert [one.status_code for one in (asked, refused, shown, drawer)] == [200, 422, 200, 200]
    assert ["13900000077" in one.text for one in (asked, refused, shown, drawer)] == [False, False, True, False]
    assert "no-store" in shown["Cache-Control"]
    assert "<html" not in drawer.text


def test_invite_shows_the_link_and_its_code(cast: build.Cast, person: Person) -> None:
    page = build.client(cast.liaison).post(f"/people/{person.pk}/invite/")

    link = page.context["cards"][0].link
    assert link.startswith("http://testserver/people/join/")
    assert link in page.text
    assert page.text.count('<svg class="qr"') == 1
    assert "no-store" in page["Cache-Control"]
    assert build.client(cast.stranger).get(link).status_code == 200


def test_invite_many_prints_a_card_for_each(cast: build.Cast, office: Any, person: Person) -> None:
    other = build.person(county=cast.county, name="孙二")
    abroad = build.person(county=cast.next_county)

    page = office.post("/people/invite/", {"pk": [person.pk, other.pk, cast.teacher.person_id, abroad.pk]})

    assert [(card.name, str(card.place)) for card in page.context["cards"]] == [("孙二", ""), ("赵敏", "一小")]
    assert [one.person.name for one in page.context["skipped"]] == ["李兰"]
    assert set(Invitation.objects.values_list("person__name", flat=True)) == {"孙二", "赵敏"}
    assert "没有选中任何人员" in office.post("/people/invite/").text


def test_invite_many_of_all_keeps_to_the_filter(cast: build.Cast, office: Any, person: Person) -> None:
    build.person(county=cast.county, name="孙二")

    office.post("/people/invite/", {"all": "1", "query": "q=zhaomin"})

    assert list(Invitation.objects.values_list("person__name", flat=True)) == ["赵敏"]


def test_reset_shows_a_new_link(cast: build.Cast) -> None:
    page = build.client(cast.head).post(f"/people/{cast.teacher.person_id}/reset/")

    assert [card.name for card in page.context["cards"]] == ["李兰"]
    assert Account.objects.get(pk=cast.teacher.account_id).has_usable_password() is False
    refused = build.client(cast.liaison).post(f"/people/{cast.head.person_id}/reset/")
    assert refused.status_code == 422
    assert "无权代管" in refused.text


def test_roles_are_granted_deputised_and_ended(cast: build.Cast, office: Any, person: Person) -> None:
    other = build.person(county=cast.county)
    home = f"/people/{person.pk}/"

    granted = office.post(f"{home}roles/new/", {"role": "teacher", "organisation": cast.school.pk, "from_on": DAY})
    term = RoleTerm.objects.get(person=person)
    made = office.post(
        f"/people/roles/{term.pk}/deputies/new/", {"person": other.pk, "from_on": DAY, "to_on": "2026-09-20"}
    )
    deputy = Deputy.objects.get(term=term)
    seen = office.get(home)
    ended = office.post(f"/people/roles/{term.pk}/deputies/{deputy.pk}/end/")
    gone = office.post(f"/people/roles/{term.pk}/end/", {"reason": "调整"})

    assert [one.url for one in (granted, made, ended, gone)] == [home] * 4
    assert other.name in seen.text
    deputy.refresh_from_db()
    term.refresh_from_db()
    assert (deputy.to_on, term.to_on) == (build.TODAY, build.TODAY)


def test_roles_offered_are_those_of_the_keeper(cast: build.Cast, office: Any, person: Person) -> None:
    page = office.get(f"/people/{person.pk}/roles/new/")
    refused = office.post(
        f"/people/{person.pk}/roles/new/", {"role": "audit_admin", "organisation": cast.school.pk, "from_on": DAY}
    )

    assert 'value="school_head"' in page.text
    assert 'value="audit_admin"' not in page.text
    assert refused.status_code == 422
    assert RoleTerm.objects.filter(person=person).count() == 0


def test_handover_leads_to_the_successor(cast: build.Cast, office: Any, person: Person) -> None:
    answer = office.post(f"/people/{cast.teacher.person_id}/handover/", {"successor": person.pk, "reason": "调整"})

    assert answer.url == f"/people/{person.pk}/"
    assert Handover.objects.get().roles == 1


def test_post_and_person_end(cast: build.Cast, office: Any, person: Person) -> None:
    post = Appointment.objects.get(person=person)

    ended = office.post(f"/people/{person.pk}/posts/{post.pk}/end/", {"to_on": DAY})
    left = office.post(f"/people/{person.pk}/leave/", {"left_on": DAY, "reason": "退休"})

    assert [one.status_code for one in (ended, left)] == [302, 302]
    post.refresh_from_db()
    person.refresh_from_db()
    assert (post.to_on, person.left_on) == (build.TODAY, build.TODAY)
    assert office.get(f"/people/{person.pk}/change/").status_code == 403
    assert "已离开" in office.get(f"/people/{person.pk}/").text


def test_a_transfer_goes_from_county_to_county(cast: build.Cast, office: Any, person: Person) -> None:
    there = build.client(cast.stranger)
    asked = office.post(f"/people/{person.pk}/transfer/", {"to_county": cast.next_county.pk, "note": "照顾家庭"})
    row = Transfer.objects.get()
    home = f"/people/transfers/{row.pk}/"

    assert asked.url == f"/people/{person.pk}/"
    assert "等待临江县确认" in office.get(asked.url).text
    assert [f"{home}{verb}/" in office.get(home).text for verb in ("confirm", "refuse", "withdraw")] == [
        False,
        False,
        True,
    ]
    assert office.post(f"{home}confirm/").status_code == 404
    assert there.post(f"{home}withdraw/").status_code == 404
    done = there.post(f"{home}confirm/")
    row.refresh_from_db()
    assert done.url == f"/people/{row.arrived_id}/"
    assert there.get(done.url).status_code == 200
    assert there.post(f"{home}refuse/", {"note": "迟了"}).status_code == 403
    assert office.post(f"{home}withdraw/").status_code == 403


def test_a_transfer_is_refused_or_withdrawn(cast: build.Cast, office: Any, person: Person) -> None:
    there = build.client(cast.stranger)
    for client, verb, data in ((there, "refuse", {"note": "岗位已满"}), (office, "withdraw", {})):
        office.post(f"/people/{person.pk}/transfer/", {"to_county": cast.next_county.pk})
        row = Transfer.objects.get(state="asked")
        assert client.post(f"/people/transfers/{row.pk}/{verb}/", data).url == f"/people/transfers/{row.pk}/"

    assert sorted(Transfer.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]


def test_seats_are_taken_and_left(cast: build.Cast, office: Any, person: Person) -> None:
    empty = office.get("/people/seats/")
    taken = office.post(
        "/people/seats/new/",
        {"person": person.pk, "unit": cast.school.pk, "position": "member", "from_on": DAY},
    )
    seat = Seat.objects.get()
    shown = build.client(cast.coordinator).get("/people/seats/")
    left = office.post(f"/people/seats/{seat.pk}/leave/", {"to_on": DAY})

    assert "还没有登记成员" in empty.text
    assert [one.url for one in (taken, left)] == ["/people/seats/"] * 2
    assert "赵敏" in shown.text
    assert "/people/seats/new/" not in shown.text
    seat.refresh_from_db()
    assert seat.to_on == build.TODAY
    assert "还没有登记领导小组" in build.client(cast.stranger).get("/people/seats/").text


@pytest.mark.parametrize("form", ["new/", "seats/new/"])
def test_forms_open(office: Any, form: str) -> None:
    assert office.get(f"/people/{form}").status_code == 200


@pytest.mark.parametrize("form", ["change", "leave", "appoint", "handover", "transfer"])
def test_forms_of_a_person_open(office: Any, person: Person, form: str) -> None:
    assert office.get(f"/people/{person.pk}/{form}/").status_code == 200


def test_the_list_is_exported_with_masks(office: Any, person: Person) -> None:
    answer = office.get("/people/?q=zhaomin&export=xlsx")

    content = b"".join(answer.streaming_content)
    answer.close()
    assert answer.status_code == 200
    assert content.startswith(b"PK")


def test_the_list_tells_the_state_of_each_account(cast: build.Cast, office: Any, person: Person) -> None:
    Account.objects.filter(pk=cast.teacher.account_id).update(is_active=False)

    page = office.get("/people/")

    assert [page.text.count(f">{state}</span>") for state in ("未开通", "停用", "正常")] == [1, 1, 3]


def test_the_list_of_a_teacher_has_no_boxes_to_tick(cast: build.Cast) -> None:
    page = build.client(cast.teacher).get("/people/")

    assert "李兰" in page.text
    assert "/people/invite/" not in page.text
    assert "/people/new/" not in page.text
