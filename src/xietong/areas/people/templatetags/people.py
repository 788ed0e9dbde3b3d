"""A link as a QR code, drawn into the page itself."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

register = template.Library()

# Readers want four empty modules around the code.
QUIET = 4


@register.simple_tag
def qr(link: str, label: object) -> SafeString:
    """An inline drawing: no picture is requested, and none is kept by the browser."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path d="{}"/></svg>',
        label,
        len(rows),
        len(rows),
        len(rows),
        len(rows),
        dark,
    )
