"""A content that has something of everything, for trying a template out."""

from base64 import b64decode
from datetime import date
from typing import Any, get_args

from xietong.kit.docx.official.content import Heading, Official, Picture, Table, Text, placeholders
from xietong.kit.docx.sheet import Column

DAY = date(2026, 12, 31)
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGN2NsAAAAABJRU5ErkJggg==")
COLUMNS = (Column("序号", 20, centred=True), Column("内容", 100))
BODY = (
    Heading("一级标题"),
    Text("段落。"),
    Heading("二级标题", 2),
    Heading("三级标题", 3),
    Table(COLUMNS, (("1", "第一行"), ("2", "第二行")), caption="表题"),
    Picture(DOT, caption="图题"),
)


def sample(kind: type[Official]) -> Official:
    """Every value of a kind, the optional ones too."""
    return kind(**{each.name: value(name, each.type) for name, each in placeholders(kind).items()})


def value(name: str, declared: Any) -> Any:
    if declared is date:
        return DAY
    if declared is str:
        return name
    return (f"{name}一", f"{name}二") if get_args(declared)[0] is str else BODY
