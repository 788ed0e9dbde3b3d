"""Fields of a .docx (REF, SEQ, PAGE): what they print is text, what they are made of is not."""

from xietong.kit.text.markup import Element, attribute


class Codes:
    """Tells while a paragraph is read whether its present place is inside the code of a field.

    Only a field that ends, or begins to print, in the same paragraph counts: a hostile or torn beginning
    must not swallow the rest of the document.
    """

    def __init__(self, paragraph: Element) -> None:
        self._complete = _complete(paragraph)
        self._open: list[bool] = []

    @property
    def are_open(self) -> bool:
        """Whether what stands here is code, and so is not printed."""
        return any(self._open)

    def meet(self, sign: Element) -> None:
        """Pass a ``fldChar``."""
        kind = attribute(sign, "fldCharType")
        if kind == "begin":
            self._open.append(sign in self._complete)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()


def _complete(paragraph: Element) -> set[Element]:
    """The beginnings of fields whose code has an end in the paragraph."""
    open_signs: list[Element] = []
    found: set[Element] = set()
    for sign in paragraph.iter("{*}fldChar"):
        kind = attribute(sign, "fldCharType")
        if kind == "begin":
            open_signs.append(sign)
        elif kind in {"separate", "end"} and open_signs:
            found.add(open_signs[-1])
            if kind == "end":
                open_signs.pop()
    return found
