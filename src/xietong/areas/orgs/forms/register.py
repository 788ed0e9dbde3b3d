"""The shape of what the yearly register asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs import queries
from xietong.kit.forms.base import Form, LockedForm, style
from xietong.kit.forms.fields import DateField

DIGITS = 14


class RegisterForm(Form):
    year = forms.IntegerField(
        label=_("学年（起始年）"), min_value=2000, max_value=2100, help_text=_("2026—2027学年填 2026。")
    )
    as_of = DateField(label=_("统计时点"), help_text=_("教育事业统计的时点，一般是 9 月 1 日。"))
    due_on = DateField(label=_("学校确认期限"), help_text=_("到期前校长的工作台上有待办。"))


class LockForm(Form):
    reason = forms.CharField(
        label=_("原因"), max_length=300, required=False, help_text=_("还有学校没有确认时必填，例如学校停办。")
    )


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class DescribeForm(LockedForm):
    ownership = forms.ChoiceField(label=_("举办性质"), choices=queries.ownership_choices, widget=forms.RadioSelect)
    urban_rural = forms.ChoiceField(label=_("城乡类型"), required=False, choices=queries.settlement_choices)


def number(line: Any, **more: Any) -> forms.DecimalField:
    """A box for one figure, with its unit."""
    return forms.DecimalField(
        min_value=0, max_digits=DIGITS, decimal_places=line.spec.decimals, widget=figure_box(line), **more
    )


def figure_box(line: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "decimal" if line.spec.decimals else "numeric", "min": 0})


class FillForm(Form):
    """The figures that a school is asked for: one box each, under the name of its place."""

    def __init__(self, lines: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.name: line for line in lines}
        for name, line in self.lines.items():
            label = _("%(label)s（%(unit)s）") % {"label": line.label, "unit": line.unit}
            field = number(line, label=label, required=False)
            if line.figure:
                field.initial = f"{line.figure.value.normalize():f}"
            style(field, name)
            self.fields[name] = field

    @property
    def values(self) -> dict[Any, Any]:
        """What was typed, by the place of each figure."""
        return {line.key: self.cleaned_data[name] for name, line in self.lines.items()}


class ExplainForm(Form):
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=80, widget=forms.HiddenInput)
    words = forms.CharField(label=_("说明"), max_length=300)


class CorrectForm(Form):
    """One figure of a locked record, and what it should have said."""

    place = forms.ChoiceField(label=_("项目"))
    value = forms.DecimalField(label=_("更正为"), min_value=0, max_digits=DIGITS, decimal_places=2)
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("写明依据，例如来源系统里更正的日期。"))

    def __init__(self, lines: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.name: line for line in lines}
        field: Any = self.fields["place"]
        field.choices = [(name, told(line)) for name, line in self.lines.items()]

    def clean(self) -> dict[str, Any]:
        """The place as the action takes it; a count of people has no decimals."""
        said = super().clean() or {}
        line = self.lines.get(said.get("place", ""))
        if line and "value" in said and round(said["value"], line.spec.decimals) != said["value"]:
            self.add_error("value", _("这一项最多 %(n)s 位小数。") % {"n": line.spec.decimals})
        return said | ({"place": line.key} if line else {})


def told(line: Any) -> str:
    """A figure in a drop-down, with what it says now."""
    now = f"{line.figure.value.normalize():f} {line.unit}" if line.figure else "—"
    return f"{line.label} {now}"


class RoomForm(Form):
    kind = forms.ChoiceField(label=_("类别"), choices=queries.room_kind_choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("如“音乐教室1”。"))
    area = forms.DecimalField(label=_("面积（平方米）"), min_value=1, max_value=2000, decimal_places=2)


class RoomChangeForm(RoomForm, LockedForm):
    pass
