"""The language of records: what the system itself says is stored in Chinese and read in the reader's language.

A Chinese sentence is its own message id, so that a stored one which the catalogue has lost stays readable.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext


def said(sentence: str, values: Mapping[str, Any] | None = None) -> str:
    """A sentence of the system, marked or stored elsewhere, in the language of whoever reads it now."""
    words = gettext(sentence)
    return words % values if values else words


def for_the_record() -> translation.override:
    """Whatever is put into words inside is written in the language of the records, whoever acts."""
    return translation.override(settings.LANGUAGE_CODE)
