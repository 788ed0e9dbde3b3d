"""Styles of a .docx: their names, the numbering they bring, and whether they hide."""

from collections.abc import Iterator
from dataclasses import dataclass

from xietong.kit.text.markup import Element, attribute, child, is_on, local


@dataclass(frozen=True, slots=True)
class Style:
    """One style; ``numbering`` is its numPr element, ``hidden`` is None where it says nothing."""

    name: str
    based_on: str
    numbering: Element | None
    hidden: bool | None


class Styles:
    """All styles by their id."""

    def __init__(self, root: Element | None) -> None:
        parts = [part for part in root if local(part) == "style"] if root is not None else []
        self._styles = {attribute(part, "styleId"): _style(part) for part in parts}
        self.default = next((attribute(part, "styleId") for part in parts if _is_default(part)), "")

    def name(self, style_id: str) -> str:
        """The name in the file, which Word keeps in English for its own styles ("heading 1")."""
        style = self._styles.get(style_id)
        return style.name if style else ""

    def numbering(self, style_id: str) -> Element | None:
        """The numbering of a style or of the nearest one it is based on."""
        return next((style.numbering for style in self._line(style_id) if style.numbering is not None), None)

    def is_hidden(self, style_id: str) -> bool:
        """Whether text in a style is not shown."""
        return next((style.hidden for style in self._line(style_id) if style.hidden is not None), False)

    def _line(self, style_id: str) -> Iterator[Style]:
        """A style and those it is based on, each once: a hostile file may close the line to a ring."""
        seen = set[str]()
        while (style := self._styles.get(style_id)) and style_id not in seen:
            yield style
            seen.add(style_id)
            style_id = style.based_on


def _is_default(part: Element) -> bool:
    return attribute(part, "type") == "paragraph" and attribute(part, "default") in {"1", "true", "on"}


def _style(part: Element) -> Style:
    vanish = child(part, "rPr", "vanish")
    return Style(
        name=attribute(child(part, "name")),
        based_on=attribute(child(part, "basedOn")),
        numbering=child(part, "pPr", "numPr"),
        hidden=is_on(vanish) if vanish is not None else None,
    )
