"""What the meetings of the demonstration decided, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from xietong.areas.dispatch.models import Decision, DecisionStep, Meeting
from xietong.areas.dispatch.rules.decisions import DecisionDeed
from xietong.areas.dispatch.rules.states import PENDING, DecisionState, MeetingState
from xietong.kit.clock.time import day_of
from xietong.web.demonstration import meeting_words
from xietong.web.demonstration.moments import NOW
from xietong.web.demonstration.stage import Stage

LASTS = timedelta(hours=2)
RECENT = 2  # meetings whose decisions are still being carried out
GIVEN_UP = 13  # of so many decisions one is given up


def decisions(rows: Sequence[Meeting], stage: Stage) -> Iterator[Decision]:
    """Two to four of each meeting that was held: old ones closed or given up, those of the last two in all states."""
    numbers: dict[int, Iterator[int]] = {}
    held = [row for row in rows if row.state != MeetingState.PLANNED.value]
    for n, row in enumerate(held):
        for at in range(2 + n % 3):
            turn, on = 3 * n + at, day_of(row.starts_at)
            state = ended(turn) if n < len(held) - RECENT else going_on(turn)
            yield Decision(
                county_id=row.county_id,
                meeting=row,
                year=on.year,
                number=next(numbers.setdefault(on.year, count(1))),
                text=meeting_words.WORDS[turn % len(meeting_words.WORDS)],
                unit=stage.bound[turn % len(stage.bound)],
                due_on=due_of(on, turn),
                state=state.value,
                made_by=stage.recorder,
                made_at=row.starts_at + LASTS,
                **ending(state, row, turn),
            )


def ended(turn: int) -> DecisionState:
    return DecisionState.CANCELLED if turn % GIVEN_UP == GIVEN_UP // 2 else DecisionState.CLOSED


def going_on(turn: int) -> DecisionState:
    states = (DecisionState.OPEN, DecisionState.CLAIMED, DecisionState.OPEN, DecisionState.CLOSED)
    return states[turn % len(states)]


def due_of(on: date, turn: int) -> date:
    """One in three was to be done at once, and so is overdue where it is still open."""
    return on + timedelta(days=2 if turn % 3 == 0 else 25 + turn % 7)


def ending(state: DecisionState, row: Meeting, turn: int) -> dict[str, object]:
    if state in PENDING:
        return {}
    closed_at = min(row.starts_at + timedelta(days=15 + turn % 9), NOW - timedelta(hours=3))
    note = (
        meeting_words.CANCELLED
        if state is DecisionState.CANCELLED
        else meeting_words.RESULTS[turn % len(meeting_words.RESULTS)]
    )
    return {"closed_at": closed_at, "closing_note": note}


def course(row: Decision, stage: Stage) -> Iterator[DecisionStep]:
    yield step(row, DecisionDeed.MAKE, row.made_at, stage)
    claimed = min(row.made_at + timedelta(days=3), NOW - timedelta(hours=4))
    if row.state in {DecisionState.CLAIMED.value, DecisionState.CLOSED.value}:
        yield DecisionStep(
            county_id=row.county_id,
            decision=row,
            at=claimed,
            action=DecisionDeed.CLAIM.value,
            who="经办人（演示）",
            org_name=str(row.unit),
            note=meeting_words.CLAIM,
        )
    if row.closed_at:
        deed = DecisionDeed.CLOSE if row.state == DecisionState.CLOSED.value else DecisionDeed.CANCEL
        yield step(row, deed, row.closed_at, stage, note=row.closing_note)


def step(row: Decision, deed: DecisionDeed, at: datetime, stage: Stage, *, note: str = "") -> DecisionStep:
    return DecisionStep(
        county_id=row.county_id,
        decision=row,
        at=at,
        action=deed.value,
        who=stage.recorder,
        org_name=stage.office,
        note=note,
    )
