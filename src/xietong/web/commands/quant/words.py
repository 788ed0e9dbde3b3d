"""The words of a report in the language of its reader, without Django."""

from collections.abc import Callable
from gettext import NullTranslations, translation
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale"
LANGUAGES = ("zh", "en")

Say = Callable[[str], str]


def words_of(language: str) -> Say:
    """What says the Chinese ids of the catalogue in a language."""
    if language == "en":
        return translation("django", LOCALE, ["en"]).gettext
    return NullTranslations().gettext
