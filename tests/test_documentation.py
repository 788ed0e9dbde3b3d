"""The pages of the documentation lead to pages and pictures that are there, and show every picture."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def links() -> Iterator[tuple[Path, str, str]]:
    """Every link to somewhere in the project: the page, the path, the heading."""
    for page in pages():
        for address in LINK.findall(page.read_text()):
            if "://" not in address:
                path, _, heading = address.partition("#")
                yield page, path, heading


def headings(page: Path) -> set[str]:
    """The headings of a page as they are written in addresses."""
    found = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in found}


def target(page: Path, path: str) -> Path:
    return (page.parent / path).resolve() if path else page


def test_every_link_leads_somewhere() -> None:
    assert [(page.name, path) for page, path, _ in links() if not target(page, path).exists()] == []


def test_every_heading_that_is_linked_is_there() -> None:
    wanted = [(page, target(page, path), heading) for page, path, heading in links() if heading]
    assert [(page.name, heading) for page, to, heading in wanted if heading not in headings(to)] == []


def test_every_picture_is_shown() -> None:
    shown = {target(page, path).name for page, path, _ in links()}
    assert {picture.name for picture in (DOCS / "images").iterdir()} - shown == set()
