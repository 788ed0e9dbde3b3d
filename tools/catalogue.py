"""The English catalogue, without the programs of gettext.

The Chinese words in code and templates are the message ids. `--update` merges new ones in, `--check` lists
what is not translated, no longer used or broken, `--compile` writes the binary form beside it.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src"
CATALOGUE = SOURCE / "xietong" / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
NOBODY = dict.fromkeys(("project", "last_translator", "language_team", "msgid_bugs_address"), "Xietong")
HEADER = "# The English words of Xietong. New ids are added by tools/catalogue.py --update."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("update", "check", "compile"):
        parser.add_argument(f"--{name}", action="store_true")
    wanted = parser.parse_args()
    if wanted.update:
        write(merged(read(), extracted(SOURCE)))
    if wanted.compile:
        compile_to(CATALOGUE.with_suffix(".mo"), read())
    faults = list(faults_of(read(), extracted(SOURCE))) if wanted.check else []
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults in {CATALOGUE.relative_to(SOURCE.parent)}")
    return 1 if faults else 0


def extracted(source: Path) -> Catalog:
    """Every message that code and templates under `source` ask for."""
    found = Catalog(locale="en", fuzzy=False)
    for path in sorted(source.rglob("*")):
        code = python_of(path)
        for line, message, comments, context in extract(
            "python", BytesIO(code.encode()), KEYWORDS, ("Translators:",), {"encoding": "utf-8"}
        ):
            place = (path.relative_to(source).as_posix(), line)
            found.add(message, None, [place], auto_comments=comments, context=context)
    return found


def python_of(path: Path) -> str:
    """The Python in which the messages of a file stand: its own, or what Django makes of a template."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        return path.read_text("utf-8")
    if "templates" in path.parts and path.is_file():
        code = templatize(path.read_text("utf-8"), origin=str(path))
        # The indentation of a template means nothing, and would be an error in Python.
        return "\n".join(line.strip() for line in code.splitlines())
    return ""


def faults_of(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    for message in wanted:
        if message.id and not is_translated(catalogue.get(message.id, message.context)):
            yield f"not translated: {message.id!r} ({', '.join(place for place, _line in message.locations)})"
    for message in catalogue:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"no longer used: {message.id!r}"
        elif is_translated(message) and not keeps_placeholders(message):
            yield f"other placeholders: {message.id!r}"


def is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(forms_of(message.string))


def keeps_placeholders(message: Message) -> bool:
    """Only the singular may leave a placeholder out: “one row”."""
    wanted = {*PLACEHOLDER.findall(forms_of(message.id)[-1])}
    *singular, last = ({*PLACEHOLDER.findall(form)} for form in forms_of(message.string))
    return last == wanted and all(form <= wanted for form in singular)


def forms_of(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def merged(catalogue: Catalog, wanted: Catalog) -> Catalog:
    """The catalogue with the ids of today: new ones empty, those no longer used left out."""
    catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en", domain="django", header_comment=HEADER, fuzzy=False, **NOBODY)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django", abort_invalid=True)


def write(catalogue: Catalog) -> None:
    """Sorted by the ids and without line numbers, so that a change elsewhere changes nothing here."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)


def compile_to(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        write_mo(file, catalogue)


if __name__ == "__main__":
    sys.exit(main())
