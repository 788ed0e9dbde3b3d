"""What goes into a 迎检材料包."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans import queries
from xietong.kit.forms.base import Form
from xietong.kit.forms.fields import DateField, RowsField


class PackageForm(Form):
    clauses = RowsField(
        through="clause",
        label=gettext_lazy("条款"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不勾选，就是全部条款。"),
    )
    units = RowsField(
        through="unit",
        label=gettext_lazy("单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只列出有填报通过审核的单位；一个都不勾选，就是全部单位。"),
    )
    from_on = DateField(label=gettext_lazy("填报日期从"), required=False)
    to_on = DateField(label=gettext_lazy("到"), required=False)

    def __init__(self, clauses: Mapping[int, Any], units: Mapping[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("clauses", clauses)
        self.offer("units", units)

    def clean(self) -> dict[str, Any]:
        first: date | None = self.cleaned_data.get("from_on")
        last: date | None = self.cleaned_data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("结束日期不能早于开始日期。"))
        return self.cleaned_data

    @property
    def choice(self) -> queries.Choice:
        """What was chosen; everything as long as nothing was sent or something of it cannot be."""
        if not self.is_bound or not self.is_valid():
            return queries.Choice(from_on=self.initial.get("from_on"), to_on=self.initial.get("to_on"))
        data = self.cleaned_data
        return queries.Choice(
            tuple(row.pk for row in data["clauses"]),
            tuple(row.pk for row in data["units"]),
            data["from_on"],
            data["to_on"],
        )
