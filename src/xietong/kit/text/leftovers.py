"""What is said of a .docx beside its text: what was accepted, moved or left out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from xietong.kit.marking import gettext_noop
from xietong.kit.text.document import Remark, Role
from xietong.kit.text.draft import Paragraph
from xietong.kit.text.markup import Element
from xietong.kit.text.runs import Found

CHANGED = gettext_noop("文件中有 %(changes)s 处修订：插入的文字已采纳，删除的文字已略去。")
NOTED = gettext_noop("%(count)s 条脚注和尾注列在正文之后。")
RUNNING = gettext_noop("页眉、页脚中的文字未读入：%(words)s")
COUNTED = (
    ("hidden", gettext_noop("%(count)s 处隐藏文字未读入。")),
    ("comments", gettext_noop("%(count)s 条批注未读入。")),
    ("pictures", gettext_noop("%(count)s 张图片或图表中的文字未读入。")),
    ("objects", gettext_noop("%(count)s 个嵌入的对象（如 Excel 表、公式）未读入。")),
    ("chunks", gettext_noop("%(count)s 处由其他文件插入的内容未读入；请用 Word 打开，另存为 .docx 后再上传。")),
)
WORD = re.compile(r"[^\W\d_]")
LONGEST = 60


def remarks(found: Found, paragraphs: Sequence[Paragraph], running: Iterable[Element]) -> Iterator[Remark]:
    """The remarks on a document."""
    changes = sum(len(each.changes) for each in paragraphs)
    if changes:
        yield Remark(CHANGED, {"changes": str(changes)})
    notes = sum(each.role is Role.NOTE and bool(each.numbering) for each in paragraphs)
    if notes:
        yield Remark(NOTED, {"count": str(notes)})
    words = "；".join(dict.fromkeys(filter(WORD.search, map(_printed, running))))
    if words:
        yield Remark(RUNNING, {"words": words if len(words) <= LONGEST else words[:LONGEST] + "…"})
    for what, sentence in COUNTED:
        if what in found.counts:
            yield Remark(sentence, {"count": str(found.counts[what])})


def _printed(root: Element) -> str:
    return "".join(str(each.text or "") for each in root.iter("{*}t")).strip()
