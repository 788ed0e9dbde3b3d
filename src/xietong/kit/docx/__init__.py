"""Word documents in the layout of GB/T 9704-2012, made from content that an area gives as data."""

from xietong.kit.docx.sheet import Column, TableDocument, table_document

__all__ = ["Column", "TableDocument", "table_document"]
