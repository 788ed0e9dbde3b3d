"""Shapes that every area's answers share."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError


class Coded(Schema):
    """A state or kind: its code, which never changes, and its name in the language of the request."""

    code: str = Field(description=_("代码，不随语言变化"))
    label: str = Field(description=_("名称，随 Accept-Language"))

    @classmethod
    def of(cls, code: str, label: Any) -> "Coded":
        return cls(code=code, label=str(label))


class Named(Schema):
    """A row of another list."""

    id: int
    name: str

    @classmethod
    def of(cls, row: Any) -> "Named | None":
        return None if row is None else cls(id=row.pk, name=row.name)


def written_as(pattern: str, kind: str) -> BeforeValidator:
    """pydantic itself takes a bare number for a date, counted in seconds; here a date is written out."""

    def check(value: object) -> object:
        if not re.fullmatch(pattern, str(value)):
            raise PydanticCustomError(kind, "not written out")
        return value

    return BeforeValidator(check)


def in_utc(at: datetime) -> datetime:
    """PostgreSQL takes no offset of sixteen hours or more. What lies beyond the calendar is its end."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if at.year == 1 else datetime.max.replace(tzinfo=UTC)


Day = Annotated[date, written_as(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "date_parsing")]
Moment = Annotated[
    AwareDatetime, written_as(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt].+", "datetime_parsing"), AfterValidator(in_utc)
]


def moment(at: datetime | None) -> str | None:
    """A moment as Shanghai's clocks show it, with its offset, to the second."""
    return None if at is None else localtime(at).isoformat(timespec="seconds")
