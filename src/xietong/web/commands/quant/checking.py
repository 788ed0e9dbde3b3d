"""What is odd about a table of answers: told, or refused where nothing could be counted from it."""

import numpy as np
from numpy.typing import NDArray

from xietong.quant.responses import booklets_of
from xietong.web.commands.quant.answers import Answers
from xietong.web.commands.quant.findings import LEAST
from xietong.web.commands.quant.headers import GRADE, SCHOOL, YOUNG, YOUNG_FILE
from xietong.web.commands.quant.words import Say

FIRST = 3
"""So many items name a part."""


def remarks_on(answers: Answers, gettext: Say, *, is_sample: bool) -> list[str]:
    """What the reader of a report has to know of the answers."""
    found = []
    if answers.left_out:
        found.append(
            gettext("这些列不是题目，没有分析：%(names)s。") % {"names": gettext("、").join(answers.left_out)}
        )
    for one, other in identical(answers):
        found.append(gettext("题目%(one)s和%(other)s的作答处处相同，可能是同一道题。") % {"one": one, "other": other})
    for item, unused in gaps(answers):
        what = {"item": item, "categories": gettext("、").join(map(str, unused))}
        found.append(gettext("题目%(item)s：没有人得到类别%(categories)s。") % what)
    schools = np.bincount(answers.schools) if answers.schools is not None else np.zeros(0)
    small = int((schools < LEAST).sum())
    if small:
        found.append(gettext("有%(count)s所学校不足10人：计入误差，不单独说明。") % {"count": small})
    if not is_sample and exam_of_the_young(answers):
        found.append(
            gettext(
                "这像是小学或初中非毕业年级的跨校考试。教育部办公厅《关于加强义务教育学校考试管理的通知》（2021年）："
                "不得面向小学各年级和初中非毕业年级组织区域性或跨校际的考试。抽样监测请加 --sampled。"
            )
        )
    return found


def identical(answers: Answers) -> list[tuple[str, str]]:
    """Pairs of items with the same answers in every row, each beside the first that is like it; some have answers."""
    seen: dict[bytes, str] = {}
    pairs = []
    for name, column in zip(answers.items, answers.responses.codes.T, strict=True):
        first = seen.setdefault(column.tobytes(), name)
        if first != name and (column >= 0).any():
            pairs.append((first, name))
    return pairs


def gaps(answers: Answers) -> list[tuple[str, list[int]]]:
    """Items with categories below the highest that occurs which nobody reached."""
    found = []
    for name, column in zip(answers.items, answers.responses.codes.T, strict=True):
        counts = np.bincount(column[column >= 0])
        unused = np.flatnonzero(counts == 0).tolist()
        if unused:
            found.append((name, unused))
    return found


def refuse_apart(answers: Answers) -> None:
    """Raises ValueError where items hang together by no person: each part would have a scale of its own."""
    parts = parts_of(answers.responses.codes >= 0)
    if len(parts) > 1:
        names = [
            ", ".join(answers.items[item] for item in part[:FIRST]) + ", …" * (len(part) > FIRST) for part in parts
        ]
        raise ValueError(
            f"{answers.path}: nobody answered items of both {names[0]} and {names[1]}: the booklets have no scale in "
            "common; analyse one of them with --items, or say --equivalent if they were given out at random"
        )


def parts_of(presented: NDArray[np.bool_]) -> list[list[int]]:
    """Items that hang together by persons who had two of them; one that nobody had belongs to none."""
    rows, _which = booklets_of(presented)
    leader = list(range(presented.shape[1]))

    def top(item: int) -> int:
        while leader[item] != item:
            item = leader[item]
        return item

    for row in rows:
        items = np.flatnonzero(row).tolist()
        for item in items[1:]:
            leader[top(item)] = top(items[0])
    parts: dict[int, list[int]] = {}
    for item in np.flatnonzero(rows.any(axis=0)).tolist():
        parts.setdefault(top(item), []).append(item)
    return list(parts.values())


def exam_of_the_young(answers: Answers) -> bool:
    """Whether several schools sat, of a grade below the leaving one, as names of file and columns tell."""
    frame = answers.frame
    schools = [one for one in frame.columns if one.lower() in SCHOOL]
    several = len(answers.school_names) > 1 or any(frame[one].n_unique() > 1 for one in schools)
    grades = [one for one in frame.columns if one.lower() in GRADE]
    young = bool(YOUNG_FILE.search(answers.path.stem)) or any(
        YOUNG.fullmatch(cell) for one in grades for cell in frame[one].unique().to_list()
    )
    return several and young
