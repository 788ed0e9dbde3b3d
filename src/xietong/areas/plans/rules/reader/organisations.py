"""Organisations in the text: those of a register, those told by the shape of a name, and roles."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from xietong.areas.plans.rules.reader import abbreviations, names
from xietong.areas.plans.rules.reader.spans import Span, apart
from xietong.areas.plans.rules.reader.values import KnownOrganisation, Mention, MentionKind

_LOCAL = re.compile("[省市县区乡镇校]")
_ROLES = {
    "龙头学校": "龙头校", "龙头校": "龙头校", "成员学校": "成员校", "成员校": "成员校",
    "工作领导小组": "领导小组", "领导小组": "领导小组", "高校": "高校",
}  # fmt: skip
_ALL = (
    "乡镇人民政府|乡镇(?:(?:、|和)?街道)?|街道|中小学校?(?:、?幼儿园)?|义务教育学校|(?:有关|相关)?(?:学校|单位|部门|科室|股室)|"
    "直属(?:学校|单位)|责任单位|成员单位|幼儿园|中心校|校|高校|县区"
)
_ROLE = re.compile(
    rf"各?(?:教研联合体)?(?P<role>{'|'.join(_ROLES)})(?!办公室)|(?P<all>(?:全[县市区]|县域内)?各(?:级各类)?(?:{_ALL})|(?:县直|市直|区直)?(?:有关|相关)部门|全[县市区](?:中小学校?|各?学校))"
)
_FIRST = 2
_LONGEST_PLACE = 6


def find(text: str, folded: str, register: Sequence[KnownOrganisation]) -> Iterator[Mention]:
    """This function will return every mention, in order; clauses are given later."""
    known = abbreviations.known(register)
    shaped = [_named(text, folded, span, known.units) for span in names.spans(folded)]
    registered = list(_registered(text, folded, known))
    found = [*_preferred(registered, shaped), *_roles(text, folded)]
    yield from sorted(apart(found, len(folded)), key=lambda each: each.span.start)


def _preferred(registered: Sequence[Mention], shaped: Sequence[Mention]) -> list[Mention]:
    """Known names first, save where a name told by its shape shows another organisation.

    安义中学附属小学 is not 安义中学, 南昌县幼儿园 is not the county's own 县幼儿园; but 依靠安义中学 is.
    """
    ends = [shape.span.end for shape in shaped]
    kept = []
    for known in registered:
        index = bisect_left(ends, known.span.start + 1)
        shape = shaped[index] if index < len(shaped) and shaped[index].span.overlaps(known.span) else None
        if shape is None or not _is_another(known, shape):
            kept.append(known)
    return [*kept, *shaped]


def _is_another(known: Mention, shape: Mention) -> bool:
    if shape.key == known.key:
        return False
    longer_right = shape.span.end > known.span.end
    before = known.span.start - shape.span.start
    longer_left = 0 < before <= _LONGEST_PLACE and shape.span.end == known.span.end
    return longer_right or (longer_left and _LOCAL.match(known.text) is not None)


def _registered(text: str, folded: str, known: abbreviations.Names) -> Iterator[Mention]:
    """Exact names, the longest first; 我 before 县… belongs to the name."""
    by_head: dict[str, list[str]] = {}
    for name in sorted(known.anywhere, key=lambda name: (-len(name), name)):
        by_head.setdefault(name[:_FIRST], []).append(name)
    at = 0
    while at < len(folded):
        found = next((each for each in by_head.get(folded[at : at + _FIRST], ()) if folded.startswith(each, at)), "")
        if found:
            own = at > 0 and folded[at - 1] == "我" and _LOCAL.match(found) is not None
            yield _named(text, folded, Span(at - own, at + len(found)), known.units)
        at += len(found) or 1


def _named(text: str, folded: str, span: Span, keys: Mapping[str, KnownOrganisation]) -> Mention:
    name = span.of(folded).removeprefix("我")
    known = keys.get(name)
    return Mention(
        text=span.of(text),
        name=known.name if known else name,
        kind=MentionKind.NAME,
        key=known.key if known else None,
        clause=None,
        span=span,
    )


def _roles(text: str, folded: str) -> Iterator[Mention]:
    for match in _ROLE.finditer(folded):
        span = Span(*match.span())
        name = _ROLES[match["role"]] if match["role"] else match["all"]
        yield Mention(span.of(text), name, MentionKind.ROLE, None, None, span)
