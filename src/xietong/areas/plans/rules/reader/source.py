"""A reading beside the text it came from, for those who ask about places in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from xietong.areas.plans.rules.reader.characters import fold, sentence_end, sentence_start
from xietong.areas.plans.rules.reader.outline import Places, outline_text, own_spans
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import (
    Clause,
    DateMention,
    Document,
    Mention,
    Part,
    Reading,
    Responsibility,
    Rhythm,
    Series,
)

_MAKES = re.compile(
    "(?:形成|制定|制订|出台|印发|编制|编写|报送|上报|提交|撰写|填报|建立|完成)(?:[^,。;:、\n]{0,20}的)?(?:[一两0-9]+[份个套项])?"
    "(?P<what>[^,。;:、\n的]{2,28}?(?:报告|方案|办法|细则|清单|台账|总结|计划|材料|名单|档案|手册|指南|案例集?|汇编|预案|统计表))(?=[,。;、()\n等]|$)"
)


class Placed(Protocol):
    @property
    def clause(self) -> int | None: ...


Member = TypeVar("Member", bound=Placed)


def by_clause(found: Iterable[Member]) -> dict[int | None, list[Member]]:
    """What was found, under the clause in whose own words it stands."""
    placed: defaultdict[int | None, list[Member]] = defaultdict(list)
    for each in found:
        placed[each.clause].append(each)
    return placed


@dataclass(frozen=True, slots=True)
class Source:
    reading: Reading
    text: str
    folded: str
    _own: Sequence[list[Span]]
    _divided: frozenset[int | None]
    _mentions: dict[int | None, list[Mention]]
    _dates: dict[int | None, list[DateMention]]
    _documents: dict[int | None, list[Document]]
    _series: dict[int | None, list[Series]]
    _rhythms: dict[int | None, list[Rhythm]]
    _responsibilities: dict[int | None, list[Responsibility]]
    places: Places

    @classmethod
    def of(cls, reading: Reading) -> "Source":
        text = outline_text(reading)
        return cls(
            reading,
            text,
            fold(text),
            own_spans(reading.clauses),
            frozenset(clause.parent for clause in reading.clauses),
            by_clause(reading.organisations),
            by_clause(reading.dates),
            by_clause(reading.documents),
            by_clause(reading.series),
            by_clause(reading.rhythms),
            by_clause(reading.responsibilities),
            Places(reading.clauses),
        )

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.reading.clauses

    def mentions(self, index: int) -> list[Mention]:
        """The organisations named in the own words of a clause."""
        return self._mentions.get(index, [])

    def dates(self, index: int) -> list[DateMention]:
        return self._dates.get(index, [])

    def documents(self, index: int) -> list[Document]:
        return self._documents.get(index, [])

    def series(self, index: int) -> list[Series]:
        return self._series.get(index, [])

    def own(self, index: int) -> list[Span]:
        return self._own[index]

    def has_items(self, index: int) -> bool:
        return index in self._divided

    def sentence(self, span: Span) -> Span:
        start = sentence_start(self.folded, span.start)
        return Span(start, sentence_end(self.folded, span.end, len(self.folded)))

    def deadline(self, index: int | None, within: Span) -> date | None:
        """The last day by which the own words of a clause, in this stretch, want it done."""
        due = [
            each.deadline_on for each in self._dates.get(index, []) if each.deadline_on and each.span.overlaps(within)
        ]
        return max(due, default=None)

    def rhythm(self, index: int | None, within: Span) -> str | None:
        """The first word for how often in this stretch of a clause."""
        return next((each.text for each in self._rhythms.get(index, []) if each.span.overlaps(within)), None)

    def ends(self, index: int | None, within: Span) -> date | None:
        """The last day of the last date in this stretch, such as the cell of a table that says until when."""
        days = [each.last_on for each in self._dates.get(index, []) if each.last_on and each.span.overlaps(within)]
        return max(days, default=None)

    def deliverable(self, within: Span) -> str | None:
        """What this stretch says has to be written or handed in."""
        match = _MAKES.search(self.folded, within.start, within.end)
        return Span(*match.span("what")).of(self.text) if match else None

    def labelled(self, index: int, within: Span, part: Part) -> tuple[Mention, ...]:
        """Whom labels such as 牵头单位: name in this stretch of a clause."""
        return self._named(index, within, part, ":")

    def answering(self, index: int | None, within: Span, part: Part) -> tuple[Mention, ...]:
        """Whom phrases of this kind in this stretch of a clause name, each once."""
        return self._named(index, within, part, "")

    def _named(self, index: int | None, within: Span, part: Part, mark: str) -> tuple[Mention, ...]:
        named = {
            mention.name: mention
            for each in reversed(self._responsibilities.get(index, []))
            if each.part is part and each.span.overlaps(within) and mark in fold(each.text)
            for mention in each.units
        }
        return tuple(sorted(named.values(), key=lambda mention: mention.span.start))
