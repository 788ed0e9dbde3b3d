"""The page about templates names every placeholder, and which of them are required."""

import re
from dataclasses import MISSING
from pathlib import Path

from xietong.kit.docx.official import Bulletin, Circular, Minutes, placeholders
from xietong.kit.docx.official.context import BLOCK
from xietong.kit.docx.official.environment import FILTERS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "templates.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\S+) \| `(\S+)` \| .+ \| (yes |)\|$", re.MULTILINE)
KINDS = {"简报": Bulletin, "通报": Circular, "纪要": Minutes}


def test_page_lists_the_placeholders_of_every_kind() -> None:
    listed = [(kind, name, bool(required)) for kind, name, required in ROW.findall(PAGE)]

    assert listed == [
        (word, name, each.default is MISSING)
        for word, kind in KINDS.items()
        for name, each in placeholders(kind).items()
    ]


def test_page_names_what_a_block_has_and_every_filter() -> None:
    assert [name for name in BLOCK if f"`块.{name}`" not in PAGE] == []
    assert [name for name in FILTERS if f"`{name}`" not in PAGE] == []
