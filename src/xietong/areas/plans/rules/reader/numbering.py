"""Numbers that skip, repeat or are of two kinds: reported, never repaired."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.markers import ANNEX, BULLET, ENUMERATION, FOOT, HEADING, Opening


def check(numbered: Sequence[tuple[int | None, Opening]]) -> Iterator[Caution]:
    """This function will compare every number with the ones before it under the same parent and form.

    Articles run on through the chapters; in an annex everything begins anew.
    """
    seen: defaultdict[tuple[int | None, str, int], list[int]] = defaultdict(list)
    annex: int | None = None
    for index, (parent, opening) in enumerate(numbered):
        annex = index if opening.form is ANNEX else annex
        if not opening.form.counts or (opening.form is ANNEX and not opening.value):
            continue
        before = seen[annex if opening.form.through else parent, opening.form.name, opening.run]
        expected = before[-1] + 1 if before else 1
        found = _label(opening, opening.value)
        if opening.value in before:
            yield Caution(CautionCode.NUMBER_REPEATS, opening.line, found)
        elif opening.value != expected:
            yield Caution(CautionCode.NUMBER_SKIPS, opening.line, found, _label(opening, expected))
        before.append(opening.value)


_APART = (ANNEX, FOOT, HEADING, ENUMERATION, BULLET)


def mixed(numbered: Sequence[tuple[int | None, Opening]]) -> Iterator[Caution]:
    """This function will tell where clauses side by side are numbered in two ways."""
    first: dict[int | None, Opening] = {}
    told = set()
    for parent, opening in numbered:
        if opening.form in _APART:
            continue
        usual = first.setdefault(parent, opening)
        if usual.form is not opening.form and parent not in told:
            told.add(parent)
            yield Caution(
                CautionCode.NUMBERING_MIXED, opening.line, _label(opening, opening.value), _label(usual, usual.value)
            )


def _label(opening: Opening, value: int) -> str:
    return opening.form.sample.format(opening.form.spell(value))
