"""The shape of what this area asks for."""

from xietong.areas.plans.forms.checking import CheckForm, DrawForm, PullForm, SendBackForm
from xietong.areas.plans.forms.moving import (
    AmendForm,
    ContributeForm,
    DelegateForm,
    MechanismsForm,
    MilestoneForm,
    PartForm,
    ReassignForm,
    ResumeForm,
)
from xietong.areas.plans.forms.offers import units, units_of_part
from xietong.areas.plans.forms.packing import PackageForm
from xietong.areas.plans.forms.planning import (
    AdoptForm,
    AssignForm,
    AttachForm,
    CloseForm,
    CommentForm,
    ConsultForm,
    ContextForm,
    FindingForm,
    ImportForm,
    IssueForm,
    MarkForm,
    NameUnitForm,
    NextPlanForm,
    ObjectiveForm,
    PastForm,
    PhaseForm,
    PlanForm,
    ReasonForm,
    TaskChangeForm,
    TaskForm,
    VerdictForm,
)
from xietong.areas.plans.forms.pressing import (
    FollowUpForm,
    InstructedForm,
    InstructionForm,
    OpinionForm,
    RemindForm,
    ReplyForm,
    SinceForm,
)
from xietong.areas.plans.forms.working import AnswerForm, ExtensionForm, ReceiveForm, ReportForm
