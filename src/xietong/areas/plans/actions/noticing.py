"""What a reading found, as the rows that a person goes through say it."""

from collections.abc import Iterator
from dataclasses import dataclass

from xietong.areas.plans.models import Finding
from xietong.areas.plans.rules import reader


@dataclass(frozen=True, slots=True)
class Noticed:
    """One finding: where, of what kind, taken for what; the key of a registered unit where it is one."""

    kind: Finding.Kind
    span: reader.Span
    clause: int | None
    meaning: str
    organisation: int | None = None


def noticed(reading: reader.Reading) -> Iterator[Noticed]:
    """This function will list everything that was found, kind by kind."""
    kind = Finding.Kind
    for name in reading.organisations:
        named = name.kind is reader.MentionKind.NAME
        key = int(name.key) if name.key else None
        yield Noticed(kind.ORGANISATION if named else kind.ROLE, name.span, name.clause, name.name, key)
    for day in reading.dates:
        yield Noticed(kind.DATE, day.span, day.clause, said_days(day))
    for figure in reading.quantities:
        yield Noticed(kind.QUANTITY, figure.span, figure.clause, said_figure(figure))
    for often in reading.rhythms:
        yield Noticed(kind.RHYTHM, often.span, often.clause, often.text)
    for phrase in reading.responsibilities:
        yield Noticed(kind.RESPONSIBILITY, phrase.span, phrase.clause, "、".join(unit.name for unit in phrase.units))
    for goal in reading.objectives:
        meaning = said_figure(goal.target) if goal.target else ""
        yield Noticed(kind.OBJECTIVE, goal.span, goal.clause, meaning)
    for paper in reading.documents:
        meaning = " ".join(filter(None, (paper.name, paper.number)))
        yield Noticed(kind.DOCUMENT, paper.span, paper.clause, meaning)


def said_days(day: reader.DateMention) -> str:
    """The first and the last day, or the one; nothing for a day that waits for something."""
    if day.first_on is None:
        return ""
    return f"{day.first_on}" if day.first_on == day.last_on else f"{day.first_on} — {day.last_on}"


def said_figure(figure: reader.Quantity) -> str:
    """The figure in the short signs of a table: ≥40名教师, 3—5所."""
    upper = f"—{figure.upper.normalize():f}" if figure.upper is not None else ""
    sign = SIGNS.get(figure.comparison, "")
    return f"{figure.per or ''}{sign}{figure.value.normalize():f}{upper}{figure.unit}{figure.noun or ''}"


SIGNS = {
    reader.Comparison.AT_LEAST: "≥",
    reader.Comparison.AT_MOST: "≤",
    reader.Comparison.UP_BY: "+",
    reader.Comparison.DOWN_BY: "−",
    reader.Comparison.ABOUT: "≈",
}
