"""A document made on the spot, to be saved."""

from io import BytesIO

from django.http import FileResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, *, name: str, content_type: str) -> FileResponse:
    """This function will answer with a file of this name."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=content_type)
