"""The shape of what this area asks for."""

from xietong.areas.orgs.forms.register import (
    CorrectForm,
    DescribeForm,
    ExplainForm,
    FillForm,
    LockForm,
    ReasonForm,
    RegisterForm,
    RoomChangeForm,
    RoomForm,
)
from xietong.areas.orgs.forms.structure import (
    AgreementChangeForm,
    AgreementForm,
    CloseForm,
    GroupForm,
    GroupUnitForm,
    HolidayForm,
    LeaveForm,
    OrganisationChangeForm,
    OrganisationForm,
    TermChangeForm,
    TermForm,
)
