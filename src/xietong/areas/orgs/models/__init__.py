"""The tables of organisations, terms, leading group and agreements."""

from xietong.areas.orgs.models.choices import COUNTYLESS, SCHOOLS, OrgKind, Role
from xietong.areas.orgs.models.group import Agreement, LeadingGroup, LeadingGroupUnit
from xietong.areas.orgs.models.organisation import County, Organisation
from xietong.areas.orgs.models.term import SchoolDay, Term
