"""The demonstration: 安义县 as published, and the fictional 云岭县 lived in. Deterministic by seed."""

from xietong.web.demonstration.cast import PREFIX, cast
from xietong.web.demonstration.guard import RealData

__all__ = ["PREFIX", "RealData", "build", "cast"]


def build(*, scale: str, seed: int) -> None:
    """This function will fill an empty database.

    Raises
        RealData: accounts or counties are there that no demonstration made; nothing was written.
    """
    from xietong.web.demonstration.building import build_county, build_province  # noqa: PLC0415  (heavy)

    {"county": build_county, "province": build_province}[scale](seed=seed)
