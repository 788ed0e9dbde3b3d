"""Lists inside a paragraph: 一是…二是…, told apart and closed where they end."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from xietong.areas.plans.rules.reader.characters import STOPS, sentence_start
from xietong.areas.plans.rules.reader.markers import Opening, enumerators
from xietong.areas.plans.rules.reader.spans import Span

# A sentence that opens so speaks again of the whole, not of the last item.
_RESUMES = re.compile(rf"(?<=[{STOPS}])(?:与此同时|同时|此外|另外|总之|最后)")


def items(folded: str, block: Span, line: int) -> Iterator[Opening]:
    """The items of every list in the block, which begins on the line, with their ends."""
    lists = _lists(enumerators(folded, block, line))
    for run, (members, following) in enumerate(pairwise([*lists, []]), 1):
        last = members[-1].start
        limit = _announcement(folded, last, following[0].start) if following else block.end
        ends = [*(after.start for after in members[1:]), _close(folded, last, limit)]
        for item, end in zip(members, ends, strict=True):
            yield replace(item, end=end, run=run)


def _lists(found: Iterable[Opening]) -> Sequence[list[Opening]]:
    """A list begins anew at 一是, unless it has only just begun: then the number is repeated."""
    lists: list[list[Opening]] = []
    for item in found:
        if not lists or (item.value == 1 and len(lists[-1]) > 1):
            lists.append([])
        lists[-1].append(item)
    return lists


def _announcement(folded: str, last: int, following: int) -> int:
    """Where the words begin that announce the next list; in one sentence there are none."""
    start = sentence_start(folded, following)
    return start if start > last else following


def _close(folded: str, start: int, limit: int) -> int:
    """The last item ends with its paragraph, before a resuming sentence, or before the next list."""
    paragraph = folded.find("\n", start, limit)
    end = limit if paragraph < 0 else paragraph
    resumed = _RESUMES.search(folded, start, end)
    return resumed.start() if resumed else end
