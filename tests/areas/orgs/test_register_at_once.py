"""Two at work on the same school year: imports, the lock and a confirmation wait for each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests import build, planning, registers, taking
from tests.kit.handing_in import hand_in, store  # noqa: F401
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs import actions
from xietong.areas.orgs.models import RegisterYear, SchoolClass, SchoolRecord
from xietong.areas.orgs.sheets import ClassBook
from xietong.kit.errors import Refused
from xietong.kit.jobs import performing
from xietong.kit.jobs.models import Job, State
from xietong.kit.measures import values
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.sheets.models import Import

BOOK = ClassBook()
HEADERS = ["学校", "年级", "班级", "学生数"]


def classes(*pupils: int, school: str = "一小") -> bytes:
    """As many classes of the first grades."""
    return workbook(HEADERS, *([school, f"{1 + n % 6}", f"{1 + n // 6}", size] for n, size in enumerate(pupils)))


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def is_counted(year: RegisterYear) -> bool:
    rows = Value.objects.filter(county_id=year.county_id, period=year.year)
    stored = {(row.measure, row.unit_id, row.stage): row.value for row in rows}
    return stored == values.counted(year.county_id, year.year, Grain.SCHOOL_YEAR)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What each came to: "done", or its refusal."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> str:
        try:
            start.wait()
            deed()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_are_both_taken_in_or_one_is_looked_at_again(cast: build.Cast) -> None:
    record = registers.school_record(school=cast.school)
    year = record.register
    looked = [(taking.look(BOOK, cast.office, year, data), data) for data in (classes(40, 41), classes(50, 51, 52))]

    def take(one: Any, data: bytes) -> Callable[[], Any]:
        return lambda: taking.take_in(BOOK, cast.office, year, data, looked=one)

    found = at_once(*(take(one, data) for one, data in looked))
    assert found == ["done", "在您核对以后，现有的记录有了变化，请重新核对。"]
    assert SchoolClass.objects.count() in (2, 3)
    assert is_counted(year)


@pytest.mark.django_db(transaction=True)
def test_the_lock_and_an_import_do_not_pass_each_other(cast: build.Cast) -> None:
    record = registers.school_record(school=cast.school)
    year = record.register
    data = classes(40, 41)
    looked = taking.look(BOOK, cast.office, year, data)
    found = at_once(
        lambda: taking.take_in(BOOK, cast.office, year, data, looked=looked),
        lambda: actions.lock_register(cast.office, year, reason="不再等", now=build.NOW),
    )
    year.refresh_from_db()
    assert year.locked_at == build.NOW
    assert found in (["done", "done"], ["done", "本学年资料已锁定，只能逐项更正。"])
    assert SchoolClass.objects.count() == (2 if found[1] == "done" else 0)
    assert is_counted(year)


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_a_long_file_goes_on_when_the_browser_is_closed_and_the_lock_waits_for_it(cast: build.Cast) -> None:
    schools = [build.organisation(county=cast.county, short_name=f"新{n}") for n in range(10)]
    year = registers.register_year(county=cast.county)
    for school in schools:
        registers.school_record(school=school, register=year)
    data = workbook(HEADERS, *([f"新{n // 36}", f"{1 + n % 6}", f"{1 + n % 36 // 6}", 40] for n in range(350)))
    upload = hand_in(data, name="班级.xlsx", actor=cast.office)
    made = taking.take_in(BOOK, cast.office, year, data, upload=str(upload.pk))
    assert (made.state, SchoolClass.objects.count()) == (Import.State.RUNNING, 0)
    with pytest.raises(actions.NotLockable, match="还有文件正在导入"):
        actions.lock_register(cast.office, year, reason="不再等", now=build.NOW)
    # Nobody looks at the page any more; a worker goes on, and whoever comes back finds it done.
    job = Job.objects.get()
    performing.perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    made.refresh_from_db()
    assert (job.state, made.state, made.added) == (State.DONE, Import.State.DONE, 350)
    assert is_counted(year)
    page = build.client(cast.office).get(reverse("orgs:register_classes_taken", args=[year.pk, made.pk]))
    assert "已导入" in page.content.decode()
    assert actions.lock_register(cast.office, year, reason="不再等", now=build.NOW).locked_at == build.NOW
    assert SchoolRecord.objects.filter(confirmed_at=None).count() == 10
