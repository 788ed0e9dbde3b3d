"""Fields that the product's forms share."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class DateField(forms.DateField):
    """A day, with the browser's own date picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


class RowField(forms.ChoiceField):
    """A drop-down of rows that were read through the actor's own access; another's id is no choice.

    `offer` takes them by key; the cleaned value is the row itself, or None.
    """

    rows: Mapping[int, Any] = {}

    def offer(self, rows: Mapping[int, Any]) -> None:
        self.rows = rows
        empty = [] if self.required and self.initial else [("", "—")]
        self.choices = [*empty, *((str(pk), str(row)) for pk, row in rows.items())]

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.rows[int(text)] if text else None

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(_("请选择。"), code="required")
        if value and str(value) not in {str(pk) for pk in self.rows}:
            raise ValidationError(_("所选的内容不存在，或者您不能使用它。"), code="invalid_choice")


class RowsField(forms.MultipleChoiceField):
    """Several rows out of those that were read through the actor's own access.

    They hang on a row by a table of their own, each of whose rows leads to one of them by `through`.
    """

    rows: Mapping[int, Any] = {}

    def __init__(self, *, through: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.through = through

    def held(self, between: Any) -> list[Any]:
        """Those of the offered rows that hang on a row now, in the order in which they are offered."""
        keys = set(between.values_list(f"{self.through}_id", flat=True))
        return [row for pk, row in self.rows.items() if pk in keys]

    def offer(self, rows: Mapping[int, Any]) -> None:
        self.rows = rows
        self.choices = [(str(pk), str(row)) for pk, row in rows.items()]

    def prepare_value(self, value: Any) -> Any:
        return [str(getattr(one, "pk", one)) for one in value or []]

    def clean(self, value: Any) -> Any:
        return [self.rows[int(pk)] for pk in super().clean(value)]
