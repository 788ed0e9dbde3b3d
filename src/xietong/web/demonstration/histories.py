"""How a task came to where it stands: the reports and steps that the actions would have left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from xietong.areas.people.models import Person
from xietong.areas.plans.models import Report, Step, Task
from xietong.areas.plans.rules.states import Deed, ReportState, TaskState
from xietong.kit.clock.time import day_of
from xietong.web.demonstration import words
from xietong.web.demonstration.moments import NOW, office_hour
from xietong.web.demonstration.rows import keep

SENT_BACK, WAITING = 0.18, 0.25
MOST_REPORTS = 3
ANSWERED_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who leaves a step: name and organisation as the step shows them."""

    name: str
    org_name: str
    person_id: int | None = None

    @classmethod
    def of(cls, person: Person, org_name: str) -> "Hand":
        return cls(person.name, org_name, person.pk)


class History:
    """Builds the course of one task, from its issue to its present state."""

    def __init__(self, task: Task, office: Hand, doer: Hand, rng: Random, *, until: datetime = NOW) -> None:
        self.task, self.office, self.doer, self.rng = task, office, doer, rng
        self.until = until
        self.steps: list[Step] = []
        self.reports: list[Report] = []
        self.step(Deed.ISSUE, office, task.issued_at or NOW)

    def run(self) -> "History":
        """The whole course; the task keeps the moment of its last step."""
        state = TaskState(self.task.state)
        if state is not TaskState.ISSUED:
            self.received_and_under_way(state)
        if state is TaskState.CLAIMED:
            self.report(self.moment(NOW - timedelta(days=self.rng.randrange(1, 9))), claims=True)
        if state is TaskState.VERIFIED:
            self.finished()
        self.task.moved_at = self.steps[-1].at
        return self

    def received_and_under_way(self, state: TaskState) -> None:
        begun = self.last_at + timedelta(days=self.rng.randrange(1, 12))
        self.step(Deed.RECEIVE, self.doer, self.moment(begun))
        end = self.until if state is not TaskState.VERIFIED else self.end()
        span = max((end - self.last_at) // timedelta(days=1) - 14, 1)
        days = sorted(self.rng.randrange(1, span + 1) for _ in range(self.rng.randrange(MOST_REPORTS + 1)))
        start = self.last_at
        for n, day in enumerate(days):
            text = words.begun(self.rng) if n == 0 else words.progress(self.rng)
            self.reported(self.moment(start + timedelta(days=day)), text)
        if state is TaskState.UNDER_WAY and self.until == NOW and self.rng.random() < WAITING:
            self.report(self.moment(NOW - timedelta(days=self.rng.randrange(1, 6))), text=words.progress(self.rng))

    def end(self) -> datetime:
        """About when a finished task was reported as finished: near its due day, never after now."""
        due = self.task.due_on
        near = office_hour(due + timedelta(days=self.rng.randrange(-12, 4)), self.rng) if due else NOW
        return min(near, NOW - timedelta(days=6))

    def finished(self) -> None:
        at = self.moment(max(self.end(), self.last_at + timedelta(hours=20)))
        claim = self.report(at, claims=True)
        if self.rng.random() < SENT_BACK:
            self.answer(claim, ReportState.SENT_BACK, self.rng.choice(words.OPINIONS_BACK))
            again = self.moment(self.last_at + timedelta(days=2))
            claim = self.report(again, claims=True, text=words.AGAIN + words.completion(self.rng))
        self.answer(claim, ReportState.ACCEPTED, self.rng.choice(words.OPINIONS_WELL))

    def reported(self, at: datetime, text: str) -> None:
        """A report on the way, answered by the office; some are sent back and filed again."""
        first = self.report(at, text=text)
        if self.rng.random() < SENT_BACK:
            self.answer(first, ReportState.SENT_BACK, self.rng.choice(words.OPINIONS_BACK))
            first = self.report(self.moment(self.last_at + timedelta(days=1)), text=words.AGAIN + text)
        self.answer(first, ReportState.ACCEPTED, self.rng.choice(words.OPINIONS_WELL))

    def report(self, at: datetime, *, text: str = "", claims: bool = False) -> Report:
        row = Report(
            county_id=self.task.county_id,
            task=self.task,
            number=len(self.reports) + 1,
            text=text or words.completion(self.rng),
            claims_completion=claims,
            author_name=self.doer.name,
            author_id=self.doer.person_id,
            unit=self.task.lead_unit,
            at=at,
        )
        self.reports.append(row)
        # A report's own step names no report: the action writes it before the report is a row.
        self.step(Deed.CLAIM if claims else Deed.REPORT, self.doer, at, note=row.text[:120])
        return row

    def answer(self, report: Report, state: ReportState, opinion: str) -> None:
        at = self.moment(report.at + self.rng.random() * ANSWERED_AFTER)
        report.state, report.opinion = state.value, opinion
        report.reviewer_name, report.reviewed_at = self.office.name, at
        deed = Deed.ACCEPT if state is ReportState.ACCEPTED else Deed.SEND_BACK
        self.step(deed, self.office, at, note=opinion, report=report)

    def step(self, deed: Deed, hand: Hand, at: datetime, *, note: str = "", report: Report | None = None) -> None:
        self.steps.append(
            Step(
                county_id=self.task.county_id,
                task=self.task,
                report=report,
                at=at,
                action=deed.value,
                who=hand.name,
                org_name=hand.org_name,
                note=note,
            )
        )

    @property
    def last_at(self) -> datetime:
        return self.steps[-1].at

    def moment(self, about: datetime) -> datetime:
        """Office hours of about that day, always after the step before and never after the end."""
        at = office_hour(day_of(about), self.rng)
        later = self.last_at + timedelta(minutes=self.rng.randrange(3, 50))
        return min(max(at, later), self.until - timedelta(minutes=1))


def keep_histories(histories: Sequence[History]) -> None:
    """This function will insert the reports and steps of tasks that have their rows, and note when each moved."""
    keep(report for history in histories for report in history.reports)
    keep(step for history in histories for step in history.steps)
