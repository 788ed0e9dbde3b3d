"""The forms of clause numbers, as a table: a new form of outline is a new row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xietong.areas.plans.rules.reader.characters import line_starts
from xietong.areas.plans.rules.reader.numbers import SMALL, parse, spelled
from xietong.areas.plans.rules.reader.spans import Span


@dataclass(frozen=True, slots=True)
class Form:
    """How a number looks, how deep it ranks, how it is cited (`path`) and shown (`sample`)."""

    name: str
    rank: int
    label: str
    path: str
    sample: str
    chinese: bool

    def spell(self, value: int) -> str:
        return spelled(value) if self.chinese else str(value)


_CHINESE = f"(?P<value>[{SMALL}]{{1,3}})"
_ARABIC = r"(?P<value>[0-9]{1,2})"

CHAPTER = Form("chapter", 1, rf"{_CHINESE} ?、", "{}", "{}、", chinese=True)
SECTION = Form("section", 2, rf"\( ?{_CHINESE} ?\)、?", "({})", "({})", chinese=True)
# 1.5万元 at the start of a line is a figure, 1.2023年… is a number and a year.
ITEM = Form("item", 3, rf"{_ARABIC}(?:、|\.(?![0-9]{{1,2}}(?![0-9])))", "{}", "{}.", chinese=False)
SUBITEM = Form("subitem", 4, rf"\( ?{_ARABIC} ?\)[、.]?", "({})", "({})", chinese=False)
FORMS = (CHAPTER, SECTION, ITEM, SUBITEM)
ENUMERATION = Form("enumeration", 9, rf"{_CHINESE}是", "·{}", "{}是", chinese=True)

# Marks of a plain .md file that may stand before a number.
_DECORATION = r" *(?:#{1,6}|[-+>])?[ *_]*"
_PATTERNS = tuple((form, re.compile(f"{_DECORATION}(?P<label>{form.label})")) for form in FORMS)
_ENUMERATOR = re.compile(rf"(?<=[。;:,、!?\n *])(?P<label>{ENUMERATION.label})")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a clause begins; `end` is set only for an item inside a paragraph, `run` counts such lists."""

    form: Form
    value: int
    label: Span
    start: int
    line: int
    end: int | None = None
    run: int = 1


def openings(folded: str) -> Iterator[Opening]:
    """Every numbered line, in order."""
    for line, start in enumerate(line_starts(folded), 1):
        for form, pattern in _PATTERNS:
            if match := pattern.match(folded, start):
                yield opening(form, match, start=start, line=line)
                break


def opening(form: Form, match: re.Match[str], *, start: int, line: int) -> Opening:
    return Opening(form, parse(match["value"]), Span(*match.span("label")), start, line)


def enumerators(folded: str, span: Span, line: int) -> Iterator[Opening]:
    """Every 一是, 二是 at the beginning of a phrase within the span, which begins on the line."""
    for match in _ENUMERATOR.finditer(folded, span.start, span.end):
        begins = match.start("label")
        yield opening(ENUMERATION, match, start=begins, line=line + folded.count("\n", span.start, begins))
