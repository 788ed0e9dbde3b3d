"""The tables of monthly dispatch: cycles and filings, meetings and decisions, documents."""

from xietong.areas.dispatch.models.cycle import Cycle
from xietong.areas.dispatch.models.decision import Decision, DecisionStep
from xietong.areas.dispatch.models.document import (
    SIGNED_STATES,
    Document,
    DocumentKind,
    DocumentReceipt,
    DocumentSection,
    DocumentStep,
    Frozen,
    Letterhead,
    Naming,
    Template,
)
from xietong.areas.dispatch.models.filing import Correction, Entry, EntryMilestone, Filing, FilingExtension
from xietong.areas.dispatch.models.meeting import AgendaItem, Attendance, Confirmation, Meeting, MinutesAddition
from xietong.areas.dispatch.models.upward import UpwardForm, UpwardReport
