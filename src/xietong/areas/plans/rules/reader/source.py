"""A reading beside the text it came from, for those who ask about places in it."""

from dataclasses import dataclass
from datetime import date

from xietong.areas.plans.rules.reader.characters import fold, sentence_end, sentence_start
from xietong.areas.plans.rules.reader.outline import outline_text, own_spans
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Clause, Mention, Reading


@dataclass(frozen=True, slots=True)
class Source:
    reading: Reading
    text: str
    folded: str

    @classmethod
    def of(cls, reading: Reading) -> "Source":
        text = outline_text(reading)
        return cls(reading, text, fold(text))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.reading.clauses

    def mentions(self, index: int) -> list[Mention]:
        """The organisations named in the own words of a clause."""
        return [each for each in self.reading.organisations if each.clause == index]

    def own(self, index: int) -> list[Span]:
        return own_spans(self.clauses, index)

    def has_items(self, index: int) -> bool:
        return any(clause.parent == index for clause in self.clauses)

    def sentence(self, span: Span) -> Span:
        start = sentence_start(self.folded, span.start)
        return Span(start, sentence_end(self.folded, span.end, len(self.folded)))

    def deadline(self, index: int, within: Span) -> date | None:
        """The last day by which the own words of a clause, in this stretch, want it done."""
        due = [
            each.deadline_on
            for each in self.reading.dates
            if each.clause == index and each.deadline_on and each.span.overlaps(within)
        ]
        return max(due, default=None)
