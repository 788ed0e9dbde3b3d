"""A picture of figures: lines or bars over the same places, always with a sentence and a table that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one group of bars, a value for each place of the chart; None where there is none.

    `tone` is a colour of the theme: primary, green, red, orange or soft. A dashed line is told from others in print.
    """

    name: str
    values: Values
    tone: str = "primary"
    kind: str = "line"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What the fragment `pages/fragments/chart.html` shows.

    `summary` is the sentence that stands for the picture. `places` are the labels of the axis, which `place` names.
    """

    key: str
    summary: str
    place: str
    places: Sequence[str]
    series: Sequence[Series]

    @property
    def element(self) -> str:
        """The name under which the page carries the drawing."""
        return f"chart-{self.key}"

    @property
    def drawing(self) -> dict[str, Any]:
        """What the script needs."""
        return {
            "places": list(self.places),
            "series": [
                {
                    "name": one.name,
                    "values": list(one.values),
                    "tone": one.tone,
                    "kind": one.kind,
                    "dashed": one.dashed,
                }
                for one in self.series
            ],
        }

    @property
    def rows(self) -> list[tuple[str, tuple[float | None, ...]]]:
        """The table: each place with the value of every series."""
        return list(zip(self.places, zip(*(one.values for one in self.series), strict=True), strict=True))
