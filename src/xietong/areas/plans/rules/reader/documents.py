"""Documents: those a plan cites, with name and number, and those it says must be issued."""

import re
from collections.abc import Iterator

from xietong.areas.plans.rules.reader.characters import HAN
from xietong.areas.plans.rules.reader.spans import Span, apart, split
from xietong.areas.plans.rules.reader.values import Document, DocumentStatus

_QUOTED = re.compile("《[^《》\n]*》")
_NUMBER = re.compile(rf"(?P<number>[{HAN}]{{2,12}}[〔\[(][0-9]{{4}}[〕\])]第?[0-9]{{1,5}}号)")
_BRACKETED = re.compile(rf"\({_NUMBER.pattern}\)")
_BRACKETED_END = re.compile(rf"{_BRACKETED.pattern}$")
_LEAN_ON = re.compile("根据|按照|依据|落实|贯彻|执行|转发|参照")

_RULES = "机制|制度|办法|细则|规定"
_ISSUES = re.compile(
    rf"(?:制定出台|制定|制订|出台|修订|印发|健全完善)(?:我[省市县区校])?"
    rf"(?P<names>[^,。;:()《》\n]*?(?:{_RULES}))(?=等|[,。;:()\n]|$)"
)
_DRAFTS = ("制定", "制订", "修订", "健全完善")
_RULE_ENDS = tuple(_RULES.split("|"))


def find(text: str, folded: str) -> Iterator[Document]:
    """This function will return every document, in order; clauses are given later."""
    found = [*_quoted(text, folded), *_bare_numbers(text, folded), *_to_issue(text, folded)]
    yield from sorted(apart(found, len(folded)), key=lambda each: each.span.start)


def _quoted(text: str, folded: str) -> Iterator[Document]:
    """《…》 with its number inside the quotes or right behind them."""
    for match in _QUOTED.finditer(folded):
        inside = Span(match.start() + 1, match.end() - 1)
        behind = _BRACKETED.match(folded, match.end())
        within = _BRACKETED_END.search(folded, inside.start, inside.end)
        number = behind or within
        name = Span(inside.start, inside.end if behind or not within else within.start())
        end = behind.end() if behind else match.end()
        yield Document(
            name=name.of(text),
            number=Span(*number.span("number")).of(text) if number else None,
            status=_status(folded, match.start()),
            clause=None,
            span=Span(match.start(), end),
        )


def _status(folded: str, start: int) -> DocumentStatus:
    asked = folded[:start].endswith(_DRAFTS)
    return DocumentStatus.TO_ISSUE if asked else DocumentStatus.CITED


def _bare_numbers(text: str, folded: str) -> Iterator[Document]:
    """A number without a name: 根据赣教基字〔2023〕39号."""
    for match in _NUMBER.finditer(folded):
        leads = [lead.end() for lead in _LEAN_ON.finditer(folded, *match.span())]
        span = Span(max(leads, default=match.start()), match.end())
        yield Document(None, span.of(text), DocumentStatus.CITED, None, span)


def _to_issue(text: str, folded: str) -> Iterator[Document]:
    for match in _ISSUES.finditer(folded):
        for span in _names(folded, Span(*match.span("names"))):
            yield Document(span.of(text), None, DocumentStatus.TO_ISSUE, None, span)


def _names(folded: str, whole: Span) -> list[Span]:
    """甲机制、乙机制 are two documents, 学校、教师考核办法 is one."""
    spans = split(folded, whole)
    if whole.of(folded).startswith("本"):
        return []
    return spans if all(span.of(folded).endswith(_RULE_ENDS) for span in spans) else [whole]
