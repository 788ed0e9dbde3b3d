"""The shape of what monthly dispatch asks for."""

from xietong.areas.dispatch.forms.cycles import (
    AnotherForm,
    AnswerForm,
    CorrectionForm,
    DueForm,
    ExcuseForm,
    ExtensionForm,
    OpenForm,
    SpecialForm,
)
from xietong.areas.dispatch.forms.decisions import (
    ADDITION,
    CLAUSE,
    TASK,
    BackForm,
    DecisionChangeForm,
    DecisionForm,
    NoteForm,
    OpinionForm,
)
from xietong.areas.dispatch.forms.documents import (
    ArchiveForm,
    AskForm,
    CodeForm,
    DraftForm,
    EditForm,
    LetterheadForm,
    NamingForm,
    NumberForm,
    TemplateForm,
    TickForm,
)
from xietong.areas.dispatch.forms.filing import EntryForm, FilingForm, entry_forms, said_in
from xietong.areas.dispatch.forms.meetings import (
    AttendanceForm,
    CirculateForm,
    FixForm,
    ItemChangeForm,
    ItemForm,
    MeetingChangeForm,
    MeetingForm,
    MinutesForm,
    PeopleForm,
    ReasonForm,
    UnitsForm,
    WordsForm,
)
from xietong.areas.dispatch.forms.upward import (
    FileForm,
    FillForm,
    HandInForm,
    MappingForm,
    UpwardForm,
    UpwardNameForm,
    chosen_before,
)
