"""The monthly meetings of 云岭县: who came, what was spoken about, what was decided and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise

from xietong.areas.dispatch.models import (
    AgendaItem,
    Attendance,
    Confirmation,
    Cycle,
    Decision,
    Meeting,
)
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.plans.models import Plan, Task
from xietong.kit.clock.time import SHANGHAI
from xietong.web.demonstration import meeting_words
from xietong.web.demonstration.decided import LASTS, course, decisions
from xietong.web.demonstration.moments import NOW, TODAY
from xietong.web.demonstration.rows import keep
from xietong.web.demonstration.stage import Stage, set_stage

HOUR = time(15, 0)
AFTER_DUE = timedelta(days=5)
SATURDAY = 5


def lay_meetings(plan: Plan, months: Sequence[Cycle]) -> None:
    """This function will lay a meeting for each cycle; the last is still to come, the minutes of the one before go
    round."""
    stage = set_stage(plan)
    rows = keep(meetings_of(months, stage))
    keep(one for n, row in enumerate(rows) for one in places(row, n, stage))
    keep(one for n, row in enumerate(rows) for one in agenda(row, n, stage))
    made = keep(decisions(rows, stage))
    keep(one for row in made for one in course(row, stage))
    keep(left_over(rows, made))
    keep(one for row in rows if row.state == MeetingState.CIRCULATED.value for one in asked(row, stage))


def meetings_of(months: Sequence[Cycle], stage: Stage) -> Iterator[Meeting]:
    """From the first to the last, numbered anew each year."""
    numbers: dict[int, Iterator[int]] = {}
    for n, cycle in enumerate(months):
        back = len(months) - 1 - n
        on = working_day(held_on(cycle, back))
        number = next(numbers.setdefault(on.year, count(1)))
        starts_at = datetime.combine(on, HOUR, SHANGHAI)
        state = state_of(back)
        yield Meeting(
            county_id=cycle.county_id,
            year=on.year,
            number=number,
            title=f"{on.year}年第{number}次月调度会（演示）",
            cycle=cycle,
            starts_at=starts_at,
            ends_at=starts_at + LASTS,
            place=meeting_words.PLACE,
            chair=meeting_words.CHAIR,
            recorder=stage.recorder,
            state=state.value,
            code=f"demo{cycle.county_id}x{cycle.pk}x{n}",
            minutes="" if state is MeetingState.PLANNED else meeting_words.MINUTES,
            confirm_by=None if state is MeetingState.PLANNED else on + AFTER_DUE,
            invited_at=min(starts_at - timedelta(days=4), NOW - timedelta(hours=2)),
            fixed_at=starts_at + timedelta(days=6) if state is MeetingState.FIXED else None,
        )


def state_of(back: int) -> MeetingState:
    return {0: MeetingState.PLANNED, 1: MeetingState.CIRCULATED}.get(back, MeetingState.FIXED)


def held_on(cycle: Cycle, back: int) -> date:
    """Some days after filings are due; the last is to come, that before is so fresh that its minutes go round."""
    usual = cycle.due_on + AFTER_DUE
    if back == 0:
        return max(usual, TODAY + timedelta(days=5))
    return TODAY - timedelta(days=4) if back == 1 else min(usual, TODAY - timedelta(days=20 * (back - 1)))


def working_day(on: date) -> date:
    """That day, or the Friday before if it is a weekend."""
    return on - timedelta(days=max(0, on.weekday() - SATURDAY + 1))


def places(row: Meeting, n: int, stage: Stage) -> Iterator[Attendance]:
    held = row.state != MeetingState.PLANNED.value
    for at, unit in enumerate(stage.units):
        state, note = came(at + n) if held else (Attendance.State.EXPECTED.value, "")
        part = Attendance.Part.GUEST if unit.is_school else Attendance.Part.MEMBER
        yield Attendance(county_id=row.county_id, meeting=row, unit=unit, part=part.value, state=state, note=note)


def came(turn: int) -> tuple[str, str]:
    if turn % 11 == 0:
        return Attendance.State.EXCUSED.value, "下乡（演示）"
    return (Attendance.State.ABSENT.value if turn % 29 == 0 else Attendance.State.PRESENT.value), ""


def agenda(row: Meeting, n: int, stage: Stage) -> Iterator[AgendaItem]:
    """Two items of the office's own, and two tasks that are late or silent."""
    own = [meeting_words.OWN_ITEMS[(n + at) % len(meeting_words.OWN_ITEMS)] for at in range(2)]
    for at, (title, speaker) in enumerate(own, 11):
        yield AgendaItem(county_id=row.county_id, meeting=row, order=at, title=title, speaker=speaker)
    for at, task in enumerate(picked(stage.tasks, n), 21):
        source = AgendaItem.Source.RED if task.light_day and task.light_day < TODAY else AgendaItem.Source.STILL
        yield AgendaItem(
            county_id=row.county_id,
            meeting=row,
            order=at,
            title=task.title,
            speaker=str(task.lead_unit),
            source=source.value,
            source_id=task.pk,
            task=task,
        )


def picked(tasks: Sequence[Task], n: int) -> list[Task]:
    return [tasks[(2 * n + at) % len(tasks)] for at in range(min(2, len(tasks)))]


def left_over(rows: Sequence[Meeting], made: Sequence[Decision]) -> Iterator[AgendaItem]:
    """What each meeting had first on its agenda: up to two decisions of the one before it."""
    for before, row in pairwise(rows):
        for at, one in enumerate([each for each in made if each.meeting_id == before.pk][:2], 1):
            yield AgendaItem(
                county_id=row.county_id,
                meeting=row,
                order=at,
                title=one.text,
                speaker=str(one.unit),
                source=AgendaItem.Source.OPEN.value,
                source_id=one.pk,
            )


def asked(row: Meeting, stage: Stage) -> Iterator[Confirmation]:
    """Every second unit has answered; the first of them objects."""
    for at, unit in enumerate(stage.units):
        answered = at % 2 == 0
        yield Confirmation(
            county_id=row.county_id,
            meeting=row,
            unit=unit,
            text=meeting_words.OBJECTION if at == 0 else "",
            answered_at=NOW - timedelta(hours=20 - at % 9) if answered else None,
            answered_by=f"{unit}（演示）" if answered else "",
        )
