"""What the pages of an import ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.kit.forms.base import Form, style
from xietong.kit.sheets.declare import Checked, Sheet

BY_NAME, NOT_READ, TEXT = "", "-", "="


class SheetForm(Form):
    file = forms.FileField(label=_("Excel 文件"), help_text=_("支持 .xlsx、.xls 和 .csv；先检查，确认后才导入。"))


class ColumnsForm(Form):
    """For each column of the book the text that stands over it in the file."""

    def __init__(self, sheet: Sheet, checked: Checked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in sheet.columns:
            by_name = checked.headers.get(column.key, "")
            texts = [(TEXT + text, text) for text in checked.texts]
            shown = _("自动（%(text)s）") % {"text": by_name} if by_name else _("自动（没有找到）")
            field: forms.Field = forms.ChoiceField(
                label=column.header,
                required=False,
                choices=[(BY_NAME, shown), *texts, *([] if column.required else [(NOT_READ, _("不读入"))])],
            )
            style(field, column.key)
            self.fields[column.key] = field

    @property
    def said(self) -> dict[str, str | None]:
        """What was chosen, without the columns that are found by their names."""
        chosen = {key: value for key, value in self.cleaned_data.items() if value != BY_NAME}
        return {key: None if value == NOT_READ else value.removeprefix(TEXT) for key, value in chosen.items()}


def chosen(mapping: dict[str, str | None]) -> dict[str, str]:
    """A kept mapping as the form shows it."""
    return {key: NOT_READ if text is None else TEXT + text for key, text in mapping.items()}
