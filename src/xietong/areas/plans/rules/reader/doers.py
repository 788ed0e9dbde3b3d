"""Who does it: organisations the text names as the doers or the helpers of a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence

from xietong.areas.plans.rules.reader.characters import PAUSES, sentence_start
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Mention, MentionKind, Part

_LEADS = re.compile("牵头|负责|主办|承办")
_HELPS = re.compile("配合|协助|协办")
_LED_BY = re.compile("(?:牵头|责任|主办|承办|主责)单位:$|由$")
_HELPED_BY = re.compile("(?:配合|协办|协助|支持)单位:$|会同$|联合$")
_ACTS = re.compile("要|应|将|可|须|需|每|于|按|充分|建立|成立|制定|制订|出台|组织|选派|安排|定期|积极|统筹|指导|会同")
_LOOK_BACK = 8
_AND = set("、和与及")

Group = list[Mention]


def leads(folded: str, mentions: Sequence[Mention], span: Span) -> tuple[Mention, ...]:
    """This function will return the first doers in the span, named organisations before roles."""
    doing = [group for group in _groups(folded, _within(mentions, span)) if _do(folded, group, span.start)]
    named = [group for group in doing if group[0].kind is MentionKind.NAME]
    return tuple(next(iter(named or doing), ()))


def leads_of_part(folded: str, mentions: Sequence[Mention], part: Span) -> tuple[Mention, ...]:
    """This function will return the last doers named in the sentence before the part begins."""
    sentence = Span(sentence_start(folded, part.start), part.start)
    doing = [group for group in _groups(folded, _within(mentions, sentence)) if _do(folded, group, sentence.start)]
    return tuple(doing[-1]) if doing else ()


def support(folded: str, mentions: Sequence[Mention], span: Span) -> tuple[Mention, ...]:
    """This function will return everyone the span names as a helper."""
    helping = (group for group in _groups(folded, _within(mentions, span)) if _help(folded, group))
    return tuple(mention for group in helping for mention in group)


def said(folded: str, mentions: Sequence[Mention]) -> Iterator[tuple[Part, Span, Group]]:
    """This function will return where somebody is made to lead or to help in so many words: 由…负责, …配合."""
    for group in _groups(folded, mentions):
        who = _whole(group)
        behind = folded[max(0, who.start - _LOOK_BACK) : who.start]
        helps, leads = _HELPS.match(folded, who.end), _LEADS.match(folded, who.end)
        by = re.search("由$|会同$|联合$", behind)
        verb = leads or helps
        if verb or (by and by[0] != "由"):
            span = Span(who.start - (len(by[0]) if by else 0), verb.end() if verb else who.end)
            yield (Part.LEAD if leads else Part.SUPPORT), span, group


def does(folded: str, who: Span, start: int) -> bool:
    """Whether the words around a name make it the doer: 由…, …牵头, or it opens a phrase and acts."""
    if _HELPS.match(folded, who.end):
        return False
    behind = folded[max(start, who.start - _LOOK_BACK) : who.start]
    if _LED_BY.search(behind) or _LEADS.match(folded, who.end):
        return True
    opens = not behind or behind[-1] in PAUSES + "\n"
    return opens and _ACTS.match(folded, who.end) is not None


def _groups(folded: str, mentions: Iterable[Mention]) -> list[Group]:
    """Names joined by 、 or 和 act together."""
    groups: list[Group] = []
    for mention in mentions:
        if groups and folded[groups[-1][-1].span.end : mention.span.start] in _AND:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _within(mentions: Sequence[Mention], span: Span) -> Iterator[Mention]:
    return (each for each in mentions if span.start <= each.span.start < span.end)


def _whole(group: Group) -> Span:
    return Span(group[0].span.start, group[-1].span.end)


def _do(folded: str, group: Group, start: int) -> bool:
    return does(folded, _whole(group), start)


def _help(folded: str, group: Group) -> bool:
    who = _whole(group)
    behind = folded[max(0, who.start - _LOOK_BACK) : who.start]
    return bool(_HELPED_BY.search(behind) or _HELPS.match(folded, who.end))
