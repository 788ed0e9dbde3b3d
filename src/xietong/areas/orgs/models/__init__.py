"""The tables of organisations, terms, leading group and agreements, and the yearly register of schools."""

from xietong.areas.orgs.models.choices import COUNTYLESS, SCHOOLS, STAGES_OF, OrgKind, Role, Stage
from xietong.areas.orgs.models.group import Agreement, LeadingGroup, LeadingGroupUnit
from xietong.areas.orgs.models.organisation import County, Organisation
from xietong.areas.orgs.models.register import (
    CareFigure,
    Correction,
    Explanation,
    Figure,
    RegisterYear,
    Room,
    SchoolClass,
    SchoolRecord,
    Source,
    school_year_name,
)
from xietong.areas.orgs.models.term import SchoolDay, Term
