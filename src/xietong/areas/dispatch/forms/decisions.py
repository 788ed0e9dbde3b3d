"""The shape of a decision, and of what is said on its way."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch import queries
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField

NOTHING, TASK, ADDITION, CLAUSE = "nothing", "task", "addition", "clause"
BECOMES = (
    (NOTHING, _("只列入台账")),
    (TASK, _("立为方案的新任务")),
    (ADDITION, _("并入已有任务")),
    (CLAUSE, _("对应方案条款")),
)


class BoundForm(Form):
    """Who does what by when."""

    text = forms.CharField(label=_("内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    unit = RowField(label=_("责任单位"), help_text=_("本县单位，或有合作协议的高校。"))
    person = forms.CharField(
        label=_("责任人"), max_length=60, required=False, help_text=_("该单位登记的人员姓名，可不填。")
    )
    due_on = DateField(label=_("完成时限"))

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units)


class DecisionForm(BoundForm):
    kind = forms.ChoiceField(label=_("类型"), choices=queries.decision_kinds)
    becomes = forms.ChoiceField(label=_("与方案的关系"), choices=BECOMES, initial=NOTHING, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("新任务名称"), max_length=200, required=False, help_text=_("立为新任务时填；不填的用上面的内容。")
    )
    task = RowField(label=_("已有任务"), required=False)
    clause = RowField(label=_("条款"), required=False, help_text=_("新任务也可以选条款。"))

    def __init__(self, units: Any, tasks: Any, clauses: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(units, *args, **kwargs)
        self.offer("task", tasks)
        self.offer("clause", clauses)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("becomes") == ADDITION and not found.get("task"):
            self.add_error("task", gettext("请选择要并入的任务。"))
        if found.get("becomes") == CLAUSE and not found.get("clause"):
            self.add_error("clause", gettext("请选择条款。"))
        return found


class OpinionForm(BoundForm):
    origin = forms.CharField(
        label=_("由来"), max_length=300, required=False, help_text=_("为什么提出，如哪项任务、哪次检查。")
    )
    task = RowField(label=_("并入任务"), required=False, help_text=_("选了的，写进这项任务的办理过程。"))

    def __init__(self, units: Any, tasks: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(units, *args, **kwargs)
        self.offer("task", tasks)


class DecisionChangeForm(LockedForm):
    unit = RowField(label=_("责任单位"))
    person = forms.CharField(label=_("责任人"), max_length=60, required=False)
    due_on = DateField(label=_("完成时限"))
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("原来的和新的都留在记录里。"))

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units)


class NoteForm(Form):
    note = forms.CharField(label=_("落实情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class BackForm(Form):
    opinion = forms.CharField(
        label=_("意见"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("还要做什么，什么时候再报。"),
    )
