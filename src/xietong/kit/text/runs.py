"""The text of one paragraph of a .docx, tracked changes accepted and told."""

from dataclasses import dataclass, field
from datetime import datetime

from xietong.kit.text.document import Change, ChangeKind
from xietong.kit.text.fields import Codes
from xietong.kit.text.markup import Element, alternative, attribute, child, is_on, local
from xietong.kit.text.styles import Styles

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
INSERTED = frozenset({"ins", "moveTo"})
DELETED = frozenset({"del", "moveFrom"})
SILENT = frozenset({"pPr", "rPr", "sdtPr", "instrText", "delInstrText", "rt"})
"""Properties, field codes, pronunciation guides: no part of the text."""

NOTES = frozenset({"footnoteReference", "endnoteReference"})
UNREAD = {
    "commentReference": "comments",
    "object": "objects",
    "blip": "pictures",
    "imagedata": "pictures",
    "chart": "pictures",
    "relIds": "pictures",
    "altChunk": "chunks",
}
TICKS = {"F0A8": "□", "F06F": "□", "F0FE": "☑", "F0FC": "✓", "F0FD": "☒", "F0FB": "✗", "F052": "☑", "F0A3": "□"}
"""Boxes and ticks of the symbol fonts, whose codes mean nothing in others."""

PRINTABLE = (range(0x20, 0xD800), range(0xE000, 0xFFFE))


@dataclass(slots=True)
class Found:
    """What was met on the way and belongs elsewhere: text boxes, notes, things left unread."""

    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


class Runs:
    """The text of a paragraph as it grows, with the changes in it."""

    def __init__(self, found: Found, styles: Styles) -> None:
        self._found = found
        self._styles = styles
        self._parts: list[str] = []
        self._length = 0
        self._codes: Codes | None = None
        self._hidden = False
        self.changes: list[Change] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def read(self, paragraph: Element, style: str) -> None:
        """Add the text of a paragraph."""
        self._codes = Codes(paragraph)
        self._hidden = self._styles.is_hidden(style)
        self._below(paragraph)

    def note_change(self, kind: ChangeKind, text: str, mark: Element) -> None:
        """Tell a change that ends here; inserted text is there already."""
        start = self._length - len(text) if kind is ChangeKind.INSERTED else self._length
        self.changes.append(Change(kind, text, attribute(mark, "author"), moment(mark), start, self._length))

    def part_inserted(self, mark: Element) -> None:
        """Tell that the parting behind this paragraph is new."""
        place = self._length
        self.changes.append(
            Change(ChangeKind.INSERTED, "\n", attribute(mark, "author"), moment(mark), place, place + 1)
        )

    def _below(self, element: Element) -> None:
        for each in element:
            self._meet(each, local(each))

    def _meet(self, element: Element, name: str) -> None:
        if name in {"t", "delText"}:
            self._add(element.text or "")
        elif name in SIGNS:
            self._add(SIGNS[name])
        elif name == "sym":
            self._add(symbol(attribute(element, "char")))
        elif name == "r":
            self._run(element)
        elif name in INSERTED:
            self._inserted(element)
        elif name in DELETED:
            self._deleted(element)
        elif name == "AlternateContent":
            if (chosen := alternative(element)) is not None:
                self._below(chosen)
        elif not self._is_set_aside(element, name):
            self._below(element)

    def _add(self, text: str) -> None:
        if self._codes is None or not self._codes.are_open:
            self._parts.append(text)
            self._length += len(text)

    def _run(self, run: Element) -> None:
        if self._is_hidden(child(run, "rPr")):
            self._found.count("hidden")
        else:
            self._below(run)

    def _is_hidden(self, properties: Element | None) -> bool:
        own = child(properties, "vanish")
        if own is not None:
            return is_on(own)
        style = attribute(child(properties, "rStyle"))
        return self._hidden or (bool(style) and self._styles.is_hidden(style))

    def _inserted(self, mark: Element) -> None:
        parts, length = len(self._parts), self._length
        self._below(mark)
        if self._length > length:
            self.note_change(ChangeKind.INSERTED, "".join(self._parts[parts:]), mark)

    def _deleted(self, mark: Element) -> None:
        gone = Runs(Found(), self._styles)
        gone._below(mark)
        if gone.text:
            self.note_change(ChangeKind.DELETED, gone.text, mark)

    def _is_set_aside(self, element: Element, name: str) -> bool:
        if name == "fldChar" and self._codes is not None:
            self._codes.meet(element)
        elif name == "txbxContent":
            self._found.boxes.append(element)
        elif name in NOTES:
            self._found.notes.append((name.removesuffix("Reference"), attribute(element, "id")))
        elif name in UNREAD:
            self._found.count(UNREAD[name])
        else:
            return name in SILENT
        return True


def moment(mark: Element) -> datetime | None:
    """When a change was made; Word writes the local time of its machine and calls it UTC."""
    try:
        return datetime.fromisoformat(attribute(mark, "date")).replace(tzinfo=None)
    except ValueError:
        return None


def symbol(code: str) -> str:
    """A sign by its code; nothing for codes that no text may hold."""
    if code.upper() in TICKS:
        return TICKS[code.upper()]
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    return chr(place) if any(place in part for part in PRINTABLE) else ""
