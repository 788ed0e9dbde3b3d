"""The shape of what is asked about forms of higher bureaus."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch.rules.upward import blanks_of, known_by
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import RowField

FIXED = "="  # stands for words that are the same every month; no figure is called so
LONGEST = 200


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("上报表文件"),
        help_text=gettext_lazy(".docx 或 .xlsx，不超过 2 MB；只能填写表格里的空白格。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx", "class": "form-control"}),
    )


class UpwardForm(FileForm):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    to_whom = forms.CharField(
        label=gettext_lazy("报送对象"), max_length=80, help_text=gettext_lazy("例如市教育局、省教育厅。")
    )
    field_order = ("name", "to_whom", "file")


class UpwardNameForm(LockedForm):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    to_whom = forms.CharField(label=gettext_lazy("报送对象"), max_length=80)


class FillForm(Form):
    cycle = RowField(label=gettext_lazy("填哪一期"))

    def __init__(self, cycles: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("cycle", cycles)


class HandInForm(LockedForm):
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("可以写怎样交的、交给了谁。"),
    )


class MappingForm(LockedForm):
    """For each blank of a form the figure that belongs there, or words that are the same every month.

    Fields are called by the address: whatever was chosen while somebody took a new edition stays at its place.
    """

    def __init__(self, layout: Any, names: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout, self.names = layout, names
        self.places = blanks_of(layout)
        for number, (address, label) in enumerate(self.places.items()):
            self.fields[f"figure_{address}"] = blank(address, label, f"id_figure_{number}")
            self.fields[f"words_{address}"] = blank(address, label, f"id_words_{number}", max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for address in self.places:
            if found.get(f"figure_{address}") == FIXED and not found.get(f"words_{address}", "").strip():
                self.add_error(f"words_{address}", _("请填写固定文字。"))
        return found

    def said(self) -> dict[str, Any]:
        """The mapping and the fixed words by address, and the version that was opened."""
        chosen = {address: self.cleaned_data[f"figure_{address}"] for address in self.places}
        return {
            "mapping": {address: name for address, name in chosen.items() if name not in {"", FIXED}},
            "constants": {
                address: self.cleaned_data[f"words_{address}"] for address, name in chosen.items() if name == FIXED
            },
            "version": self.cleaned_data["version"],
        }

    def grids(self) -> Iterator[tuple[str, list[list[tuple[Any, Any, Any]]]]]:
        """The form as it reads; a blank with its two fields."""
        for grid in self.layout:
            yield grid["name"], [[self.fields_of(cell) for cell in row] for row in grid["rows"]]

    def fields_of(self, cell: Mapping[str, Any]) -> tuple[Any, Any, Any]:
        if not cell["is_blank"]:
            return cell, None, None
        return cell, self[f"figure_{cell['address']}"], self[f"words_{cell['address']}"]


def blank(address: str, label: str, key: str, **limits: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"id": key})
    return forms.CharField(label=known_by(address, label), required=False, widget=widget, **limits)


def chosen_before(mapping: Mapping[str, str], constants: Mapping[str, str]) -> dict[str, str]:
    """What the fields begin with."""
    figures = {f"figure_{address}": name for address, name in mapping.items()}
    fixed = {f"figure_{address}": FIXED for address in constants}
    return figures | fixed | {f"words_{address}": text for address, text in constants.items()}
