"""学科: the closed list of what is taught, the words that exports have for it, and whether training fits it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from gettext import NullTranslations
from types import MappingProxyType

# Marks words for the catalogue; whoever knows the reader's language says them.
gettext_noop = NullTranslations().gettext


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that somebody teaches; its name is marked for the catalogue.

    `synonyms` are the words of exports, `parts` the subjects that an integrated one is made of. `majors` are words
    by which the name of a major or of a certificate is known; where nobody is trained for a subject there are none.
    """

    code: str
    name: str
    synonyms: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    majors: tuple[str, ...] = ()


GENERAL = "general"
"""Training for all subjects of a primary school."""

LISTED = (
    Subject("chinese", gettext_noop("语文"), majors=("语文", "汉语言", "中文", "中国语言文学", "汉语国际教育")),
    Subject("maths", gettext_noop("数学"), majors=("数学", "信息与计算科学")),
    Subject(
        "foreign",
        gettext_noop("外语"),
        ("英语", "日语", "俄语", "其他外语"),
        majors=("外语", "外国语", "英语", "日语", "俄语", "翻译"),
    ),
    Subject(
        "sports",
        gettext_noop("体育"),
        ("体育与健康", "体育健康", "体育与保健"),
        majors=("体育", "运动训练", "运动人体", "武术"),
    ),
    Subject("music", gettext_noop("音乐"), majors=("音乐", "声乐", "钢琴")),
    Subject("art", gettext_noop("美术"), majors=("美术", "绘画", "国画", "油画", "书法", "艺术设计", "视觉传达")),
    Subject("arts", gettext_noop("艺术"), parts=("music", "art"), majors=("艺术", "舞蹈")),
    Subject(
        "science",
        gettext_noop("科学"),
        ("自然", "小学科学"),
        parts=("physics", "chemistry", "biology"),
        majors=("科学教育",),
    ),
    Subject("physics", gettext_noop("物理"), majors=("物理",)),
    Subject("chemistry", gettext_noop("化学"), majors=("化学",)),
    Subject("biology", gettext_noop("生物"), ("生物学",), majors=("生物",)),
    Subject("geography", gettext_noop("地理"), majors=("地理",)),
    Subject("history", gettext_noop("历史"), majors=("历史",)),
    Subject("society", gettext_noop("历史与社会"), parts=("history", "geography"), majors=("历史与社会",)),
    Subject(
        "morality",
        gettext_noop("道德与法治"),
        ("道法", "思想品德", "思想政治", "政治", "品德", "品德与生活", "品德与社会", "品德与生活（社会）"),
        majors=("道德与法治", "思想品德", "政治", "马克思主义"),
    ),
    Subject(
        "it",
        gettext_noop("信息科技"),
        ("信息技术", "信息", "计算机"),
        majors=("信息科技", "信息技术", "计算机", "计算机科学", "教育技术", "软件工程"),
    ),
    Subject(
        "labour",
        gettext_noop("劳动"),
        ("劳动教育", "劳动技术", "劳动与技术", "劳技"),
        majors=("劳动教育",),
    ),
    Subject("technology", gettext_noop("通用技术")),
    Subject("practice", gettext_noop("综合实践"), ("综合实践活动", "综合实践课")),
    Subject("psychology", gettext_noop("心理健康"), ("心理", "心理健康教育"), majors=("心理",)),
    Subject("local", gettext_noop("地方和校本课程"), ("地方课程", "校本课程", "地方与校本课程")),
    Subject(
        "kindergarten", gettext_noop("学前教育"), ("幼儿教育", "幼教", "保教"), majors=("学前教育", "幼儿", "幼师")
    ),
    Subject("special", gettext_noop("特殊教育"), ("特教", "康复训练"), majors=("特殊教育",)),
    Subject("vocational", gettext_noop("职业专业课"), ("专业课", "专业技能课")),
)
SUBJECTS: Mapping[str, Subject] = MappingProxyType({one.code: one for one in LISTED})
"""Every subject by its code, in official order."""

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "chinese": gettext_noop("语文"),
        "maths": gettext_noop("数学"),
        "foreign": gettext_noop("外语"),
        "sports": gettext_noop("体育"),
        "science": gettext_noop("科学（含物理、化学、生物）"),
        "arts": gettext_noop("艺术（含音乐、美术）"),
        "it": gettext_noop("信息科技"),
        "morality": gettext_noop("道德与法治"),
        "humanities": gettext_noop("历史、地理"),
        "activities": gettext_noop("劳动、综合实践、地方和校本课程"),
    }
)
"""What the curriculum of compulsory education gives a share of its periods, in official order."""

SHORT: Mapping[str, str] = MappingProxyType(
    {"science": gettext_noop("科学"), "arts": gettext_noop("艺术"), "activities": gettext_noop("劳动等")}
)
"""What a group is called where there is little room, if not by its name."""

GROUPED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "science": ("science", "physics", "chemistry", "biology"),
        "arts": ("arts", "music", "art"),
        "humanities": ("history", "geography", "society"),
        "activities": ("labour", "practice", "local", "psychology"),
    }
)
GROUP_OF: Mapping[str, str] = MappingProxyType(
    {subject: group for group in GROUPS for subject in GROUPED.get(group, (group,))}
)
"""The group of a subject; those that compulsory education does not have are in none."""

GENERAL_MAJORS = ("小学教育", "全科", "初等教育")
SPORTS_AND_ARTS = frozenset({"sports", "music", "art", "arts"})

_NOTE = re.compile(r"[(\[].*?[)\]]|\s")
# Longer words first: 信息与计算科学 is mathematics, 历史与社会 not history alone.
_KNOWN = sorted(
    [
        *((word, GENERAL) for word in GENERAL_MAJORS),
        *((word, one.code) for one in LISTED for word in one.majors),
    ],
    key=lambda pair: -len(pair[0]),
)


def words() -> dict[str, str]:
    """What may be written for each subject, its name first: word → code."""
    return {word: one.code for one in LISTED for word in (one.name, *one.synonyms)}


def trained_for(text: str) -> str | None:
    """The subject that a major or a certificate is for, or all of a primary school; None if it says of none."""
    plain = _NOTE.sub("", unicodedata.normalize("NFKC", text))
    exact = words().get(plain)
    return exact or next((code for word, code in _KNOWN if word in plain), None)


class Match(StrEnum):
    """Whether somebody teaches what he was trained for: OFF is 教非所学."""

    FITS = "fits"
    OFF = "off"
    UNKNOWN = "unknown"


def match(stage: str, taught: str, *trained: str) -> Match:
    """The subject taught, beside major and certificate: off if no one that is given fits, and all are understood."""
    if not taught or not SUBJECTS[taught].majors:
        return Match.UNKNOWN
    read = [trained_for(text) for text in trained if text]
    if any(fits(stage, taught, code) for code in read if code):
        return Match.FITS
    return Match.OFF if read and all(read) else Match.UNKNOWN


def fits(stage: str, taught: str, trained: str) -> bool:
    """The same subject, an integrated one and a part of it, or any of a primary school for training in all."""
    if trained == GENERAL:
        return stage == "primary"
    return taught == trained or taught in SUBJECTS[trained].parts or trained in SUBJECTS[taught].parts
