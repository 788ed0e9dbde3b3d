"""Whom the measures of staff count: 高于规定学历, 县级以上骨干."""

from collections.abc import Mapping

BACKBONE = frozenset({"county", "city", "province", "nation"})
"""骨干层次 from the county up."""


def is_higher(lowest: Mapping[str, str], stage: str, qualification: str) -> bool:
    """Whether a qualification is above what the law asks for in a stage.

    `lowest` is stage → the lowest that is, as a code of GB/T 4658, in which a smaller code is a higher one.
    """
    return stage in lowest and "" < qualification <= lowest[stage]
