"""A document as PDF: by LibreOffice with fonts that stand in, else a sentence on what to do."""

import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from tests.kit.official_papers import CIRCULAR, PAPERS, made, texts
from xietong.kit import office
from xietong.kit.docx.official import Circular, standard_template
from xietong.kit.docx.official.checking import checked
from xietong.kit.docx.official.rendering import rendered
from xietong.kit.docx.pdf import font_map, may_make_pdf, pdf
from xietong.kit.errors import NotReady, Refused

ARGUMENTS = 'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; out="$2/source.pdf"\n'
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed"
)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script to be written, which stands for LibreOffice."""
    script = tmp_path / "stand-in"
    monkeypatch.setenv(office.VARIABLE, str(script))
    return script


def write(script: Path, lines: str) -> None:
    script.write_text(f"#!/bin/sh\n{lines}")
    script.chmod(0o755)


def test_pdf_says_what_to_do_where_libreoffice_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "/nowhere/soffice")

    assert not may_make_pdf()
    with pytest.raises(NotReady, match="本机没有安装 LibreOffice，不能生成 PDF；请下载 .docx，用 Word 或 WPS 打开"):
        pdf(b"")


def test_pdf_says_what_to_do_when_libreoffice_fails_or_takes_too_long(stand_in: Path) -> None:
    write(stand_in, "exit 1")
    assert may_make_pdf()
    with pytest.raises(Refused, match="生成 PDF 失败"):
        pdf(b"x")

    write(stand_in, "sleep 30")
    with pytest.raises(Refused, match="生成 PDF 超时"):
        pdf(b"x", seconds=1)


def test_pdf_gives_the_program_a_font_map_of_its_own_and_leaves_nothing_behind(
    stand_in: Path, tmp_path: Path
) -> None:
    write(stand_in, f'cp "$FONTCONFIG_FILE" {tmp_path}/fonts; pwd > {tmp_path}/place\n{ARGUMENTS}echo made > "$out"')

    assert pdf(b"x") == b"made\n"

    assert (tmp_path / "fonts").read_text() == font_map()
    assert not Path((tmp_path / "place").read_text().strip()).exists()


def test_font_map_knows_every_official_font_and_the_font_that_is_shipped() -> None:
    tree = etree.fromstring(font_map().encode())
    mapped = {each.text for each in tree.iterfind("alias/family")} | {
        each.text for each in tree.iterfind("match/test/string")
    }
    [folder] = [each.text for each in tree.iterfind("dir")]

    assert mapped == {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "Times New Roman", "方正小标宋简体"}
    assert list(Path(folder or "").glob("*.ttf")) != []


@needs_office
@pytest.mark.parametrize("content", PAPERS, ids=lambda content: type(content).__name__)
def test_template_that_another_program_has_written_anew_still_makes_the_document(content: Any) -> None:
    word = office.Kind("docx", "MS Word 2007 XML")
    template = office.converted(standard_template(type(content)), word, word)

    assert checked(template, type(content)) == ()
    said = [each for each in texts(made(content, template)) if each]
    assert said == [each for each in texts(made(content)) if each]


@needs_office
def test_pdf_of_a_real_document_has_its_pages_and_its_text() -> None:
    file = pypdfium2.PdfDocument(pdf(rendered(standard_template(Circular), CIRCULAR)))

    words = "".join(page.get_textpage().get_text_range() for page in file)
    sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in file}
    assert sizes == {(210, 297)}
    assert "云岭县教育体育局文件" in words
    assert words.count("校验码：7K2M-9QXA") == len(file) == 2
    file.close()
