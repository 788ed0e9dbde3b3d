"""Reading WordprocessingML by local names: the transitional and the strict namespace are then one."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

Element = etree._Element  # noqa: SLF001  lxml offers no public name for it
WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
"""Elements that stand around blocks, rows or cells without being any."""

DIGITS = 9
"""More than any honest count in a document has."""

OFF = frozenset({"0", "false", "off", "none"})


@lru_cache(maxsize=4096)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """The name without its namespace."""
    return _without_namespace(str(element.tag))


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        for each in element:
            if local(each) == name:
                element = each
                break
        else:
            return None
    return element


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name; empty when there is none."""
    for key, value in element.attrib.items() if element is not None else ():
        if _without_namespace(str(key)) == name:
            return str(value)
    return ""


def number(element: Element | None, default: int, name: str = "val") -> int:
    """A whole number; hostile and absent ones become the default."""
    text = attribute(element, name)
    return int(text) if text.isdecimal() and len(text) <= DIGITS else default


def is_on(element: Element | None) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and attribute(element) not in OFF


def members(element: Element, name: str) -> Iterator[Element]:
    """The children of a name, also those inside content controls and tracked insertions."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in WRAPPERS:
            yield from members(each, name)


def alternative(element: Element) -> Element | None:
    """Of content that stands there twice, for new and for old versions of Word, the one to read."""
    chosen = child(element, "Choice")
    return chosen if chosen is not None else child(element, "Fallback")
