"""What a chart shows, as data."""

from dataclasses import dataclass

MOST_SERIES = 3
"""More cannot be told apart in black and white."""


@dataclass(frozen=True, slots=True)
class Series:
    """A name and a value for each label; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Labels (units, months) and one to three series; `unit` stands beside their names, values have `decimals`."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0

    def __post_init__(self) -> None:
        if not self.labels or not 0 < len(self.series) <= MOST_SERIES:
            raise ValueError("a chart has labels, and one to three series")
        if any(len(each.values) != len(self.labels) for each in self.series):
            raise ValueError("every series has a value for each label, or None")

    def said(self, value: float) -> str:
        """A value as it is printed."""
        return f"{value:.{self.decimals}f}"

    def values(self) -> list[float]:
        """Every value that there is."""
        return [value for each in self.series for value in each.values if value is not None]
