"""Word documents in the layout of GB/T 9704-2012, made from content that an area gives as data.

Letters and tables are laid out here; official documents (``official``) come from templates that an office can edit.
"""

from xietong.kit.docx.letter import Letter, Paragraph, letter
from xietong.kit.docx.sheet import Column, TableDocument, table_document, write_table_document

__all__ = [
    "Column",
    "Letter",
    "Paragraph",
    "TableDocument",
    "letter",
    "table_document",
    "write_table_document",
]
