"""The values a reading of an action plan is made of.

Offsets count characters of the lines joined with a line feed; lines count from 1.
A `clause` of a finding is an index into `Reading.clauses`, None for the title and the preamble.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xietong.areas.plans.rules.reader.cautions import Caution
from xietong.areas.plans.rules.reader.frame import Frame
from xietong.areas.plans.rules.reader.grid import Table
from xietong.areas.plans.rules.reader.spans import Span


class Kind(StrEnum):
    """What a clause is for, told by the heading of its chapter."""

    FRAMEWORK = "framework"
    GOAL = "goal"
    TASK = "task"
    PHASE = "phase"
    GUARANTEE = "guarantee"
    OTHER = "other"


class MentionKind(StrEnum):
    """Whether a mention names one organisation or any that plays a part."""

    NAME = "name"
    ROLE = "role"


class DocumentStatus(StrEnum):
    """Whether the plan leans on a document or asks for it to be written."""

    CITED = "cited"
    TO_ISSUE = "to_issue"


class Origin(StrEnum):
    """Which shape of the text a proposal was read from."""

    SECTION = "section"
    ITEM = "item"
    SERIES = "series"
    DOCUMENT = "document"
    DUTY = "duty"
    ROW = "row"


class Waits(StrEnum):
    """What must be known before a day can be told."""

    ISSUE = "issue"
    TERM = "term"
    WORKDAYS = "workdays"


class Comparison(StrEnum):
    """How a figure is meant."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    UP_BY = "up_by"
    DOWN_BY = "down_by"
    ABOUT = "about"


class Part(StrEnum):
    """What a text makes of somebody: the one who leads, one who answers for it, one who helps."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"


class Every(StrEnum):
    """How often; `standing` is work that goes on all the time, `irregular` at times of one's own choice."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    TERM = "term"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    STANDING = "standing"
    IRREGULAR = "irregular"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the input outside the clauses, with its line ends."""

    text: str
    span: Span

    @property
    def words(self) -> str:
        return self.text.strip("#*_ \t\r\n\u3000\ufeff")


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause.

    `start` and `end` enclose the clause with everything below it; `text` holds only the words that belong to
    no clause below, so that every character of the input is kept once.
    """

    number: str
    label: str
    heading: str
    text: str
    level: int
    parent: int | None
    line: int
    start: int
    end: int
    kind: Kind
    body: int
    """Where the words behind the number begin."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the schedule; the span is that of the heading."""

    name: str
    starts_on: date | None
    ends_on: date | None
    clause: int
    span: Span


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation the county already keeps, offered to the reader."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation or a role where the text names it; `key` only when the register knows the name."""

    text: str
    name: str
    kind: MentionKind
    key: str | None
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its name or number (one of them may be missing)."""

    name: str | None
    number: str | None
    status: DocumentStatus
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class DateMention:
    """A year, month, day or range; `deadline_on` only where the text says 到… or …前.

    What the text counts from a day that it does not give has no days, and says what it waits for.
    """

    text: str
    first_on: date | None
    last_on: date | None
    deadline_on: date | None
    waits: Waits | None
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit and, where it stands next to it, what it counts.

    `upper` is the far end of 3—5名, `per` for whom or what the figure is meant: 每生每年.
    """

    text: str
    value: Decimal
    upper: Decimal | None
    unit: str
    noun: str | None
    comparison: Comparison
    per: str | None
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Series:
    """A named enumeration 甲、乙、丙等…: its items and the noun behind 等."""

    items: tuple[str, ...]
    spans: tuple[Span, ...]
    noun: str | None
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something is done: every `interval` times the unit, by a day of the month where one is said."""

    text: str
    every: Every
    interval: int
    day: int | None
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A phrase that makes somebody answerable, and whom it names."""

    text: str
    part: Part
    units: tuple[Mention, ...]
    clause: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Objective:
    """Something to be reached; without a figure the text gives none."""

    title: str
    target: Quantity | None
    due_on: date | None
    clause: int
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    head: Passage
    title: Passage
    preamble: Passage
    clauses: tuple[Clause, ...]
    phases: tuple[Phase, ...]
    organisations: tuple[Mention, ...]
    documents: tuple[Document, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    series: tuple[Series, ...]
    rhythms: tuple[Rhythm, ...]
    responsibilities: tuple[Responsibility, ...]
    objectives: tuple[Objective, ...]
    tables: tuple[Table, ...]
    frame: Frame
    warnings: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A task the text itself asks for; what the text does not give is None.

    `title` is the text at `span`; `parent` is an index into the tuple of proposals; `leads` has more than one
    member only where the text joins them. A row of a table that stands in no clause has none.
    """

    title: str
    number: str
    origin: Origin
    clause: int | None
    parent: int | None
    span: Span
    leads: tuple[Mention, ...]
    support: tuple[Mention, ...]
    due_on: date | None
    rhythm: str | None
    deliverable: str | None
    for_everyone: bool
