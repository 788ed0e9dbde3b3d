"""A demonstration is built in an empty database only, comes out the same each time, and wholly or not at all."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import pytest
from django.db import transaction

from tests import build
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.models import Plan, Report, Standing, Step, Task
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.clock.models import FrozenClock
from xietong.kit.notices.models import Notice
from xietong.web.commands.demo import fill_if_empty
from xietong.web.demonstration import RealData
from xietong.web.demonstration.building import build_county, build_province

pytestmark = pytest.mark.django_db


def shape() -> list[Any]:
    """What a visitor sees, without keys, ciphers and password hashes."""
    tasks = Task.objects.order_by("pk").values_list("county__code", "number", "title", "state", "due_on", "moved_at")
    reports = Report.objects.order_by("pk").values_list("task__number", "number", "text", "state", "at", "opinion")
    people = Person.objects.order_by("pk").values_list("name", "pinyin", "sex", "identity_masked")
    return [
        list(tasks),
        list(reports),
        list(people),
        list(Step.objects.order_by("pk").values_list("at", "who", "note")),
    ]


@pytest.mark.once
@pytest.mark.usefixtures("capsys")
def test_build_county_gives_the_same_for_the_same_seed() -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            build_county(seed=7)
            found.append(shape())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert County.objects.count() == 0


def test_build_county_refuses_a_database_with_data() -> None:
    build.county()
    with pytest.raises(RealData, match="演示数据只能写入空库"):
        build_county(seed=2026)
    assert (County.objects.count(), Account.objects.count(), FrozenClock.objects.count()) == (1, 0, 0)


class Leaving(io.StringIO):
    """Whoever reads the progress goes away at a stage, and the next line finds nobody."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.stage = stage

    def write(self, text: str) -> int:
        if self.stage in text:
            raise BrokenPipeError
        return super().write(text)


def small_province() -> None:
    build_province(seed=2026, counties=1)


@pytest.mark.parametrize(
    ("building", "stage"),
    [
        (lambda: build_county(seed=2026), "云岭县：机构与人员"),
        (lambda: build_county(seed=2026), "临江县"),
        (small_province, "全省：汇总"),
    ],
)
def test_building_that_is_interrupted_leaves_the_database_empty(building: Callable[[], None], stage: str) -> None:
    with redirect_stdout(Leaving(stage)), pytest.raises(BrokenPipeError):
        building()

    models = (County, Organisation, Account, Plan, Task, Standing, FrozenClock, Entry, Notice)
    assert [model.__name__ for model in models if model.objects.exists()] == []


def test_fill_if_empty_begins_anew_after_an_interruption_and_fills_once() -> None:
    with redirect_stdout(Leaving("云岭县：最近三天")), pytest.raises(BrokenPipeError):
        fill_if_empty()

    with redirect_stdout(io.StringIO()):
        fill_if_empty()
        counted = (Account.objects.count(), Task.objects.count(), Entry.objects.count())
        fill_if_empty()

    assert list(County.objects.order_by("code").values_list("name", flat=True)) == ["安义县", "云岭县", "临江县"]
    assert (Account.objects.count(), Task.objects.count(), Entry.objects.count()) == counted
