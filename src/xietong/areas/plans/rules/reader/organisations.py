"""Organisations in the text: those of a register, those told by the shape of a name, and roles."""

import re
from collections.abc import Iterable, Iterator, Sequence

from xietong.areas.plans.rules.reader import names
from xietong.areas.plans.rules.reader.characters import fold
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import KnownOrganisation, Mention, MentionKind

_LOCAL = re.compile("[省市县区乡镇校]")
_ROLES = {
    "龙头学校": "龙头校", "龙头校": "龙头校", "成员学校": "成员校", "成员校": "成员校",
    "工作领导小组": "领导小组", "领导小组": "领导小组", "高校": "高校",
}  # fmt: skip
_ROLE = re.compile(rf"各?(?:教研联合体)?(?P<role>{'|'.join(_ROLES)})(?!办公室)")


def find(text: str, folded: str, register: Sequence[KnownOrganisation]) -> Iterator[Mention]:
    """This function will return every mention, in order; clauses are given later."""
    keys = {fold(name): each for each in register for name in (each.name, *each.aliases) if name}
    shaped = [_named(text, folded, span, keys) for span in names.spans(folded)]
    registered = [*_registered(text, folded, keys)]
    mentions: list[Mention] = []
    for mention in [*_preferred(registered, shaped), *_roles(text, folded)]:
        if not any(mention.span.overlaps(taken.span) for taken in mentions):
            mentions.append(mention)
    yield from sorted(mentions, key=lambda each: each.span.start)


def _preferred(registered: Sequence[Mention], shaped: Sequence[Mention]) -> list[Mention]:
    """Known names first, save where a name told by its shape shows another organisation.

    安义中学附属小学 is not 安义中学, 南昌县幼儿园 is not the county's own 县幼儿园; but 依靠安义中学 is.
    """
    refuted = {
        known
        for known in registered
        for shape in shaped
        if shape.span.overlaps(known.span) and _is_another(known, shape)
    }
    return [*(known for known in registered if known not in refuted), *shaped]


def _is_another(known: Mention, shape: Mention) -> bool:
    longer_right = shape.span.end > known.span.end
    longer_left = shape.span.start < known.span.start and shape.span.end == known.span.end
    return longer_right or (longer_left and _LOCAL.match(known.text) is not None)


def _registered(text: str, folded: str, keys: dict[str, KnownOrganisation]) -> Iterator[Mention]:
    """Exact names, the longest first; 我 before 县… belongs to the name."""
    longest = sorted(keys, key=lambda name: (-len(name), name))
    if longest:
        words = "|".join(f"我?{re.escape(name)}" if _LOCAL.match(name) else re.escape(name) for name in longest)
        for match in re.finditer(words, folded):
            span = Span(*match.span())
            yield _named(text, folded, span, keys)


def _named(text: str, folded: str, span: Span, keys: dict[str, KnownOrganisation]) -> Mention:
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


def _roles(text: str, folded: str) -> Iterable[Mention]:
    for match in _ROLE.finditer(folded):
        span = Span(*match.span())
        yield Mention(span.of(text), _ROLES[match["role"]], MentionKind.ROLE, None, None, span)
