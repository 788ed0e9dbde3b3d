"""Writes of organisations, terms, leading group, agreements and holidays; a refusal leaves everything as it was."""

from datetime import date
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs import actions
from xietong.areas.orgs.models import Agreement, LeadingGroupUnit, Organisation, Term
from xietong.kit.audit.models import Entry
from xietong.kit.clock.models import Holiday
from xietong.kit.errors import Refused, Stale

pytestmark = pytest.mark.django_db
NOW = build.NOW
FIELDS = {"name": "新建小学", "short_name": "新小", "kind": "primary", "aliases": [], "parent": None}


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def fields_of(row: Organisation, **changed: Any) -> dict[str, Any]:
    names = ("name", "short_name", "kind", "aliases", "parent", "files_through", "code", "order", "opened_on")
    return {name: getattr(row, name) for name in names} | changed


def test_open_organisation_adds_it_to_the_own_county_and_records_it(cast: build.Cast) -> None:
    row = actions.open_organisation(cast.office, now=NOW, files_through=None, code="", **FIELDS)
    entry = Entry.objects.get(action="orgs.open_organisation")
    assert (row.county, row.code) == (cast.county, None)
    assert (entry.target_id, entry.county_id, entry.account_id) == (
        str(row.pk), cast.county.pk, cast.office.account_id
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "云岭县第一小学"}, "本县已有同名的机构。"),
        ({"code": "12"}, "标识码"),
        ({"kind": "university"}, "县内机构必须属于一个县；省、市、高校不属于任何县。"),
    ],
)
def test_open_organisation_refuses_and_writes_nothing(cast: build.Cast, changed: dict[str, Any], said: str) -> None:
    before = Organisation.objects.count()
    with pytest.raises(Refused, match=said):
        actions.open_organisation(cast.office, now=NOW, **FIELDS | {"files_through": None, "code": ""} | changed)
    assert (Organisation.objects.count(), Entry.objects.count()) == (before, 0)


def test_open_organisation_refuses_a_foreign_parent(cast: build.Cast) -> None:
    foreign = build.organisation(county=cast.next_county)
    with pytest.raises(actions.ForeignUnit):
        actions.open_organisation(cast.office, now=NOW, files_through=None, code="", **FIELDS | {"parent": foreign})
    assert Entry.objects.count() == 0


def test_change_organisation_raises_the_version(cast: build.Cast) -> None:
    row = actions.change_organisation(
        cast.office, cast.school, version=1, now=NOW, **fields_of(cast.school, short_name="实小")
    )
    assert (row.short_name, row.version) == ("实小", 2)
    assert Entry.objects.get().changes == {"short_name": ["一小", "实小"]}


def test_change_organisation_refuses_a_lost_update(cast: build.Cast) -> None:
    actions.change_organisation(cast.office, cast.school, version=1, now=NOW, **fields_of(cast.school, order=5))
    with pytest.raises(Stale) as stale:
        actions.change_organisation(cast.office, cast.school, version=1, now=NOW, **fields_of(cast.school, order=9))
    assert stale.value.current.order == 5
    assert Organisation.objects.get(pk=cast.school.pk).order == 5
    assert Entry.objects.count() == 1


def test_change_organisation_refuses_a_circle(cast: build.Cast) -> None:
    below = build.organisation(county=cast.county, parent=cast.school)
    for parent in (cast.school, below):
        with pytest.raises(actions.CircularParent):
            actions.change_organisation(
                cast.office, cast.school, version=1, now=NOW, **fields_of(cast.school, parent=parent)
            )
    assert Organisation.objects.get(pk=cast.school.pk).parent is None
    assert Entry.objects.count() == 0


def test_change_organisation_refuses_filing_through_itself_or_in_two_steps(cast: build.Cast) -> None:
    point = build.organisation(county=cast.county, kind="teaching_point", files_through=cast.school)
    for row, through in ((cast.school, cast.school), (cast.school, cast.other_school), (cast.other_school, point)):
        with pytest.raises(actions.CircularParent):
            actions.change_organisation(cast.office, row, version=1, now=NOW, **fields_of(row, files_through=through))
    assert Organisation.objects.exclude(files_through=None).get() == point
    assert Entry.objects.count() == 0


def close(cast: build.Cast, row: Organisation, successor: Organisation | None) -> Organisation:
    return actions.close_organisation(
        cast.office, row, closed_on=build.TODAY, successor=successor, reason="撤并文件", now=NOW
    )


def test_close_organisation_merges_it_and_its_dependants_file_through_the_successor(cast: build.Cast) -> None:
    point = build.organisation(county=cast.county, kind="teaching_point", files_through=cast.school)
    row = close(cast, cast.school, cast.other_school)
    point.refresh_from_db()
    assert (row.closed_on, row.merged_into) == (build.TODAY, cast.other_school)
    assert point.files_through == cast.other_school
    assert Entry.objects.get(action="orgs.close_organisation").reason == "撤并文件"


def test_close_organisation_refuses_open_parts_below(cast: build.Cast) -> None:
    build.organisation(county=cast.county, parent=cast.school)
    with pytest.raises(actions.NotClosable):
        close(cast, cast.school, None)
    assert Organisation.objects.get(pk=cast.school.pk).closed_on is None


