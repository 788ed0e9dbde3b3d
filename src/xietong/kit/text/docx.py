"""Word documents: paragraphs, text boxes and tables in document order, the notes behind them.

The parts are read directly and not through python-docx, which loads every part into memory and does not see
text inserted as a tracked change.
"""

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text import package
from xietong.kit.text.draft import Draft, Paragraph
from xietong.kit.text.leftovers import remarks
from xietong.kit.text.markup import Element, attribute, child, local
from xietong.kit.text.numbering import Numbering
from xietong.kit.text.styles import Styles
from xietong.kit.text.walk import Walk

ONLY_PICTURES = gettext_noop("文件里只有图片，没有可以读取的文字；请上传有文字的 .docx，或先做文字识别再上传。")
KINDS = ("footnote", "endnote")


def read(data: bytes) -> Draft:
    """The body of the document and its notes; what else it holds is told in remarks."""
    with package.opened(data) as parts:
        main = parts.main_part()
        body = child(parts.tree(main), "body")
        if body is None:
            raise Unreadable(package.BROKEN)
        styles = Styles(parts.tree(parts.related(main, "styles") or ""))
        numbering = Numbering(parts.tree(parts.related(main, "numbering") or ""))
        notes = {kind: _by_id(parts.tree(parts.related(main, f"{kind}s") or ""), kind) for kind in KINDS}
        running = [parts.tree(name) for role in ("header", "footer") for name in parts.all_related(main, role)]
    return _drafted(Walk(styles, numbering), body, notes, [root for root in running if root is not None])


def _drafted(walk: Walk, body: Element, notes: dict[str, dict[str, Element]], running: list[Element]) -> Draft:
    paragraphs = walk.whole(body)
    walk.found.boxes.clear()
    paragraphs += [
        each
        for place, (kind, note_id) in enumerate(walk.found.notes[:], start=1)
        if (note := notes[kind].get(note_id)) is not None
        for each in walk.note(note, f"[{place}]")
    ]
    if walk.found.counts.get("pictures") and not any(_has_words(each) for each in paragraphs):
        raise Unreadable(ONLY_PICTURES)
    return Draft(tuple(paragraphs), walk.tables(), tuple(remarks(walk.found, paragraphs, running)))


def _has_words(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip())


def _by_id(root: Element | None, kind: str) -> dict[str, Element]:
    """The notes of a part by the id that the text refers to them by."""
    parts = root if root is not None else ()
    return {attribute(part, "id"): part for part in parts if local(part) == kind}
