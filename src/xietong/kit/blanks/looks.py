"""What the looks of a cell say: whether it has a frame, and whether it shows a share."""

from dataclasses import dataclass

from lxml import etree

from xietong.kit.text.package import Package

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHARES = frozenset({"9", "10"})  # the numbers under which every workbook has 0% and 0.00%


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a workbook by their number: those with a frame, and those that show a share."""

    framed: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()

    def is_framed(self, look: str | None) -> bool:
        return (look or "0") in self.framed

    def is_share(self, look: str | None) -> bool:
        return (look or "0") in self.shares


def looks_of(parts: Package) -> Looks:
    part = parts.related(parts.main_part(), "styles")
    root = parts.tree(part) if part else None
    if root is None:
        return Looks()
    frames = {str(number) for number, one in enumerate(root.iterfind(f"{M}borders/{M}border")) if has_line(one)}
    formats = root.iterfind(f"{M}numFmts/{M}numFmt")
    shares = SHARES | {one.get("numFmtId", "") for one in formats if "%" in one.get("formatCode", "")}
    looks = list(enumerate(root.iterfind(f"{M}cellXfs/{M}xf")))
    return Looks(
        frozenset(str(number) for number, one in looks if one.get("borderId") in frames),
        frozenset(str(number) for number, one in looks if one.get("numFmtId") in shares),
    )


def has_line(border: etree._Element) -> bool:
    return any(side.get("style", "none") != "none" for side in border)
