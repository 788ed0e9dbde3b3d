"""The tables of people: who they are, what they hold, who stands in for them."""

from xietong.areas.people.models.entry import Handover, Invitation, Transfer
from xietong.areas.people.models.person import Appointment, Person
from xietong.areas.people.models.role import Deputy, RoleTerm, Seat
from xietong.areas.people.models.staff import Qualification, StaffRecord, Teaching
