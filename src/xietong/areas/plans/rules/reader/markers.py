"""The forms of clause numbers, as a table: a new form of outline is a new row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xietong.areas.plans.rules.reader.characters import HAN, line_starts
from xietong.areas.plans.rules.reader.numbers import ordinal, spelled
from xietong.areas.plans.rules.reader.spans import Span


@dataclass(frozen=True, slots=True)
class Form:
    """How a number looks, how deep it ranks, how it is cited (`path`) and shown (`sample`).

    `counts` is false for a mark without a number; `through` says that the numbers run on from chapter to chapter.
    """

    name: str
    rank: float
    label: str
    path: str
    sample: str
    chinese: bool = True
    counts: bool = True
    through: bool = False

    def spell(self, value: int) -> str:
        return spelled(value) if self.chinese else str(value)


_CHINESE = "(?P<value>[一二三四五六七八九十百]{1,4})"
_ARABIC = r"(?P<value>[0-9]{1,2})"
_WORD = r"(?P<value>[一二三四五六七八九十百]{1,4}|[0-9]{1,3})"
_BULLET = r"[•·●○■□◆◇▪➢►√★※]|[-*+—–](?= )|——|--"

PART = Form("part", 1, rf"第 ?{_WORD} ?(?:[编篇](?![{HAN}])|部分)", "第{}部分", "第{}部分")
LABELLED_CHAPTER = Form("labelled_chapter", 2, rf"第 ?{_WORD} ?章(?!程)", "第{}章", "第{}章")
LABELLED_SECTION = Form("labelled_section", 3, rf"第 ?{_WORD} ?节(?=[ :])", "第{}节", "第{}节")
ARTICLE = Form("article", 4, rf"第 ?{_WORD} ?条(?!例)", "第{}条", "第{}条", through=True)
CHAPTER = Form("chapter", 5, rf"{_CHINESE} ?[、.]", "{}", "{}、")
FORMAL = Form("formal", 5, "(?P<value>[壹贰叁肆伍陆柒捌玖拾]) ?[、.]", "{}", "{}、")
ROMAN = Form("roman", 5, "(?P<value>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]) ?[、.]?", "{}", "{}、", chinese=False)
SPACED = Form("spaced", 5, rf"(?P<value>[一二三四五六七八九十]{{1,3}}) +(?=[{HAN}][^,。;!?\n]{{1,24}}$)", "{}", "{} ")
SECTION = Form("section", 6, rf"[(\[〔] ?{_CHINESE} ?[)\]〕][、.]?", "({})", "({})")
# 1.5万元 at the start of a line is a figure, 1.2023年… is a number and a year.
ITEM = Form("item", 7, rf"{_ARABIC} ?(?:、|\.(?![0-9]{{1,2}}(?![0-9月])))", "{}", "{}.", chinese=False)
DECIMAL = Form(
    "decimal",
    7.2,
    r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}\.(?P<value>[0-9]{1,2})(?: +|、|(?=\.? ))",
    ".{}",
    "{}",
    chinese=False,
)
SUBITEM = Form("subitem", 8, rf"\( ?{_ARABIC} ?\)[、.]?", "({})", "({})", chinese=False)
HALF_BRACKET = Form("half_bracket", 8.2, rf"{_ARABIC}\)", "{})", "{})", chinese=False)
CIRCLED = Form("circled", 8.4, "(?P<value>[①-⑳])", "[{}]", "{}", chinese=False)
BULLET = Form("bullet", 8.8, f"(?P<value>{_BULLET})", "·{}", "·", chinese=False, counts=False)
FORMS = (
    PART, LABELLED_CHAPTER, LABELLED_SECTION, ARTICLE, CHAPTER, FORMAL, ROMAN, SPACED, SECTION, DECIMAL, ITEM,
    SUBITEM, HALF_BRACKET, CIRCLED, BULLET,
)  # fmt: skip
ENUMERATION = Form(
    "enumeration",
    9,
    rf"(?:{_CHINESE}(?:是|要(?=[{HAN}]))|第(?P<value2>[一二三四五六七八九十]),|(?P<value3>首先|其次|再次)[,要])",
    "·{}",
    "{}是",
)
HEADING = Form("heading", 0.5, "", "·{}", "", chinese=False, counts=False)
"""A heading without a number, told by its style in a word processor or its mark in a .md file."""

ANNEX = Form("annex", 0.1, "", "附件{}", "附件{}", chinese=False)
FOOT = Form("foot", 0.1, "", "·落款{}", "", chinese=False, counts=False)

# Marks of a plain .md file that may stand before a number.
_DECORATION = r" *(?:#{1,6}|[-+>])?[ *_]*"
_PATTERNS = tuple(
    (form, re.compile(f"{_DECORATION if form.counts else ' *'}(?P<label>{form.label})", re.MULTILINE))
    for form in FORMS
)
_ENUMERATOR = re.compile(rf"(?<=[。;:,、!?\n *])(?P<label>{ENUMERATION.label})")
_HEADED = re.compile(r" *(?P<label>#{1,6}) +(?=\S)")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a clause begins; `end` is set only for an item inside a paragraph, `run` counts such lists.

    `depth` ranks within a form that has several; `heading` is set where it does not follow the label.
    """

    form: Form
    value: int
    label: Span
    start: int
    line: int
    end: int | None = None
    run: int = 1
    depth: int = 0
    heading: Span | None = None

    @property
    def rank(self) -> tuple[float, int]:
        return self.form.rank, self.depth


def openings(folded: str, levels: Mapping[int, int]) -> Iterator[Opening]:
    """Every numbered line, and every other that is a heading, in order. `levels` are those of headings by line."""
    for line, start in enumerate(line_starts(folded), 1):
        for form, pattern in _PATTERNS:
            if match := pattern.match(folded, start):
                yield opening(form, match, start=start, line=line)
                break
        else:
            marked = _HEADED.match(folded, start)
            level = len(marked["label"]) if marked else levels.get(line, 0)
            if level:
                begins = marked.end() if marked else start
                yield Opening(HEADING, 0, Span(begins, begins), start, line, depth=level)


def opening(form: Form, match: re.Match[str], *, start: int, line: int) -> Opening:
    value = next(filter(None, (match.groupdict().get(name) for name in ("value", "value2", "value3"))))
    depth = match["label"].count(".") if form is DECIMAL else 0
    return Opening(form, ordinal(value) if form.counts else 0, Span(*match.span("label")), start, line, depth=depth)


def enumerators(folded: str, span: Span, line: int) -> Iterator[Opening]:
    """Every 一是, 二是 at the beginning of a phrase within the span, which begins on the line."""
    counted = span.start
    for match in _ENUMERATOR.finditer(folded, span.start, span.end):
        begins = match.start("label")
        line += folded.count("\n", counted, begins)
        counted = begins
        yield opening(ENUMERATION, match, start=begins, line=line)
