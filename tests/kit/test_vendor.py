"""What is vendored is what the lock says, licensed, without source maps; every icon named is there."""

import hashlib
import json
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "xietong"
PAGES = SRC / "kit" / "pages"
VENDOR = PAGES / "static" / "vendor"
ICONS = PAGES / "icons"
LOCK = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
FONTS = SRC / "kit" / "docx" / "data"
# Where a bar stands on a line of months is a figure, not a look.
POSITIONED = {"areas/plans/templates/plans/gantt.html"}
WORDS = {"MIT": "Permission is hereby granted", "0BSD": "Permission to use", "Apache-2.0": "Apache License"}
ICON = re.compile(r"{% icon [\"']([^\"']+)[\"'] %}")


def digest(path):
    """The digest of a file; of a folder of icons that of their names and contents in order."""
    found = hashlib.sha256()
    if path.is_file():
        found.update(path.read_bytes())
    else:
        for drawing in sorted(path.glob("*.svg")):
            found.update(drawing.name.encode() + b"\0" + drawing.read_bytes())
    return found.hexdigest()


@pytest.mark.parametrize("entry", LOCK, ids=lambda entry: entry["file"])
def test_vendored_content_matches_the_lock(entry):
    assert digest((VENDOR / entry["file"]).resolve()) == entry["sha256"]


@pytest.mark.parametrize("entry", LOCK, ids=lambda entry: entry["file"])
def test_vendored_package_carries_its_licence(entry):
    text = (VENDOR / entry["licence_file"]).read_text(encoding="utf-8")

    assert WORDS[entry["licence"]] in text


def test_font_of_charts_matches_its_lock_and_carries_its_licence():
    [entry] = json.loads((FONTS / "font.lock.json").read_text(encoding="utf-8"))

    assert digest(FONTS / entry["file"]) == entry["sha256"]
    assert "SIL Open Font License, Version 1.1" in (FONTS / entry["licence_file"]).read_text(encoding="utf-8")
    assert [path.name for path in FONTS.glob("*.ttf")] == [entry["file"]]


def test_the_lock_names_every_vendored_file():
    named = {entry["file"] for entry in LOCK} | {entry["licence_file"] for entry in LOCK}
    present = {path.name for path in VENDOR.iterdir()}

    assert present == named - {"../../icons"} | {"vendor.lock.json"}


@pytest.mark.parametrize("path", sorted(VENDOR.glob("*.min.*")), ids=lambda path: path.name)
def test_vendored_file_asks_for_nothing_that_is_not_there(path):
    text = path.read_text(encoding="utf-8")

    assert "sourceMappingURL" not in text
    assert 'url("data:' not in text


def test_every_icon_named_in_a_template_exists():
    named = {
        (name, path.relative_to(SRC).as_posix())
        for path in SRC.rglob("templates/**/*.html")
        for name in ICON.findall(path.read_text(encoding="utf-8"))
    }
    assert named, "no icon is named anywhere, so nothing was checked"

    missing = sorted((name, path) for name, path in named if not (ICONS / f"{name}.svg").exists())

    assert missing == []


def test_templates_carry_no_inline_style_or_script():
    """The security policy refuses scripts and style elements; style attributes it lets pass, for places on a line."""
    forbidden = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\s(src|type=\"application/json\"))")

    found = sorted(
        f"{path.relative_to(SRC).as_posix()}: {match.group(0).strip()}"
        for path in SRC.rglob("templates/**/*.html")
        for match in forbidden.finditer(path.read_text(encoding="utf-8"))
        if match.group(0).strip() != "style=" or path.relative_to(SRC).as_posix() not in POSITIONED
    )

    assert found == []
