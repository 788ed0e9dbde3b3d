"""What pydantic found, in words that say what to do, in the language of the request."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from xietong.kit.api.problems import FieldError

WORDS = {
    "missing": _("缺少这一项。"),
    "string_too_long": _("最多 %(max_length)s 字。"),
    "string_too_short": _("至少 %(min_length)s 字。"),
    "string_type": _("应为文字。"),
    "string_pattern_mismatch": _("内容为空白，或含有不允许的字符。"),
    "bool_type": _("应为 true 或 false。"),
    "bool_parsing": _("应为 true 或 false。"),
    "int_type": _("应为整数。"),
    "int_parsing": _("应为整数。"),
    "int_parsing_size": _("数字过大。"),
    "int_from_float": _("应为整数。"),
    "greater_than_equal": _("不能小于 %(ge)s。"),
    "less_than_equal": _("不能大于 %(le)s。"),
    "enum": _("应为下列之一：%(expected)s。"),
    "list_type": _("应为列表。"),
    "too_long": _("最多 %(max_length)s 项。"),
    "date_from_datetime_parsing": _("应为日期，如 2026-09-08。"),
    "date_parsing": _("应为日期，如 2026-09-08。"),
    "date_from_datetime_inexact": _("应为日期，如 2026-09-08。"),
    "datetime_from_date_parsing": _("应为带时区的时间，如 2026-09-08T09:00:00+08:00。"),
    "datetime_parsing": _("应为带时区的时间，如 2026-09-08T09:00:00+08:00。"),
    "timezone_aware": _("应为带时区的时间，如 2026-09-08T09:00:00+08:00。"),
    "extra_forbidden": _("没有这一项。"),
    "model_type": _("应为 JSON 对象。"),
    "model_attributes_type": _("应为 JSON 对象。"),
}
OTHER = _("格式不正确。")


def field_errors(found: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    return [told(error) for error in found]


def told(error: Mapping[str, Any]) -> FieldError:
    place, *path = error["loc"]
    if place == "body":
        path = path[1:]  # the name that the body has in our code
    words = gettext(WORDS.get(error["type"], OTHER))
    said = words % error.get("ctx", {}) if "%(" in words else words
    return FieldError(str(place), "#/" + "/".join(escaped(part) for part in path), said)


def escaped(part: object) -> str:
    """One step of a JSON pointer (RFC 6901); what is no character (half a surrogate pair) cannot be sent back."""
    written = str(part).encode(errors="replace").decode()
    return written.replace("~", "~0").replace("/", "~1")
