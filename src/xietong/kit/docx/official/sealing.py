"""The same content makes the same bytes: nothing in the file says when or on which machine it was made."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from xietong.kit.text.package import packed


def describe(document: Any, *, title: str, author: str, day: date) -> None:
    """The properties of the document are those of its content, not of whoever made the template."""
    properties = document.core_properties
    for name in ("comments", "subject", "keywords", "category", "identifier", "version", "content_status"):
        setattr(properties, name, "")
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.language, properties.revision = "zh-CN", 1
    moment = datetime.combine(day, time())
    properties.created = properties.modified = properties.last_printed = moment


def sealed(document: Any) -> bytes:
    """The bytes of a document, its parts in the order of their names and without the time of day."""
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as made:
        names = sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return packed((name, made.read(name)) for name in names)
