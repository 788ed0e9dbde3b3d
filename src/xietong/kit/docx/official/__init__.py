"""Official documents of GB/T 9704-2012 from templates that an office can edit.

A template is a .docx with placeholders of docxtpl, written by whoever downloads it, so it is read in the sandbox
alone. ``content`` says what each kind of document holds; ``standard`` makes the templates that are shipped.
"""

from xietong.kit import sandbox
from xietong.kit.docx.official.checking import checked
from xietong.kit.docx.official.content import (
    Block,
    Bulletin,
    Circular,
    Heading,
    Minutes,
    Official,
    Picture,
    Table,
    Text,
    placeholders,
)
from xietong.kit.docx.official.faults import Fault, Place
from xietong.kit.docx.official.rendering import rendered
from xietong.kit.docx.official.standard import standard_template

__all__ = [
    "Block",
    "Bulletin",
    "Circular",
    "Fault",
    "Heading",
    "Minutes",
    "Official",
    "Picture",
    "Place",
    "Table",
    "Text",
    "check_template",
    "placeholders",
    "render",
    "standard_template",
]

SECONDS = 15.0


def render(template: bytes, content: Official) -> bytes:
    """This function will write the content into a template: the same two always make the same bytes.

    Raises ``Unreadable`` with a sentence for the user, of which ``SandboxError`` is one.
    """
    return sandbox.run(rendered, template, content, seconds=SECONDS)


def check_template(template: bytes, kind: type[Official]) -> tuple[Fault, ...]:
    """This function will name every fault of a template for a kind of document, with its place.

    Raises ``Unreadable`` for a file that is no harmless .docx.
    """
    return sandbox.run(checked, template, kind, seconds=SECONDS)
