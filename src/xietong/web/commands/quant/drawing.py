"""Draws the sample of a monitoring from a table of schools."""

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.kit.marking import gettext_noop
from xietong.quant import sampling
from xietong.web.commands.quant import pictures
from xietong.web.commands.quant.findings import Column, Fact, Findings, Picture, Sheet, headed, rows_of
from xietong.web.commands.quant.tables import cells_of, codes_of_names, columns_of, in_names_of_file, whole_of
from xietong.web.commands.quant.words import Say

PLACES = 6

STRATUM = (
    Column("stratum", gettext_noop("层"), None), Column("schools", gettext_noop("学校"), 0),
    Column("drawn", gettext_noop("抽取学校"), 0), Column("size", gettext_noop("学生数"), 0),
    Column("pupils", gettext_noop("抽取学生"), 0), Column("weight", gettext_noop("权重合计"), 1),
)  # fmt: skip
SCHOOL = (
    Column("school", gettext_noop("学校"), None), Column("stratum", gettext_noop("层"), None),
    Column("size", gettext_noop("学生数"), 0), Column("probability", gettext_noop("入样概率")),
    Column("certain", gettext_noop("必选"), None), Column("pupils", gettext_noop("抽取学生"), 0),
)  # fmt: skip
PUPIL = (
    Column("school", gettext_noop("学校"), None), Column("stratum", gettext_noop("层"), None),
    Column("pupil", gettext_noop("名册序号"), 0), Column("booklet", gettext_noop("题册"), 0),
    Column("weight", gettext_noop("权重")),
)  # fmt: skip


def sampled(args: argparse.Namespace, gettext: Say) -> Findings:
    """Schools in proportion to their size, pupils of each by their number in it, their booklets and weights."""
    path = args.file
    frame = columns_of(path, (args.id, args.size, args.stratum, args.spread))
    sizes = np.array([whole_of(path, args.size, *cell, "whole number") for cell in cells_of(frame, args.size)])
    codes, strata = codes_of_names(frame[args.stratum].to_list() if args.stratum else [""] * len(sizes))
    spread = codes_of_names(frame[args.spread].to_list())[0] if args.spread else None
    chance = np.random.default_rng(args.seed)
    with in_names_of_file(strata, "stratum"):
        schools = sampling.select_schools(sizes, codes, numbers_of(args.schools, strata), chance, spread)
    pupils = sampling.select_pupils(sizes[schools.sampled], args.pupils, chance)
    weights = sampling.base_weights(schools.probability[schools.sampled], pupils.probability)[pupils.school]
    booklets = sampling.assign_booklets(pupils.school, args.booklets, chance)
    drawn = Drawn(
        np.array(frame[args.id].to_list()), np.array(strata)[codes], sizes, schools, pupils, weights, booklets + 1
    )
    sheets = [strata_sheet(drawn, strata, gettext), school_sheet(drawn, gettext), pupil_sheet(drawn, gettext)]
    facts = [
        Fact("schools", gettext("学校"), f"{len(schools.sampled)} / {int((sizes > 0).sum())}"),
        Fact("pupils", gettext("学生"), f"{len(pupils.pupil)} / {sizes.sum()}"),
        Fact("booklets", gettext("题册"), str(args.booklets)),
        Fact("weight", gettext("权重合计"), f"{weights.sum():.1f}"),
        Fact("seed", gettext("随机种子"), str(args.seed)),
    ]  # fmt: skip
    remarks = [
        gettext("学生按学校名册的序号抽取；同一张表、同一个种子，抽出的样本相同。有学生缺考时，要先调整权重再分析。"),
        gettext("抽样监测不对学生或学校进行个体评价，不排名次，不公布分数。"),
    ]
    return Findings(gettext("抽样方案"), facts, remarks, sheets, [strata_picture(sheets[0], gettext)])


@dataclass(frozen=True, slots=True)
class Drawn:
    """The frame (names, strata, sizes of all schools) and what was drawn from it."""

    names: NDArray[np.str_]
    strata: NDArray[np.str_]
    sizes: NDArray[np.int64]
    schools: sampling.Schools
    pupils: sampling.Pupils
    weights: NDArray[np.float64]
    booklets: NDArray[np.int64]

    @property
    def per_school(self) -> NDArray[np.int64]:
        return np.bincount(self.pupils.school, minlength=len(self.schools.sampled))


def strata_sheet(drawn: Drawn, strata: tuple[str, ...], gettext: Say) -> Sheet:
    own = drawn.strata[drawn.schools.sampled]
    of_pupil = own[drawn.pupils.school]
    rows: list[list[object]] = []
    for name in strata:
        inside = drawn.strata == name
        weight = float(drawn.weights[of_pupil == name].sum())
        counts = (inside & (drawn.sizes > 0)).sum(), (own == name).sum(), drawn.sizes[inside].sum()
        rows.append([name, *map(int, counts), int((of_pupil == name).sum()), round(weight, 1)])
    note = gettext("权重合计应当接近该层的学生数。")
    return Sheet("strata", gettext("各层"), headed(STRATUM, gettext), rows, note)


def school_sheet(drawn: Drawn, gettext: Say) -> Sheet:
    own = drawn.schools.sampled
    certain = (gettext("是") if one else "" for one in drawn.schools.certain[own])
    probability = drawn.schools.probability[own].round(PLACES)
    rows = rows_of(drawn.names[own], drawn.strata[own], drawn.sizes[own], probability, certain, drawn.per_school)
    return Sheet("schools", gettext("学校样本"), headed(SCHOOL, gettext), rows, on_page=False)


def pupil_sheet(drawn: Drawn, gettext: Say) -> Sheet:
    at, pupils = drawn.schools.sampled[drawn.pupils.school], drawn.pupils.pupil + 1
    rows = rows_of(drawn.names[at], drawn.strata[at], pupils, drawn.booklets, drawn.weights.round(PLACES))
    return Sheet("pupils", gettext("学生样本"), headed(PUPIL, gettext), rows, on_page=False)


def strata_picture(sheet: Sheet, gettext: Say) -> Picture:
    table = list(zip(*sheet.rows, strict=True))
    series = [pictures.bars(gettext("学生数"), table[3]), pictures.bars(gettext("权重合计"), table[5])]
    chart = pictures.whole("", gettext("学生"), series, x={"type": "category", "data": list(table[0])})
    return Picture(gettext("样本代表的学生"), gettext("各层的学生数，与样本按权重代表的学生数。"), chart, 300)


def numbers_of(text: str, strata: tuple[str, ...]) -> list[int]:
    """How many schools of each stratum: one number for all, or NAME=N for each."""
    if text.isdecimal():
        return [int(text)] * len(strata)
    parts = dict(part.partition("=")[::2] for part in text.split(","))
    if set(parts) != set(strata) or not all(one.isdecimal() for one in parts.values()):
        raise ValueError(
            f"--schools {text}: a number for each stratum is needed, {','.join(f'{one}=N' for one in strata)}"
        )
    return [int(parts[one]) for one in strata]
