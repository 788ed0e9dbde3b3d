from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.kit.forms.base import Form, LockedForm

YES_NO = [("", "—"), ("1", gettext_lazy("是")), ("0", gettext_lazy("否"))]


class EntryForm(Form):
    """A requirement that is told by a figure has a value, another a verdict."""

    value = forms.DecimalField(label=gettext_lazy("数值"), max_digits=16, decimal_places=4, required=False)
    is_met = forms.TypedChoiceField(
        label=gettext_lazy("是否达到"),
        choices=YES_NO,
        required=False,
        coerce=lambda text: text == "1",
        empty_value=None,
    )
    note = forms.CharField(
        label=gettext_lazy("依据和说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_figure: bool, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out, kept = ("is_met", "value") if is_figure else ("value", "is_met")
        del self.fields[left_out]
        self.fields[kept].required = True
        if label:
            # The words of the document, as a quotation in either language.
            self.fields[kept].label = f"“{label}”"

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        return {"value": None, "is_met": None, **held}


class WhatIfForm(Form):
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=80, help_text=gettext_lazy("例如：2027 年补充教师。")
    )


class TermsForm(LockedForm):
    """What one more of each item costs, and how many there may be at most."""

    budget = forms.DecimalField(label=gettext_lazy("总预算（万元）"), min_value=0, required=False)

    def __init__(self, items: Iterable[tuple[str, Mapping[str, Any]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in items:
            told = {"name": words["name"], "unit": words["of"]}
            self.fields[f"cost_{code}"] = forms.DecimalField(
                label=_("%(name)s：每增加 1 %(unit)s的费用（万元）") % told, min_value=0
            )
            self.fields[f"most_{code}"] = forms.DecimalField(
                label=_("%(name)s：全县最多增加（%(unit)s）") % told, min_value=0, required=False
            )
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Cost and limit of each item, side by side."""
        codes = [name.removeprefix("cost_") for name in self.fields if name.startswith("cost_")]
        return [(self[f"cost_{code}"], self[f"most_{code}"]) for code in codes]
