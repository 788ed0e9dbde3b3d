"""The child's part: the bytes of a form become its grids."""

from xietong.kit.blanks import books, papers
from xietong.kit.blanks.grid import MOST_BLANKS, XLSX, Paper, blanks, labelled
from xietong.kit.blanks.opening import kind_of, opened
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable

NOTHING = gettext_noop("文件里没有可填的空格；只能填写表格里的空白格，文字段落里的横线不能填。")
TOO_MANY = gettext_noop("空白格太多：最多 600 个。请删去用不到的空白行列后再上传。")


def read(content: bytes) -> Paper:
    """Every table of a form; raises ``Unreadable``."""
    kind = kind_of(content)
    with opened(content) as parts:
        grids = tuple(map(labelled, (books if kind == XLSX else papers).grids(parts)))
    count = len(blanks(grids))
    if not count:
        raise Unreadable(NOTHING)
    if count > MOST_BLANKS:
        raise Unreadable(TOO_MANY)
    return Paper(kind, grids)
