"""The text of one paragraph of a .docx, tracked changes accepted."""

from dataclasses import dataclass, field

from xietong.kit.text.markup import Element, attribute, child, local

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
INSERTED = frozenset({"ins", "moveTo"})
DELETED = frozenset({"del", "moveFrom"})
UNREAD = frozenset({"footnoteReference", "endnoteReference", "commentReference"})
SILENT = frozenset({"pPr", "rPr", "sdtPr", "delText", "instrText", "delInstrText", "rt"})
"""Properties, field codes, deleted text, pronunciation guides: no part of the text."""


@dataclass(slots=True)
class Found:
    """What was met on the way and belongs elsewhere: text boxes, changes, things left unread."""

    boxes: list[Element] = field(default_factory=list)
    changes: int = 0
    unread: set[str] = field(default_factory=set)


def text_of(element: Element, found: Found) -> str:
    """The text below an element, in order."""
    return "".join(_text(each, found) for each in element)


def _text(element: Element, found: Found) -> str:
    name = local(element)
    if name == "t":
        return element.text or ""
    if name in SIGNS:
        return SIGNS[name]
    if name == "sym":
        return _symbol(attribute(element, "char"))
    if name == "AlternateContent":
        return _text_of_first(element, found)
    return "" if _is_set_aside(element, name, found) else text_of(element, found)


def _text_of_first(element: Element, found: Found) -> str:
    """The same content stands there twice, for new and for old versions of Word."""
    chosen = child(element, "Choice")
    chosen = chosen if chosen is not None else child(element, "Fallback")
    return text_of(chosen, found) if chosen is not None else ""


def _is_set_aside(element: Element, name: str, found: Found) -> bool:
    if name == "txbxContent":
        found.boxes.append(element)
    elif name in UNREAD:
        found.unread.add(name)
    elif name in INSERTED | DELETED:
        found.changes += 1
    return name in SILENT or name in DELETED or name in UNREAD or name == "txbxContent"


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
