"""A picture of figures: lines, bars and bands over the same places, with a sentence and a table that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

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
class Area:
    """A band between two lines, for how sure something is; None where there is none."""

    name: str
    low: Values
    high: Values
    tone: str = "primary"


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
    areas: Sequence[Area] = ()

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
            "areas": [
                {"name": one.name, "low": list(one.low), "high": list(one.high), "tone": one.tone}
                for one in self.areas
            ],
        }

    @property
    def columns(self) -> list[str]:
        """The heads of the table beside that of the places."""
        ends = [end % {"name": one.name} for one in self.areas for end in (_("%(name)s下限"), _("%(name)s上限"))]
        return [*(one.name for one in self.series), *ends]

    @property
    def rows(self) -> list[tuple[str, tuple[float | None, ...]]]:
        """The table: each place with the value of every series and both ends of every band."""
        ends = (values for one in self.areas for values in (one.low, one.high))
        return list(zip(self.places, zip(*(one.values for one in self.series), *ends, strict=True), strict=True))
