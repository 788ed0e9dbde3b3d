"""The yearly register: opened, filled, explained, confirmed, locked, corrected; refusals change nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from tests import build, planning, registers
from xietong.areas.orgs import actions, queries
from xietong.areas.orgs.models import Explanation, Figure, RegisterYear, Room, SchoolRecord, Source
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.measures.models import Value
from xietong.kit.sheets.models import Import

pytestmark = pytest.mark.django_db
POSTS = ("primary", 0, "posts")


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def record(cast: build.Cast) -> SchoolRecord:
    return registers.school_record(school=cast.school)


def everything() -> dict[str, list[Any]]:
    """All rows of this area with the stored measures and the audit."""
    models = [*apps.get_app_config("orgs").get_models(), Value, Entry]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def measured(record: SchoolRecord, measure: str, stage: str = "primary") -> Decimal | None:
    row = Value.objects.filter(measure=measure, unit_id=record.school_id, stage=stage, period=record.register.year)
    return row.values_list("value", flat=True).first()


# ---- opening and completing


def test_open_register_enters_every_school_at_work_and_takes_over_who_runs_it(cast: build.Cast) -> None:
    build.organisation(county=cast.county, name="旧校", closed_on=date(2026, 8, 1))
    earlier = registers.register_year(county=cast.county, year=2025)
    registers.school_record(school=cast.school, register=earlier, ownership="subsidised")
    row = actions.open_register(cast.office, year=2026, as_of=registers.AS_OF, due_on=registers.DUE_ON, now=build.NOW)
    entered = {one.school: one for one in row.records.select_related("school")}
    assert set(entered) == {cast.school, cast.other_school}
    assert [entered[one].ownership for one in (cast.school, cast.other_school)] == ["subsidised", "public"]
    assert (entered[cast.school].kind, entered[cast.school].county) == ("primary", cast.county)
    assert (str(row), row.label) == ("2026—2027学年", "2026—2027学年")


def test_open_register_refuses_a_year_that_has_one(cast: build.Cast) -> None:
    registers.register_year(county=cast.county)
    before = everything()
    with pytest.raises(Refused, match="这个学年的资料已经建立了"):
        actions.open_register(cast.office, year=2026, as_of=registers.AS_OF, due_on=registers.DUE_ON, now=build.NOW)
    assert everything() == before


def test_complete_register_enters_what_is_new(cast: build.Cast, record: SchoolRecord) -> None:
    assert actions.complete_register(cast.office, record.register, now=build.NOW) == 1
    assert actions.complete_register(cast.office, record.register, now=build.NOW) == 0
    assert {one.school for one in record.register.records.all()} == {cast.school, cast.other_school}


# ---- filling


def test_fill_figures_enters_changes_and_takes_away(cast: build.Cast, record: SchoolRecord) -> None:
    actions.fill_figures(cast.liaison, record, values={POSTS: Decimal(50)}, now=build.NOW)
    row = Figure.objects.get(record=record)
    assert (row.value, row.source, row.as_of, row.version) == (50, Source.SCHOOL, registers.AS_OF, 1)
    assert measured(record, "posts") == 50
    actions.fill_figures(cast.liaison, record, values={POSTS: Decimal(51)}, now=build.NOW)
    row.refresh_from_db()
    assert (row.value, row.version, measured(record, "posts")) == (51, 2, 51)
    before = everything()
    actions.fill_figures(
        cast.liaison, record, values={POSTS: Decimal(51), ("primary", 0, "public_funds"): None}, now=build.NOW
    )
    assert everything() == before
    actions.fill_figures(cast.liaison, record, values={POSTS: None}, now=build.NOW)
    assert (Figure.objects.count(), measured(record, "posts")) == (0, None)


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (("middle", 0, "posts"), 5, "没有“核定编制数”这一项"),
        (("primary", 0, "nothing"), 5, "没有“nothing”这一项"),
        (("primary", 0, "classrooms"), 5, "“普通教室数”来自教育事业统计"),
        (POSTS, -1, "“核定编制数”不能为负"),
    ],
)
def test_fill_figures_refuses(cast: build.Cast, record: SchoolRecord, place: Any, value: int, why: str) -> None:
    registers.figure(record=record, field="classrooms", value=20)
    before = everything()
    with pytest.raises(Refused, match=why):
        actions.fill_figures(
            cast.liaison,
            record,
            values={("primary", 0, "public_funds"): Decimal(1), place: Decimal(value)},
            now=build.NOW,
        )
    assert everything() == before


@pytest.mark.parametrize("state", ["locked", "confirmed"])
def test_nothing_of_a_record_is_changed_once_it_is_locked_or_confirmed(cast: build.Cast, state: str) -> None:
    """Also where the page was opened before: the row at hand does not know it yet."""
    record = registers.complete(registers.school_record(school=cast.school))
    room = registers.room(record=record)
    if state == "locked":
        RegisterYear.objects.update(locked_at=build.NOW)
    else:
        SchoolRecord.objects.update(confirmed_at=build.NOW)
    before = everything()
    why = "已锁定" if state == "locked" else "校长已经确认"
    told = {"kind": "art", "name": "美术室", "area": Decimal(90)}
    for change in (
        lambda: actions.fill_figures(cast.liaison, record, values={POSTS: Decimal(9)}, now=build.NOW),
        lambda: actions.keep_room(cast.liaison, record, room=None, now=build.NOW, **told),
        lambda: actions.keep_room(cast.liaison, record, room=room, now=build.NOW, **told),
        lambda: actions.drop_room(cast.liaison, room, now=build.NOW),
        lambda: actions.describe_record(
            cast.office, record, version=1, ownership="private", urban_rural="", now=build.NOW
        ),
    ):
        with pytest.raises(Refused, match=why):
            change()
    assert everything() == before


def test_describe_record_says_who_runs_the_school(cast: build.Cast, record: SchoolRecord) -> None:
    registers.school_class(record=record)
    actions.describe_record(cast.office, record, version=1, ownership="private", urban_rural="210", now=build.NOW)
    record.refresh_from_db()
    assert (record.ownership, record.urban_rural, record.version) == ("private", "210", 2)
    assert (measured(record, "pupils"), measured(record, "public_pupils")) == (40, 0)
    with pytest.raises(Stale):
        actions.describe_record(cast.office, record, version=1, ownership="public", urban_rural="", now=build.NOW)
    record.refresh_from_db()
    assert record.ownership == "private"


# ---- rooms


def test_rooms_are_added_changed_and_dropped(cast: build.Cast, record: SchoolRecord) -> None:
    told = {"kind": "music", "name": "音乐室", "area": Decimal(96)}
    room = actions.keep_room(cast.liaison, record, room=None, now=build.NOW, **told)
    assert (room.source, room.as_of, measured(record, "music_rooms")) == (Source.SCHOOL, registers.AS_OF, 1)
    room = actions.keep_room(cast.liaison, record, room=room, now=build.NOW, **told | {"kind": "art"})
    assert (measured(record, "music_rooms"), measured(record, "art_rooms")) == (None, 1)
    before = everything()
    other = registers.room(record=record, kind="art", name="另一间")
    with pytest.raises(Refused, match="已有同名的教室"):
        actions.keep_room(cast.liaison, record, room=other, now=build.NOW, **told | {"kind": "art"})
    other.delete()
    assert everything() == before
    actions.drop_room(cast.liaison, room, now=build.NOW)
    assert (Room.objects.count(), measured(record, "art_rooms")) == (0, None)


# ---- words


def jumped(cast: build.Cast) -> SchoolRecord:
    """A record that lacks nothing, and in which one figure has doubled since last year."""
    old = registers.school_record(school=cast.school, register=registers.register_year(county=cast.county, year=2025))
    registers.complete(old)
    Figure.objects.filter(record=old, field="classrooms").update(value=50)
    return registers.complete(registers.school_record(school=cast.school))


def test_explain_keeps_the_schools_word_and_lets_it_be_changed(cast: build.Cast) -> None:
    record = jumped(cast)
    key = ("jump", "primary/0/classrooms")
    actions.explain(cast.liaison, record, key=key, words="新建教学楼。", now=build.NOW)
    actions.explain(cast.head, record, key=key, words="新教学楼启用。", now=build.NOW)
    [row] = Explanation.objects.all()
    assert (row.words, row.by, row.version) == ("新教学楼启用。", cast.head.label, 2)
    assert queries.record_page(cast.head, record).open_questions == []


@pytest.mark.parametrize("key", [("jump", "primary/0/posts"), ("missing", "primary/0/posts")])
def test_explain_refuses_where_nothing_is_asked_or_a_correction_is(cast: build.Cast, key: tuple[str, str]) -> None:
    record = jumped(cast)
    if key[0] == "missing":
        Figure.objects.filter(record=record, field="posts").delete()
    before = everything()
    with pytest.raises(Refused, match="这里不需要说明"):
        actions.explain(cast.liaison, record, key=key, words="没有。", now=build.NOW)
    assert everything() == before


# ---- confirming


def test_confirm_record_puts_the_heads_name_under_it_and_can_be_withdrawn(cast: build.Cast) -> None:
    record = registers.complete(registers.school_record(school=cast.school))
    confirmed = actions.confirm_record(cast.head, record, version=1, now=build.NOW)
    assert (confirmed.confirmed_at, confirmed.confirmed_by) == (build.NOW, cast.head.label)
    assert measured(record, "confirmed_schools") == 1
    released = actions.release_record(cast.head, confirmed, reason="班级数有误", now=build.NOW)
    assert (released.confirmed_at, released.confirmed_by, measured(record, "confirmed_schools")) == (None, "", 0)
    assert Entry.objects.filter(action="orgs.release_record").get().reason == "班级数有误"


def test_confirm_record_refuses_while_something_is_open(cast: build.Cast) -> None:
    record = jumped(cast)
    before = everything()
    with pytest.raises(actions.NotConfirmable, match="还有 1 处需要更正或说明，例如：小学普通教室数从上一学年的 50"):
        actions.confirm_record(cast.head, record, version=1, now=build.NOW)
    assert everything() == before


def test_confirm_record_refuses_what_the_head_has_not_seen(cast: build.Cast) -> None:
    record = registers.complete(registers.school_record(school=cast.school))
    for change in (
        lambda: actions.fill_figures(cast.liaison, record, values={POSTS: Decimal(9)}, now=build.NOW),
        lambda: actions.keep_room(
            cast.liaison, record, room=None, now=build.NOW, kind="art", name="美术室", area=Decimal(90)
        ),
        lambda: actions.drop_room(cast.liaison, Room.objects.get(), now=build.NOW),
    ):
        record.refresh_from_db()
        seen = record.version
        change()
        before = everything()
        with pytest.raises(Stale):
            actions.confirm_record(cast.head, record, version=seen, now=build.NOW)
        assert everything() == before


def running(register: RegisterYear, book: str = "register.classes") -> Import:
    return Import.objects.create(
        county_id=register.county_id,
        book=book,
        owner_id=register.pk,
        name="班级.xlsx",
        sha256="0" * 64,
        by="陈启明",
        at=build.NOW,
        total=400,
    )


def test_nothing_is_confirmed_or_locked_while_a_file_is_being_taken_in(cast: build.Cast) -> None:
    record = registers.complete(registers.school_record(school=cast.school))
    made = running(record.register)
    before = everything()
    with pytest.raises(actions.NotConfirmable, match="还有文件正在导入"):
        actions.confirm_record(cast.head, record, version=1, now=build.NOW)
    with pytest.raises(actions.NotLockable, match="还有文件正在导入"):
        actions.lock_register(cast.office, record.register, reason="不再等", now=build.NOW)
    assert everything() == before
    made.state = Import.State.FAILED
    made.save()
    actions.confirm_record(cast.head, record, version=1, now=build.NOW)
    assert actions.lock_register(cast.office, record.register, reason="", now=build.NOW).locked_at == build.NOW


# ---- the lock


def test_lock_register_asks_for_a_reason_while_schools_have_not_confirmed(
    cast: build.Cast, record: SchoolRecord
) -> None:
    before = everything()
    with pytest.raises(actions.NotLockable, match="还有 1 所学校没有确认（一小……）"):
        actions.lock_register(cast.office, record.register, reason="", now=build.NOW)
    assert everything() == before
    locked = actions.lock_register(cast.office, record.register, reason="学校停办", now=build.NOW)
    assert locked.locked_at == build.NOW
    for again in (
        lambda: actions.lock_register(cast.office, record.register, reason="再锁", now=build.NOW),
        lambda: actions.complete_register(cast.office, record.register, now=build.NOW),
        lambda: actions.confirm_record(cast.head, record, version=1, now=build.NOW),
        lambda: actions.release_record(cast.head, record, reason="改", now=build.NOW),
    ):
        with pytest.raises(Refused, match="已锁定"):
            again()


# ---- correcting


def test_correct_figure_keeps_both_versions(cast: build.Cast) -> None:
    register = registers.register_year(county=cast.county, locked_at=build.NOW)
    record = registers.school_record(school=cast.school, register=register, confirmed_at=build.NOW)
    figure = registers.figure(record=record, field="classrooms", value=20)
    made = actions.correct_figure(
        cast.office, record, place=("primary", 0, "classrooms"), value=Decimal(22), reason="重新核实", now=build.NOW
    )
    figure.refresh_from_db()
    assert (figure.value, figure.source, figure.version) == (22, Source.COUNTY, 2)
    assert (made.before, made.before_source, made.after, made.by) == (20, "statistics", 22, cast.office.label)
    assert (made.figure, made.reason, measured(record, "classrooms")) == (figure, "重新核实", 22)


def test_correct_figure_adds_one_that_was_not_there(cast: build.Cast) -> None:
    register = registers.register_year(county=cast.county, locked_at=build.NOW)
    record = registers.school_record(school=cast.school, register=register)
    made = actions.correct_figure(cast.office, record, place=POSTS, value=Decimal(30), reason="漏填", now=build.NOW)
    assert (made.before, made.before_source, made.figure.value, measured(record, "posts")) == (None, "", 30, 30)


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (("primary", 0, "classrooms"), 20, "也不能与原来相同"),
        (("primary", 0, "classrooms"), -1, "不能为负"),
        (("middle", 0, "posts"), 5, "没有“核定编制数”这一项"),
        (("primary", 0, "nothing"), 5, "没有“nothing”这一项"),
    ],
)
def test_correct_figure_refuses(cast: build.Cast, place: Any, value: int, why: str) -> None:
    register = registers.register_year(county=cast.county, locked_at=build.NOW)
    record = registers.school_record(school=cast.school, register=register)
    registers.figure(record=record, field="classrooms", value=20)
    before = everything()
    with pytest.raises(Refused, match=why):
        actions.correct_figure(cast.office, record, place=place, value=Decimal(value), reason="核实", now=build.NOW)
    assert everything() == before
