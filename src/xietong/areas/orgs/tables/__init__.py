"""The lists of this area."""

from xietong.areas.orgs.tables.register import RecordTable, RegisterTable
from xietong.areas.orgs.tables.structure import (
    AgreementTable,
    OrganisationTable,
    TermTable,
    in_force,
)
