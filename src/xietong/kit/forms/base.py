"""The forms of the whole product."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from xietong.kit.forms.fields import RowsField


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Form(forms.Form):
    """A form whose fields say what to do; `clean` values go to one action as keyword arguments."""

    template_name = "forms/form.html"
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            style(field, name)

    def offer(self, name: str, rows: Mapping[int, Any]) -> None:
        """Fills a drop-down of rows; they were read through the actor's own access."""
        field: Any = self.fields[name]
        field.offer(rows)

    def stored(self, row: Model) -> dict[str, Any]:
        """What a row says now, for those fields that it has."""
        found = {name: getattr(row, name) for name in self.fields if hasattr(row, name)}
        return {name: in_row(self.fields[name], value) for name, value in found.items()}


def in_row(field: forms.Field, value: Any) -> Any:
    return field.held(value) if isinstance(field, RowsField) else value


def style(field: forms.Field, _name: str) -> None:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select):
        widget.attrs.setdefault("class", "form-select")
    elif not isinstance(widget, forms.HiddenInput):
        widget.attrs.setdefault("class", "form-control")
    if isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"


class LockedForm(Form):
    """A form over a row that others may edit too: carries the version that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a lost update, in words: what was typed, and what the row says now."""

    name: str
    label: str
    mine: str
    theirs: str


def lost_update(form: Form, current: Model) -> list[Difference]:
    """The fields in which the form and the row as it stands differ, as a person reads them."""
    found = []
    for name, value in form.stored(current).items():
        if name == "version" or name not in form.cleaned_data:
            continue
        field = form.fields[name]
        mine, theirs = in_words(field, form.cleaned_data[name]), in_words(field, value)
        if mine != theirs:
            found.append(Difference(name, str(field.label), mine, theirs))
    return found


def in_words(field: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return _("（空）")
    if isinstance(value, list):
        return _("、").join(in_words(field, one) for one in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    choices = dict(getattr(field, "choices", None) or []) if not isinstance(value, Model) else {}
    return str(choices.get(value, value))
