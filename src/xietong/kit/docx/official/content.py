"""What an official document says, as data: one class for each kind, one field for each placeholder of its template.

A field without a default is a placeholder that a template may not lack. Values are what people read: a number of
a document with its 〔2026〕, the units that get a copy as one sentence without its full stop.
"""

from dataclasses import Field, dataclass, field, fields
from datetime import date
from typing import Any

from xietong.kit.docx.sheet import Column


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 一、, 2 （一） or 3 1.; its number is put before it unless the words bring their own."""

    text: str
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head repeated on every page; widths of columns count as shares of the page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in PNG, `width` in millimetres; `says` is what it shows, for those who do not see it."""

    png: bytes
    caption: str = ""
    width: int = 150
    says: str = ""


Block = Heading | Text | Table | Picture


def named(placeholder: str) -> dict[str, str]:
    """The name by which templates know a field."""
    return {"placeholder": placeholder}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """简报: a name in red, its number, who makes it and when, a text, who gets it."""

    name: str = field(metadata=named("简报名称"))
    number: str = field(metadata=named("期号"))
    unit: str = field(metadata=named("编印单位"))
    day: date = field(metadata=named("编印日期"))
    title: str = field(metadata=named("标题"))
    body: tuple[Block, ...] = field(metadata=named("正文"))
    check_code: str = field(metadata=named("校验码"))
    reported_to: str = field(metadata=named("报"), default="")
    sent_to: str = field(metadata=named("送"), default="")
    issued_to: str = field(metadata=named("发"), default="")
    copies: str = field(metadata=named("印数"), default="")
    watermark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circular:
    """通报: a red head, a number, an addressee, a text, attachments, a signature with its day, the imprint."""

    mark: str = field(metadata=named("发文机关标志"))
    number: str = field(metadata=named("发文字号"))
    title: str = field(metadata=named("标题"))
    addressee: str = field(metadata=named("主送机关"), default="")
    body: tuple[Block, ...] = field(metadata=named("正文"))
    attachments: tuple[str, ...] = field(metadata=named("附件"), default=())
    signer: str = field(metadata=named("署名"))
    day: date = field(metadata=named("成文日期"))
    copied_to: str = field(metadata=named("抄送"), default="")
    printed_by: str = field(metadata=named("印发机关"))
    printed_on: date = field(metadata=named("印发日期"))
    check_code: str = field(metadata=named("校验码"))
    watermark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """纪要: a red head, a number, a text, who was there, excused or invited (a line each), the imprint; no seal."""

    mark: str = field(metadata=named("纪要标志"))
    number: str = field(metadata=named("编号"))
    title: str = field(metadata=named("标题"))
    body: tuple[Block, ...] = field(metadata=named("正文"))
    present: tuple[str, ...] = field(metadata=named("出席"))
    excused: tuple[str, ...] = field(metadata=named("请假"), default=())
    invited: tuple[str, ...] = field(metadata=named("列席"), default=())
    sent_to: str = field(metadata=named("分送"), default="")
    printed_by: str = field(metadata=named("印发机关"))
    printed_on: date = field(metadata=named("印发日期"))
    check_code: str = field(metadata=named("校验码"))
    watermark: str = ""


Official = Bulletin | Circular | Minutes


def placeholders(kind: type[Official]) -> dict[str, Field[Any]]:
    """The fields that templates of a kind know, by the names of their placeholders."""
    return {each.metadata["placeholder"]: each for each in fields(kind) if "placeholder" in each.metadata}
