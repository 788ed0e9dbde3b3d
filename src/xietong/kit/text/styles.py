"""Paragraph styles of a .docx: their names and the numbering they bring."""

from dataclasses import dataclass

from xietong.kit.text.markup import Element, attribute, child, local


@dataclass(frozen=True, slots=True)
class Style:
    """One style; ``numbering`` is its numPr element."""

    name: str
    based_on: str
    numbering: Element | None


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
        seen = set[str]()
        while (style := self._styles.get(style_id)) and style_id not in seen:
            if style.numbering is not None:
                return style.numbering
            seen.add(style_id)
            style_id = style.based_on
        return None


def _is_default(part: Element) -> bool:
    return attribute(part, "type") == "paragraph" and attribute(part, "default") in {"1", "true", "on"}


def _style(part: Element) -> Style:
    return Style(
        name=attribute(child(part, "name")),
        based_on=attribute(child(part, "basedOn")),
        numbering=child(part, "pPr", "numPr"),
    )
