"""Pages of a list by a cursor: rows that come in meanwhile neither repeat nor hide one."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from xietong.kit.api.refusals import BadValue

M = TypeVar("M", bound=Model)
MOST = 100
USUAL = 50
CURSOR = re.compile(r"after:([0-9]{1,18})")


class Window(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(USUAL, ge=1, le=MOST, description=gettext_noop("每页几条"))
    cursor: str = Field("", max_length=40, description=gettext_noop("上一页给出的游标；取第一页时不写"))


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows in the order of their keys, and the cursor behind the last one if there are more."""

    rows: list[M]
    cursor: str


def page_of(rows: QuerySet[M], window: Window) -> Page[M]:
    """The rows after the cursor, oldest key first."""
    if window.cursor:
        rows = rows.filter(pk__gt=place_of(window.cursor))
    found = list(rows.order_by("pk")[: window.limit + 1])
    more = len(found) > window.limit
    shown = found[: window.limit]
    return Page(shown, cursor_after(shown[-1].pk) if more else "")


def cursor_after(pk: int) -> str:
    return urlsafe_b64encode(f"after:{pk}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> int:
    """The key that a cursor stands behind.

    Raises
        BadValue: it is none of ours.
    """
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise bad_cursor() from error
    found = CURSOR.fullmatch(text)
    if found is None:
        raise bad_cursor()
    return int(found[1])


def bad_cursor() -> BadValue:
    return BadValue(_("不是这个列表给出的游标。"), place="query", pointer="#/cursor")


def next_link(request: HttpRequest, response: HttpResponse, cursor: str) -> str | None:
    """The address of the next page, in the body and in the Link header alike; None on the last one."""
    if not cursor:
        return None
    query: Any = request.GET.copy()
    query["cursor"] = cursor
    url = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    response.headers["Link"] = f'<{url}>; rel="next"'
    return url
