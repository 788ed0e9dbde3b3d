"""The models of items that can be mixed in one test."""

from collections.abc import Sequence
from enum import StrEnum

from xietong.quant.items import Kind


class Model(StrEnum):
    """How the chance of a category depends on ability θ; logit metric, without the factor 1.7."""

    RASCH = "rasch"
    """P(1) = logistic(aθ + d), one slope a for all items of this model and of `PCM`."""
    TWO = "2pl"
    """P(1) = logistic(aθ + d)."""
    THREE = "3pl"
    """P(1) = c + (1 − c) logistic(aθ + d)."""
    GRM = "grm"
    """P(≥ k) = logistic(aθ + d_k)."""
    PCM = "pcm"
    """ln P(k) = k a θ + d_k + constant, one slope a for all items of this model and of `RASCH`."""
    GPCM = "gpcm"
    """ln P(k) = k a θ + d_k + constant."""

    @property
    def kind(self) -> Kind:
        return KINDS[self]

    @property
    def shares_slope(self) -> bool:
        return self in {Model.RASCH, Model.PCM}


KINDS = {
    Model.RASCH: Kind.DICHOTOMOUS,
    Model.TWO: Kind.DICHOTOMOUS,
    Model.THREE: Kind.DICHOTOMOUS,
    Model.GRM: Kind.GRADED,
    Model.PCM: Kind.PARTIAL,
    Model.GPCM: Kind.PARTIAL,
}


def models_of(models: str | Sequence[str], categories: Sequence[int]) -> tuple[Model, ...]:
    """One model for each item, or the one that was named for all.

    Raises
    ------
    ValueError
        A name is no model, there are not as many as items, or an item of two categories' model has more.
    """
    names = [models] * len(categories) if isinstance(models, str) else list(models)
    if len(names) != len(categories):
        raise ValueError(f"{len(names)} models for {len(categories)} items")
    known = [one.value for one in Model]
    for item, (name, count) in enumerate(zip(names, categories, strict=True)):
        if name not in known:
            raise ValueError(f"item {item}: model {name!r} is none of {', '.join(known)}")
        if Model(name).kind is Kind.DICHOTOMOUS and count > 2:  # noqa: PLR2004
            raise ValueError(f"item {item}: {name} is for two categories, the item has {count}")
    return tuple(Model(name) for name in names)
