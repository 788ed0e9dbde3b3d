"""The shape of what is asked about meetings, their agenda and minutes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch import queries
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField, RowsField

UNITS = {
    "group": _("领导小组"),
    "others": _("县直单位和其他机构"),
    "sections": _("局内股室"),
    "universities": _("合作高校"),
    "schools": _("学校"),
}


class TimeField(forms.TimeField):
    """A time of day, with the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **kwargs)


class MeetingForm(Form):
    kind = forms.ChoiceField(label=_("类型"), choices=queries.kind_choices)
    title = forms.CharField(
        label=_("名称"), max_length=120, required=False, help_text=_("不填的，按次序命名，如“2026年第9次月调度会”。")
    )
    on = DateField(label=_("日期"))
    at = TimeField(label=_("开始时间"))
    until = TimeField(label=_("结束时间"), required=False)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    chair = forms.CharField(label=_("主持人"), max_length=60, required=False)
    recorder = forms.CharField(label=_("记录人"), max_length=60, required=False)
    cycle = RowField(label=_("对应的月调度"), required=False, help_text=_("议题里的“需协调事项”从这一期的月报中取。"))

    def __init__(self, cycles: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("cycle", cycles)


class MeetingChangeForm(MeetingForm, LockedForm):
    """The kind of a meeting is part of its number, and stays."""

    kind = None  # type: ignore[assignment]

    def stored(self, row: Model) -> dict[str, Any]:
        begins, ends = row.starts_at.astimezone(SHANGHAI), row.ends_at  # type: ignore[attr-defined]
        until = ends.astimezone(SHANGHAI).time() if ends else None
        return {**super().stored(row), "on": begins.date(), "at": begins.time(), "until": until}


class UnitsForm(Form):
    """Whom a meeting asks, group by group in official order."""

    def __init__(self, offered: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in offered.items():
            if rows:
                box = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
                self.fields[name] = RowsField(label=UNITS[name], through="unit", widget=box, required=False)
                self.offer(name, rows)


class PeopleForm(Form):
    people = RowsField(
        label=_("参会人"),
        through="person",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("不选的，由单位自行安排。"),
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("people", people)


class AttendanceForm(Form):
    """The organiser's list: a line of fields for each place, with the version that was seen."""

    def __init__(self, places: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = list(places)
        for place in self.places:
            self.fields |= fields_of(place)

    @property
    def lines(self) -> list[dict[str, Any]]:
        names = (*SHOWN, "version")
        return [{"place": one, **{name: self[f"{name}_{one.pk}"] for name in names}} for one in self.places]

    def said(self) -> dict[int, dict[str, Any]]:
        """Place → what the list says of it."""
        names = (*SHOWN, "version")
        return {one.pk: {name: self.cleaned_data[f"{name}_{one.pk}"] for name in names} for one in self.places}


def fields_of(place: Any) -> dict[str, forms.Field]:
    who = place.name or place.person or ""
    labels = {
        name: {"class": css, "aria-label": f"{place.unit} {who} {label}", "placeholder": label}
        for name, label, css in CELLS
    }
    return {
        f"state_{place.pk}": forms.ChoiceField(
            choices=queries.place_state_choices, initial=place.state, widget=forms.Select(attrs=labels["state"])
        ),
        f"part_{place.pk}": forms.ChoiceField(
            choices=queries.part_choices, initial=place.part, widget=forms.Select(attrs=labels["part"])
        ),
        f"name_{place.pk}": forms.CharField(
            max_length=60, required=False, initial=place.name, widget=forms.TextInput(attrs=labels["name"])
        ),
        f"note_{place.pk}": forms.CharField(
            max_length=120, required=False, initial=place.note, widget=forms.TextInput(attrs=labels["note"])
        ),
        f"version_{place.pk}": forms.IntegerField(initial=place.version, widget=forms.HiddenInput),
    }


SHOWN = ("state", "part", "name", "note")
CELLS = (
    ("state", _("到会情况"), "form-select"),
    ("part", _("身份"), "form-select"),
    ("name", _("姓名"), "form-control"),
    ("note", _("说明"), "form-control"),
)


class ItemForm(Form):
    title = forms.CharField(label=_("议题"), max_length=200)
    speaker = forms.CharField(label=_("汇报单位或人"), max_length=120, required=False)
    note = forms.CharField(label=_("说明"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ItemChangeForm(ItemForm, LockedForm):
    pass


class MinutesForm(LockedForm):
    minutes = forms.CharField(
        label=_("会议记录"),
        widget=forms.Textarea(attrs={"rows": 18, "lang": "zh-CN"}),
        required=False,
        help_text=_("写了一半也可以保存；没有保存的内容留在本机。"),
    )


class CirculateForm(Form):
    confirm_by = DateField(label=_("意见反馈截止"), help_text=_("到会的单位会收到提醒；到期没有反馈的按无意见计。"))


class FixForm(LockedForm):
    settled = forms.BooleanField(label=_("意见都已处理"), required=False)


class WordsForm(Form):
    """What somebody says in a few lines; the view names it."""

    text = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, label: Any, *args: Any, required: bool = True, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.required, field.help_text = label, required, hint


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=200)
