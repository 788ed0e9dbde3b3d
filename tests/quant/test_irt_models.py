"""Which models there are, and which of them fit an item."""

from typing import Any

import pytest

from xietong.quant.irt.models import Model, models_of
from xietong.quant.items import Kind

pytestmark = pytest.mark.once


def test_one_name_stands_for_all_items() -> None:
    assert models_of("grm", [3, 2]) == (Model.GRM, Model.GRM)
    assert models_of(["2pl", Model.PCM], [2, 4]) == (Model.TWO, Model.PCM)


def test_every_model_has_a_kind_and_two_share_a_slope() -> None:
    kinds = [Kind.DICHOTOMOUS] * 3 + [Kind.GRADED, Kind.PARTIAL, Kind.PARTIAL]

    assert [model.kind for model in Model] == kinds
    assert [model for model in Model if model.shares_slope] == [Model.RASCH, Model.PCM]


@pytest.mark.parametrize(
    ("models", "categories", "why"),
    [
        ("4pl", [2], "item 0: model '4pl' is none of rasch, 2pl, 3pl, grm, pcm, gpcm"),
        (["2pl", ""], [2, 2], "item 1: model '' is none of"),
        (["2pl"], [2, 2], "1 models for 2 items"),
        ("rasch", [2, 3], "item 1: rasch is for two categories, the item has 3"),
        ("2pl", [3], "item 0: 2pl is for two categories"),
        ("3pl", [3], "item 0: 3pl is for two categories"),
    ],
)
def test_models_of_names_what_does_not_fit(models: Any, categories: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        models_of(models, categories)
