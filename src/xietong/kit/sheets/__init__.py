"""Workbooks in and out: an area declares columns once and gets template, reader, checks and the annotated file.

Nothing here knows Django, so that the command line uses it too; uploads are read through ``check_safely``.
"""

from xietong.kit.sheets.declare import Checked, Choice, Column, Day, Number, Problem, Sheet, Text, YesNo
from xietong.kit.sheets.safely import check_safely

__all__ = ["Checked", "Choice", "Column", "Day", "Number", "Problem", "Sheet", "Text", "YesNo", "check_safely"]
