"""The workbooks of people: the roster, and the staff of a school year."""

from xietong.areas.people.sheets.roster import PeopleBook
from xietong.areas.people.sheets.staff import StaffBook
