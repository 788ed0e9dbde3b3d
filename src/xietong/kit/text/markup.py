"""Reading WordprocessingML by local names: the transitional and the strict namespace are then one."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element  # noqa: SLF001  lxml offers no public name for it
WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
"""Elements that stand around blocks, rows or cells without being any."""

DIGITS = 9
"""More than any honest count in a document has."""


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        element = next((each for each in element if local(each) == name), None) if element is not None else None
    return element


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name; empty when there is none."""
    for key, value in element.attrib.items() if element is not None else ():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def number(element: Element | None, default: int, name: str = "val") -> int:
    """A whole number; hostile and absent ones become the default."""
    text = attribute(element, name)
    return int(text) if text.isdecimal() and len(text) <= DIGITS else default


def members(element: Element, name: str) -> Iterator[Element]:
    """The children of a name, also those inside content controls and tracked insertions."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in WRAPPERS:
            yield from members(each, name)
