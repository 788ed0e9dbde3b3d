"""How a name is spelt, for sorting and for finding by initials.

A surname is read as a surname: 曾 is zeng and never ceng, 单 is shan. The dictionary of the library
gives the common reading of a character, so the surnames that differ from it stand here (现代汉语词典, 姓).
"""

from pypinyin import lazy_pinyin

SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "种": "chong",
    "覃": "qin",
    "乐": "yue",
    "翟": "zhai",
    "召": "shao",
    "员": "yun",
    "贠": "yun",
    "秘": "bi",
    "折": "she",
    "黑": "he",
    "繁": "po",
    "都": "du",
    "重": "chong",
    "祭": "zhai",
    "洗": "xian",
    "么": "yao",
    "能": "nai",
    "粘": "nian",
    "句": "gou",
    "阚": "kan",
    "薄": "bo",
    "乜": "nie",
}
# Surnames of two characters that begin like one of the above.
DOUBLE = ("单于",)
LONGEST, MOST_INITIALS = 200, 20


def spelling(name: str) -> tuple[str, str]:
    """The syllables of a name, parted by spaces so that 李安 sorts before 连云, and their initials."""
    syllables = [one.lower() for one in read(name.strip()) if one.isascii() and one[:1].isalpha()]
    return " ".join(syllables)[:LONGEST], "".join(one[0] for one in syllables)[:MOST_INITIALS]


def read(name: str) -> list[str]:
    if name[:1] in SURNAMES and not name.startswith(DOUBLE):
        return [SURNAMES[name[0]], *lazy_pinyin(name[1:])]
    # pypinyin keeps a run of other writing as one piece: "·" between the parts of a long name is one.
    return list(lazy_pinyin(name))
