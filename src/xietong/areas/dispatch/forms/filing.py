"""The form of a filing: one small form for each entry, which asks only what there is to be said."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.actions import Said
from xietong.kit.accounts.request import Request
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import RowsField


class FilingForm(LockedForm):
    highlight = forms.CharField(
        label=gettext_lazy("特色做法（可不填）"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("值得别的单位借鉴的做法，一两句话。"),
    )


class EntryForm(Form):
    carried_out = forms.TypedChoiceField(
        label=gettext_lazy("本期情况"),
        choices=(("1", gettext_lazy("本期已开展")), ("0", gettext_lazy("本期未开展"))),
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reached = RowsField(
        label=gettext_lazy("已达到的里程碑"),
        through="milestone",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=gettext_lazy("进展情况"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("累计完成"), min_value=0, decimal_places=2, max_digits=14, required=False
    )
    is_done = forms.BooleanField(label=gettext_lazy("已落实，申请销项"), required=False)
    problem = forms.CharField(
        label=gettext_lazy("需协调事项（可不填）"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("本单位解决不了、要上会的问题；会进入调度会的建议议题。"),
    )

    def __init__(self, view: queries.EntryView, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"e{view.row.pk}", initial=begin(view), **kwargs)
        row = view.row
        ticks = {one.pk: one for one in view.milestones}
        if ticks:
            self.offer("reached", ticks)
        self.leave_out("reached", not ticks)
        self.leave_out("carried_out", row.occurrence_id is None)
        self.leave_out("is_done", row.decision_id is None)
        measure = row.task.measure if row.task and row.task.quantity is not None else ""
        self.leave_out("quantity", not measure)
        if measure:
            self.fields["quantity"].help_text = _("单位：%(measure)s。系统里的数已填好，不变就不用改。") % {
                "measure": measure
            }
        self.fields["text"].label = TEXT_LABELS.get(row.kind, self.fields["text"].label)

    def leave_out(self, name: str, absent: bool) -> None:  # noqa: FBT001  (reads as a sentence at its callers)
        if absent:
            del self.fields[name]


TEXT_LABELS = {
    "red": gettext_lazy("没有按期完成的原因和下一步"),
    "decision": gettext_lazy("落实情况"),
    "topic": gettext_lazy("情况"),
}


def begin(view: queries.EntryView) -> dict[str, Any]:
    """What stands in the boxes at first: what was kept, else what the system knows."""
    row = view.row
    known = row.quantity if row.quantity is not None or row.task is None else row.task.measured
    carried = {True: "1", False: "0"}.get(row.carried_out) if row.carried_out is not None else None
    return {
        "text": row.text or (view.known.text if view.known else ""),
        "problem": row.problem,
        "quantity": None if known is None else f"{known.normalize():f}",
        "carried_out": carried,
        "is_done": row.is_done,
        "reached": [one for one in view.milestones if one.is_reached],
    }


def entry_forms(views: Iterable[queries.EntryView], request: Request) -> list[tuple[queries.EntryView, EntryForm]]:
    """Each entry with its form, with what was posted where something was."""
    data = {"data": request.POST} if request.method == "POST" else {}
    return [(view, EntryForm(view, **data)) for view in views]


def said_in(
    pairs: Iterable[tuple[queries.EntryView, EntryForm]], request: Request, *, files: bool = True
) -> dict[int, Said]:
    """What the forms hold, by entry; what is no figure or too long yet is left out of it."""
    return {view.row.pk: one_said(view.row.pk, form, request, files=files) for view, form in pairs}


def one_said(pk: int, form: EntryForm, request: Request, *, files: bool) -> Said:
    form.is_valid()
    values = form.cleaned_data
    return Said(
        text=values.get("text", ""),
        problem=values.get("problem", ""),
        quantity=values.get("quantity"),
        carried_out=values.get("carried_out"),
        is_done=values.get("is_done", False),
        reached=frozenset(one.pk for one in values.get("reached", ())),
        uploads=request.POST.getlist(f"uploads-{pk}") if files else (),
        plain=request.FILES.getlist(f"files-{pk}") if files else (),
    )
