"""A picture of figures: what its table says, and what its script is told."""

from xietong.kit.pages.charts import Area, Chart, Series

CHART = Chart(
    "ahead",
    "说明",
    "学年",
    ["2025", "2026"],
    [Series("在校生", [90, 80])],
    [Area("八成区间", [None, 70], [None, 95])],
)


def test_the_table_has_both_ends_of_a_band() -> None:
    assert CHART.columns == ["在校生", "八成区间下限", "八成区间上限"]
    assert CHART.rows == [("2025", (90, None, None)), ("2026", (80, 70, 95))]


def test_the_script_is_told_of_the_band_beside_the_lines() -> None:
    assert CHART.drawing["areas"] == [{"name": "八成区间", "low": [None, 70], "high": [None, 95], "tone": "primary"}]
    assert Chart("bare", "说明", "学年", [], []).drawing["areas"] == []
