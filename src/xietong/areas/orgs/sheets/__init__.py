"""The workbooks of this area."""

from xietong.areas.orgs.sheets.enrolment import ClassBook
from xietong.areas.orgs.sheets.rooms import RoomBook
from xietong.areas.orgs.sheets.statistics import StatisticsBook
from xietong.areas.orgs.sheets.structure import (
    NAME_TAKEN,
    NAMED,
    NO_SUCH_UNIT,
    ORGANISATIONS,
    OrganisationBook,
    same_units,
    values,
)
