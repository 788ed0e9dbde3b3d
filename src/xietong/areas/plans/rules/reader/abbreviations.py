"""The short forms under which a plan may name a unit of the register: 安义三小, 县教体局, 县幼儿园."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xietong.areas.plans.rules.reader.characters import HAN, fold
from xietong.areas.plans.rules.reader.values import KnownOrganisation

_PLACED = re.compile(rf"(?P<place>[{HAN}]{{1,6}}?)(?P<level>[省市县区])(?P<stem>[{HAN}]{{2,}})")
_CONTRACTIONS = (
    ("教育科技体育", "教科体"), ("教育体育", "教体"), ("人力资源和社会保障", "人社"), ("卫生健康委员会", "卫健委"),
    ("卫生健康", "卫健"), ("发展和改革委员会", "发改委"), ("市场监督管理", "市场监管"), ("住房和城乡建设", "住建"),
    ("文化广电旅游", "文广旅"), ("文化和旅游", "文旅"), ("委机构编制委员会办公室", "委编办"),
    ("机构编制委员会办公室", "编办"), ("人民政府", "政府"), ("职业技术学校", "职校"), ("中心小学", "中心校"),
)  # fmt: skip
_ORDINAL = re.compile("第([一二三四五六七八九十]{1,2})(中学|小学|幼儿园)")
_SHORT = {"中学": "中", "小学": "小", "幼儿园": "幼"}
_ALONE = re.compile(
    f"[{HAN}]+局|[{HAN}]*编办|[{HAN}]*委|第[一二三四五六七八九十]+[{HAN}]+|[一二三四五六七八九十]+[中小幼]"
)
"""What says enough without the place before it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Every name with its unit, and those that may be looked for anywhere: 三小 alone may be a part of 三小时."""

    units: dict[str, KnownOrganisation]
    anywhere: tuple[str, ...]


def known(register: Sequence[KnownOrganisation]) -> Names:
    """This function will return every name and short form with its unit; a short form that fits two is left out."""
    given = {fold(name): each for each in register for name in (each.name, *each.aliases) if name}
    derived: dict[str, list[KnownOrganisation]] = {}
    for each in register:
        for form in forms(fold(each.name)):
            derived.setdefault(form, []).append(each)
    short = {form: units[0] for form, units in derived.items() if len(units) == 1}
    clear = (*given, *(form for form in short if len(form) > _UNCLEAR))
    return Names({**short, **given}, tuple(dict.fromkeys(clear)))


_UNCLEAR = 2


def forms(name: str) -> set[str]:
    """The short forms of one name: its place shortened or left out, its words contracted."""
    placed = _PLACED.fullmatch(name)
    if placed is None:
        return {form for form in _stems(name) if form != name}
    place, level = placed["place"], placed["level"]
    found = set()
    for stem in _stems(placed["stem"]):
        found |= {place + level + stem, place + stem, level + stem}
        if _ALONE.fullmatch(stem):
            found.add(stem)
    return found - {name}


def _stems(stem: str) -> set[str]:
    found = {stem}
    for long, short in _CONTRACTIONS:
        found |= {each.replace(long, short) for each in found}
    return found | {_ORDINAL.sub(lambda match: match[1] + _SHORT[match[2]], each) for each in found}
