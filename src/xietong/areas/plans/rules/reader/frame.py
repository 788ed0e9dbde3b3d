"""What stands around the clauses of an official document: red head, addressee, notice, signature, foot, annexes.

The layout is that of GB/T 9704-2012, 7.2 to 7.4.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xietong.areas.plans.rules.reader.characters import HAN, STOPS, line_starts
from xietong.areas.plans.rules.reader.numbers import ordinal, parse
from xietong.areas.plans.rules.reader.spans import Span


class Place(StrEnum):
    """What a line of the frame is, in the order of the standard layout."""

    SERIAL = "serial"
    SECRECY = "secrecy"
    URGENCY = "urgency"
    ISSUER = "issuer"
    NUMBER = "number"
    SIGNER = "signer"
    ADDRESSEE = "addressee"
    CLOSING = "closing"
    ANNEX = "annex"
    SIGNATURE = "signature"
    DATE = "date"
    CONTACT = "contact"
    DISCLOSURE = "disclosure"
    COPIES = "copies"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class FramePart:
    """One part: the words without its label; `on` is the day of a date or of printing, where a calendar has it."""

    part: Place
    said: str
    span: Span
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """Where an annex begins: its label and its title, which may be empty."""

    value: int
    label: Span
    title: Span
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts in the order of the text, with the stretches that hold them.

    `begins` is where the plan itself begins, behind the red head and a notice; `feet` are signatures and what
    follows them; `annexes` stand behind the plan.
    """

    parts: tuple[FramePart, ...]
    begins: int
    feet: tuple[Span, ...]
    annexes: tuple[Annex, ...]

    @property
    def issued_on(self) -> date | None:
        """The day of issue; the day of printing where no other is given."""
        days = [
            each.on for kind in (Place.DATE, Place.PRINTED) for each in self.parts if each.part is kind and each.on
        ]
        return next(iter(days), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its number from 1, its stretch without blanks at both ends, its folded words."""

    number: int
    start: int
    end: int
    words: str

    @property
    def bare(self) -> str:
        return self.words.replace(" ", "")


_NUMERAL = "[0-9〇零一二三四五六七八九十]"
_DAY = rf"(?P<year>{_NUMERAL}{{4}}) ?年 ?(?P<month>{_NUMERAL}{{1,3}}) ?月 ?(?P<day>{_NUMERAL}{{1,3}}) ?日"
_NUMBER = rf"(?P<said>[{HAN}]{{2,14}} ?[〔\[(][0-9]{{4}}[〕\])] ?第?[0-9]{{1,5}}号)"
_HEAD = (
    (Place.SERIAL, re.compile(r"(?P<said>[0-9]{6})")),
    (Place.SECRECY, re.compile(r"(?P<said>(?:绝密|机密|秘密)(?:[★☆].*)?)")),
    (Place.URGENCY, re.compile("(?P<said>特急|加急|特提|平急|急件)")),
    (Place.ISSUER, re.compile(rf"(?P<said>[{HAN} ]{{4,60}}) ?文 ?件")),
    (Place.NUMBER, re.compile(_NUMBER)),
    (Place.NUMBER, re.compile(rf"{_NUMBER} +签发人:.*")),
    (Place.SIGNER, re.compile("签发人:(?P<said>.+)")),
)
_OFFICE_ENDS = "(?:局|政府|办公室|办公厅|委员会|领导小组|学院|大学|学校|中学|小学|厅|中心|党委|县委|市委|部|指挥部)"
_FOOT = (
    (Place.PRINTED, re.compile(rf"(?P<said>.+?) *{_DAY} ?印发")),
    (Place.COPIES, re.compile("(?:抄送|抄报|主送|分送)[:](?P<said>.+)")),
    (
        Place.DISCLOSURE,
        re.compile(r"\(?(?P<said>(?:此件|信息公开|公开(?:方式|属性|选项)|主动公开|依申请公开|不予公开).*?)\)?"),
    ),
    (Place.CONTACT, re.compile(r"\(?(?P<said>联系(?:人|电话|方式)[:].*?)\)?")),
    (Place.CLOSING, re.compile("(?P<said>特此(?:通知|通报|报告|函达|函复|公告)。?)")),
    (Place.ANNEX, re.compile("附件?: *(?P<said>.+)")),
    (Place.DATE, re.compile(rf"(?P<said>{_DAY})")),
    (Place.SIGNATURE, re.compile(rf"(?P<said>[^,。;:]{{2,40}}{_OFFICE_ENDS}) +{_DAY}")),
)
_SIGNATURE = re.compile(rf"(?P<said>[^,。;:0-9]{{2,40}}{_OFFICE_ENDS})")
_LISTED = re.compile(r"[0-9]{1,2}[.、] *\S.{0,60}")
_ANNEX = re.compile(
    r"(?P<label>附件? ?(?P<value>[0-9]{1,2}|[一二三四五六七八九十]{1,2})?)(?P<colon> ?:)?(?: *(?P<title>\S.{0,60}))?"
)
_ADDRESSEE = re.compile(r"(?P<said>.{2,200}):")
_ADDRESSED = re.compile("各|单位|部门|学校|政府|局|办|委|处室|中心校")
_NOTICE = re.compile("(?:印发|转发|下发)[^《》]*《(?P<name>.+)》.*通知")
_TITLE_LINES = 4
_LONGEST_TITLE = 40


def find(folded: str) -> Frame:
    """This function will tell the frame of a document from its clauses; without one all is empty."""
    rows = [
        _Row(number, start + len(line) - len(line.lstrip()), start + len(line.rstrip()), line.strip())
        for number, (start, line) in enumerate(zip(line_starts(folded), folded.split("\n"), strict=True), 1)
    ]
    rows = [row for row in rows if row.words]
    head = _head(rows)
    attached = _attached(rows[len(head) :])
    first = len(rows) if attached is None else rows.index(attached)
    notice = rows[len(head) : first] if attached is not None else []
    plan = rows[first:] if attached is not None else rows[len(head) :]
    annexes = list(_annexes(plan, folded))
    starts = [annex.start for annex in annexes]
    main = [row for row in plan if not starts or row.start < starts[0]]
    behind = plan[len(main) :]
    feet = [_foot(notice), _foot(main), _foot(behind)]
    parts = [
        *head,
        *_numbers(rows[len(head) :]),
        *_addressee(notice),
        *_addressee(main[:_TITLE_LINES]),
        *(part for foot in feet for part in foot),
    ]
    return Frame(
        parts=tuple(sorted(parts, key=lambda each: each.span.start)),
        begins=plan[0].start - _blanks_before(folded, plan[0].start) if plan else len(folded),
        feet=tuple(Span(foot[0].span.start, foot[-1].span.end) for foot in feet[1:] if foot),
        annexes=tuple(annexes),
    )


def _blanks_before(folded: str, position: int) -> int:
    """A line begins with its blanks."""
    return position - (folded.rfind("\n", 0, position) + 1)


def _head(rows: Sequence[_Row]) -> list[FramePart]:
    found = []
    for row in rows:
        known = next(((part, match) for part, form in _HEAD if (match := form.fullmatch(row.words))), None)
        if known is None:
            break
        found.append(_part(row, *known))
    return found if any(each.part in {Place.ISSUER, Place.NUMBER} for each in found) else []


def _part(row: _Row, part: Place, match: re.Match[str]) -> FramePart:
    said = match["said"].strip()
    words = said.replace(" ", "") if part in {Place.ISSUER, Place.NUMBER, Place.SIGNATURE} else said
    return FramePart(part, words, Span(row.start, row.end), _day(match))


def _day(match: re.Match[str]) -> date | None:
    if "year" not in match.re.groupindex:
        return None
    try:
        return date(parse(match["year"]), parse(match["month"]), parse(match["day"]))
    except ValueError:
        return None


def _attached(rows: Sequence[_Row]) -> _Row | None:
    """The first line of the plan that a notice carries: the title that the notice names, in lines of its own."""
    for count in range(1, min(_TITLE_LINES, len(rows)) + 1):
        title = _NOTICE.search("".join(row.bare for row in rows[:count]))
        if title:
            name = title["name"]
            break
    else:
        return None
    for index in range(count, len(rows)):
        for lines in range(1, _TITLE_LINES):
            if "".join(row.bare for row in rows[index : index + lines]) == name:
                return rows[index]
    return None


def _numbers(rows: Sequence[_Row]) -> list[FramePart]:
    """The number of the document, where it stands below the title."""
    found = ((row, re.fullmatch(_NUMBER, row.words)) for row in rows[:_TITLE_LINES])
    return [_part(row, Place.NUMBER, match) for row, match in found if match]


def _addressee(rows: Sequence[_Row]) -> list[FramePart]:
    """The first line that ends in a colon and names who is written to, before any sentence."""
    for row in rows:
        match = _ADDRESSEE.fullmatch(row.words)
        if match and _ADDRESSED.search(match["said"]):
            return [_part(row, Place.ADDRESSEE, match)]
        if row.words[-1] in STOPS:
            break
    return []


def _foot(rows: Sequence[_Row]) -> list[FramePart]:
    """The lines at the end that sign, date and send the document."""
    found: list[FramePart] = []
    listed: list[_Row] = []
    for row in reversed(rows):
        known = next(((part, match) for part, form in _FOOT if (match := form.fullmatch(row.words))), None)
        signed = _SIGNATURE.fullmatch(row.words)
        if known and known[0] is Place.ANNEX:
            found += [FramePart(Place.ANNEX, one.words, Span(one.start, one.end)) for one in listed]
            listed = []
        if known:
            found.append(_part(row, *known))
        elif signed and not listed and found and found[-1].part in {Place.DATE, Place.SIGNATURE}:
            found.append(_part(row, Place.SIGNATURE, signed))
        elif _LISTED.fullmatch(row.words):
            listed.append(row)
        else:
            break
    return [each for each in reversed(found) if each.span.end <= rows[-1].end]


def _annexes(rows: Sequence[_Row], folded: str) -> Iterator[Annex]:
    """附件1 in a line of its own, its title in the same line or the next; not the list above the signature."""
    signed = False
    for index, row in enumerate(rows):
        signed = signed or re.fullmatch(_DAY, row.words) is not None
        match = _ANNEX.fullmatch(row.words)
        if index == 0 or match is None or (match["title"] and (not signed or match["value"] is None)):
            continue
        label = Span(row.start, row.start + match.end("label"))
        if match["title"]:
            title = Span(row.start + match.start("title"), row.start + match.end("title"))
        else:
            title = _title_below(rows[index + 1 : index + 2], label.end)
        value = ordinal(match["value"]) if match["value"] else 0
        yield Annex(value, label, title, row.start - _blanks_before(folded, row.start), row.number)


def _title_below(rows: Sequence[_Row], otherwise: int) -> Span:
    for row in rows:
        if len(row.words) <= _LONGEST_TITLE and row.words[-1] not in STOPS and "\t" not in row.words:
            return Span(row.start, row.end)
    return Span(otherwise, otherwise)
