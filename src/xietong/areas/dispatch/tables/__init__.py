"""The lists of monthly dispatch."""

from xietong.areas.dispatch.tables.documents import DocumentTable, NamingTable, document_tag
from xietong.areas.dispatch.tables.meetings import DecisionTable, MeetingTable, decision_tag, meeting_tag
from xietong.areas.dispatch.tables.months import (
    PUNCTUAL,
    CycleTable,
    EntryTable,
    FilingTable,
    MyFilingTable,
    StillTable,
)
from xietong.areas.dispatch.tables.upward import UpwardFormTable, UpwardReportTable, report_said, report_tag
