"""Forms that others hand out (.docx, .xlsx): their tables as grids, and their blank cells filled in.

A form comes from elsewhere, so it is read and filled in the sandbox alone. Only what stands in a blank changes:
parts, looks and formulas of the file stay as they are. Nothing here knows Django.
"""

from collections.abc import Mapping

from xietong.kit import sandbox
from xietong.kit.blanks.filling import filled
from xietong.kit.blanks.grid import DOCX, XLSX, Cell, Grid, Paper
from xietong.kit.blanks.reading import read

__all__ = ["DOCX", "XLSX", "Cell", "Grid", "Paper", "fill_form", "read_form"]

SECONDS = 15.0


def read_form(content: bytes) -> Paper:
    """This function will read the tables of a form, each cell with its address.

    Raises ``Unreadable`` with a sentence for the user: no harmless form, or one that is too large.
    """
    return sandbox.run(read, content, seconds=SECONDS)


def fill_form(content: bytes, values: Mapping[str, str]) -> bytes:
    """This function will write texts into blank cells by their address: the same two always make the same bytes.

    Raises ``Unreadable``; also where an address is no blank cell of this file.
    """
    return sandbox.run(filled, content, dict(values), seconds=SECONDS)
