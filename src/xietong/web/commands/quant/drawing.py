"""Draws the sample of a monitoring from a table of schools."""

import argparse

import numpy as np

from xietong.web.commands.quant.tables import columns_of, in_names_of_file, rows_of, whole_of, write


def sampled(args: argparse.Namespace) -> list[str]:
    """One row for each pupil drawn: his school and number in it, and the weight that he stands for."""
    from xietong.quant import sampling  # noqa: PLC0415  (only what the verb needs is loaded)

    frame = columns_of(args.file, (args.id, args.size, args.stratum))
    sizes = np.array([whole_of(args.file, args.size, *cell, "whole number") for cell in rows_of(frame, args.size)])
    names = frame[args.stratum].to_list() if args.stratum else [""] * len(sizes)
    strata = sorted(set(names))
    codes = np.array([strata.index(one) for one in names])
    chance = np.random.default_rng(args.seed)
    with in_names_of_file(strata, "stratum"):
        schools = sampling.select_schools(sizes, codes, numbers_of(args.schools, strata), chance)
    pupils = sampling.select_pupils(sizes[schools.sampled], args.pupils, chance)
    of_school = sampling.base_weights(schools.probability[schools.sampled], pupils.probability)
    base = of_school[pupils.school]
    ids = frame[args.id].to_list()
    rows = (
        (ids[schools.sampled[school]], names[schools.sampled[school]], int(pupil) + 1, round(float(weight), 6))
        for school, pupil, weight in zip(pupils.school, pupils.pupil, base, strict=True)
    )
    write(("school", "stratum", "pupil", "weight"), rows, args.out)
    return [f"{len(schools.sampled)} schools, {len(pupils.pupil)} pupils, for {base.sum():.1f} of {sizes.sum()}"]


def numbers_of(text: str, strata: list[str]) -> list[int]:
    """How many schools of each stratum: one number for all, or NAME=N for each."""
    if text.isdecimal():
        return [int(text)] * len(strata)
    parts = dict(part.partition("=")[::2] for part in text.split(","))
    if set(parts) != set(strata) or not all(one.isdecimal() for one in parts.values()):
        raise ValueError(
            f"--schools {text}: a number for each stratum is needed, {','.join(f'{one}=N' for one in strata)}"
        )
    return [int(parts[one]) for one in strata]
