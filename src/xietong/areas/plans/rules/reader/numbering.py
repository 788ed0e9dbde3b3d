"""Numbers that skip or repeat: reported, never repaired."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.markers import Opening


def check(numbered: Iterable[tuple[int | None, Opening]]) -> Iterator[Caution]:
    """This function will compare every number with the ones before it under the same parent and form."""
    seen: defaultdict[tuple[int | None, str, int], list[int]] = defaultdict(list)
    for parent, opening in numbered:
        before = seen[parent, opening.form.name, opening.run]
        expected = before[-1] + 1 if before else 1
        found = _label(opening, opening.value)
        if opening.value in before:
            yield Caution(CautionCode.NUMBER_REPEATS, opening.line, found)
        elif opening.value != expected:
            yield Caution(CautionCode.NUMBER_SKIPS, opening.line, found, _label(opening, expected))
        before.append(opening.value)


def _label(opening: Opening, value: int) -> str:
    return opening.form.sample.format(opening.form.spell(value))
