"""The same content makes the same bytes: nothing in the file says when or on which machine it was made."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The beginning of time in a zip."""


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
    saved, file = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as made, ZipFile(file, "w", ZIP_DEFLATED) as whole:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = ZipInfo(name, FIRST_DAY)
            part.compress_type, part.create_system, part.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
            whole.writestr(part, made.read(name))
    return file.getvalue()
