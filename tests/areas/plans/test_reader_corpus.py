"""Documents of many styles, sound and broken, each beside what a reading of it must say."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.areas.plans import corpus_reading
from xietong.areas.plans.rules.reader import Reading, SourceLine, Span, clean, outline_text, proposals, read, to_json

DOCUMENTS = corpus_reading.names()
LEAST = 20
STAINS = ["", "", "", "\n", "（", "》", "\t", "|", "。", "①", "二〇", "\x00", "附件1", "　"]
WORDS = [word.text for name in DOCUMENTS for word in corpus_reading.lines(name)]


def test_the_corpus_is_large() -> None:
    assert len(DOCUMENTS) >= LEAST


@pytest.mark.parametrize("name", DOCUMENTS)
def test_read_says_what_the_document_says(name: str) -> None:
    assert corpus_reading.told(name) == corpus_reading.expected(name)


@st.composite
def mutations(draw: st.DrawFn) -> list[str]:
    """Lines of the corpus mixed, cut and stained, as somebody pastes them."""
    lines = draw(st.lists(st.sampled_from(WORDS), max_size=25))
    found = []
    for line in lines:
        at = draw(st.integers(0, len(line)))
        stain = draw(
            st.sampled_from(["", "", "", "\n", "（", "》", "\t", "|", "。", "①", "二〇", "\x00", "附件1", "　"])
        )
        found.append(line[:at] + stain + line[at + draw(st.integers(0, 2)) :])
    return found


def stretches(value: Any) -> Iterator[tuple[Any, Span]]:
    """Every stretch that a value tells of, with the value that it belongs to."""
    if isinstance(value, tuple):
        for each in value:
            yield from stretches(each)
    elif is_dataclass(value) and not isinstance(value, Span):
        for field in fields(value):
            member = getattr(value, field.name)
            if isinstance(member, Span):
                yield value, member
            else:
                yield from stretches(member)


def check(reading: Reading, text: str) -> None:
    for owner, span in [*stretches(reading), *stretches(proposals(reading))]:
        assert 0 <= span.start <= span.end <= len(text), owner
    for found in (
        reading.organisations,
        reading.dates,
        reading.quantities,
        reading.rhythms,
        reading.responsibilities,
    ):
        assert [each.text for each in found] == [each.span.of(text) for each in found]
        starts = [each.span.start for each in found]
        assert starts == sorted(starts)
        for each in found:
            if each.clause is not None:
                clause = reading.clauses[each.clause]
                assert clause.start <= each.span.start < clause.end
    for table in reading.tables:
        for row in table.rows:
            assert [cell.text for cell in row.cells] == [cell.span.of(text) for cell in row.cells]
    to_json(reading)


@given(mutations())
def test_findings_stand_where_they_say_and_no_text_is_lost(lines: list[str]) -> None:
    cleaned = clean([SourceLine(line) for line in lines])
    text = "\n".join(line.text for line in cleaned.lines)

    reading = read(cleaned.lines, register=corpus_reading.REGISTER)

    assert outline_text(reading) == text
    check(reading, text)


@given(mutations())
def test_cleaning_loses_only_what_it_tells(lines: list[str]) -> None:
    cleaned = clean([SourceLine(line) for line in lines])

    kept = "".join("".join(line.text.split()) for line in cleaned.lines)
    dropped = "".join("".join(line.split()) for line in cleaned.dropped)
    assert sorted(kept + dropped) == sorted("".join("".join(line.split()) for line in lines))
