"""The lists of this area."""

from xietong.areas.people.tables.register import InvitingTable, PeopleTable, RoleTable, TransferTable, spelt_like
from xietong.areas.people.tables.staff import StaffTable
from xietong.areas.people.tables.supply import SUPPLY_STATES, supply_heads, supply_rows