@pytest.mark.parametrize("wrong", ["itself", "closed", "foreign"])
def test_close_organisation_refuses_a_wrong_successor(cast: build.Cast, wrong: str) -> None:
    successor = {
        "itself": cast.school,
        "closed": build.organisation(county=cast.county, closed_on=build.LONG_AGO),
        "foreign": build.organisation(county=cast.next_county),
    }[wrong]
    with pytest.raises(Refused):
        close(cast, cast.school, successor)
    row = Organisation.objects.get(pk=cast.school.pk)
    assert (row.closed_on, row.merged_into, Entry.objects.count()) == (None, None, 0)


TERM = {"year": 2026, "half": 1, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 20)}


def test_add_term_belongs_to_the_county_or_to_the_university(cast: build.Cast) -> None:
    here = actions.add_term(cast.office, now=NOW, **TERM)
    there = actions.add_term(cast.coordinator, now=NOW, **TERM)
    assert (here.county, here.university) == (cast.county, None)
    assert (there.county, there.university) == (None, cast.university)


def test_add_term_refuses_an_overlap(cast: build.Cast) -> None:
    actions.add_term(cast.office, now=NOW, **TERM)
    with pytest.raises(Refused, match="日期重叠"):
        actions.add_term(cast.office, now=NOW, **TERM | {"half": 2, "ends_on": date(2027, 6, 1)})
    assert Term.objects.count() == 1


def test_change_term_refuses_an_overlap_and_keeps_its_days(cast: build.Cast) -> None:
    actions.add_term(cast.office, now=NOW, **TERM)
    second = actions.add_term(
        cast.office, now=NOW, year=2026, half=2, starts_on=date(2027, 2, 20), ends_on=date(2027, 7, 1)
    )
    with pytest.raises(Refused, match="日期重叠"):
        actions.change_term(cast.office, second, version=1, now=NOW, starts_on=date(2027, 1, 1))
    assert Term.objects.get(pk=second.pk).starts_on == date(2027, 2, 20)
    moved = actions.change_term(
        cast.office, Term.objects.get(pk=second.pk), version=1, now=NOW, ends_on=date(2027, 7, 5)
    )
    assert (moved.ends_on, moved.version) == (date(2027, 7, 5), 2)


def test_group_is_founded_joined_and_left(cast: build.Cast) -> None:
    org = build.organisation(county=cast.county, kind="leading_group", name="提质领导小组")
    group = actions.found_group(cast.office, organisation=org, now=NOW, document="通知", founded_on=build.LONG_AGO)
    seat = actions.join_group(cast.office, group, unit=cast.school, now=NOW, duty="member", from_on=build.LONG_AGO)
    with pytest.raises(Refused, match="该单位已在领导小组中。"):
        actions.join_group(cast.office, group, unit=cast.school, now=NOW, duty="member", from_on=build.LONG_AGO)
    left = actions.leave_group(cast.office, seat, to_on=build.TODAY, now=NOW)
    assert list(LeadingGroupUnit.objects.values_list("pk", "to_on")) == [(left.pk, build.TODAY)]


def test_group_refuses_foreign_organisations(cast: build.Cast) -> None:
    foreign = build.organisation(county=cast.next_county, kind="leading_group", name="外县领导小组")
    with pytest.raises(actions.ForeignUnit):
        actions.found_group(cast.office, organisation=foreign, now=NOW, document="通知", founded_on=build.LONG_AGO)
    group = build.leading_group(county=cast.county)
    with pytest.raises(actions.ForeignUnit):
        actions.join_group(cast.office, group, unit=foreign, now=NOW, duty="member", from_on=build.LONG_AGO)
    assert (LeadingGroupUnit.objects.count(), Entry.objects.count()) == (0, 0)


def test_agreement_is_signed_changed_and_refuses_to_end_before_it_begins(cast: build.Cast) -> None:
    fields = {"title": "协议", "university": cast.university, "signed_on": build.TODAY, "from_on": build.TODAY}
    row = actions.sign_agreement(cast.office, now=NOW, **fields)
    with pytest.raises(Refused, match="终止日期不能早于生效日期。"):
        actions.change_agreement(cast.office, row, version=1, now=NOW, to_on=build.LONG_AGO)
    assert Agreement.objects.get(pk=row.pk).to_on is None
    ended = actions.change_agreement(cast.office, row, version=1, now=NOW, to_on=date(2027, 9, 1))
    assert (row.county, ended.to_on, ended.version) == (cast.county, date(2027, 9, 1), 2)


def test_holiday_of_the_county_is_set_twice_as_one_row_and_dropped(cast: build.Cast) -> None:
    day = date(2026, 11, 9)
    actions.set_holiday(cast.office, on=day, is_work=False, name="校庆", now=NOW)
    row = actions.set_holiday(cast.office, on=day, is_work=True, name="改为上班", now=NOW)
    assert list(Holiday.objects.values_list("county_id", "on", "is_work")) == [(cast.county.pk, day, True)]
    actions.drop_holiday(cast.office, row, now=NOW)
    actions_taken = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert Holiday.objects.count() == 0
    assert actions_taken == ["orgs.set_holiday", "orgs.set_holiday", "orgs.drop_holiday"]
