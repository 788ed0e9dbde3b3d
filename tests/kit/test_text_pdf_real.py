"""PDF as LibreOffice exports it, upright and turned."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from xietong.kit import text
from xietong.kit.text import Role

FONT = "Noto Serif CJK SC"
SENTENCE = (
    "为深入贯彻落实国家关于建设高质量教育体系的决策部署，进一步深化县域基础教育综合改革，充分发挥高校在人才培养等方面的"
    "优势，到2026年选派不少于40名专家进校指导，制定本方案。"
)
PARAGRAPHS = [
    "行动方案",
    "一、总体目标",
    *(f"（{number}）{SENTENCE * (1 + place % 3)}" for place, number in enumerate("一二三四五六")),
]
ROWS = [
    ("序号", "工作任务", "牵头单位"),
    *((str(number), "组织骨干教师到高校跟岗学习并形成培训总结报告", "县教体局") for number in range(1, 10)),
]


def has_chinese_fonts() -> bool:
    listing = shutil.which("fc-list")
    return bool(listing and subprocess.run([listing, FONT], capture_output=True, check=True).stdout)


pytestmark = [
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
    pytest.mark.skipif(not has_chinese_fonts(), reason=f"the font {FONT} is not installed"),
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("export")
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(16), FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section.header.paragraphs[0].text = "云岭县教育体育局（演示）"
    number_pages(section.footer.paragraphs[0])
    for place, words in enumerate(PARAGRAPHS):
        paragraph = document.add_paragraph(words)
        paragraph.alignment = 3 if place else 1
        paragraph.paragraph_format.first_line_indent = Pt(32) if place else None
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words in zip(added.cells, row, strict=True):
            cell.text = words
    document.save(str(folder / "plan.docx"))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(folder / "plan.docx")], check=True, capture_output=True)
    return Path(folder / "plan.pdf").read_bytes()


def number_pages(footer: docx.text.paragraph.Paragraph) -> None:
    footer.alignment = 1
    for kind in ("begin", "PAGE", "end"):
        element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        element.text = kind if kind == "PAGE" else None
        if kind != "PAGE":
            element.set(qn("w:fldCharType"), kind)
        footer.add_run()._r.append(element)


def turned(data: bytes, degrees: int) -> bytes:
    """The same pages, stored turned and shown upright."""
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        width, height = page.get_size()
        shift = {90: (height, 0), 180: (width, height), 270: (0, width)}[degrees]
        matrix = pypdfium2.PdfMatrix().rotate(degrees, ccw=True).translate(*shift)
        for thing in list(page.get_objects(max_depth=1)):
            thing.transform(matrix)
        page.set_mediabox(0, 0, *((width, height) if degrees == 180 else (height, width)))
        page.set_rotation(degrees)
        page.gen_content()
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_read_gives_back_the_paragraphs_that_were_exported(exported: bytes, degrees: int) -> None:
    data = turned(exported, degrees) if degrees else exported

    document = text.read_safely(data, name="方案.pdf")

    assert [line.text for line in document.lines if line.role is Role.BODY] == [
        *PARAGRAPHS,
        *("\t".join(row) for row in ROWS),
    ]
    pages = len(pypdfium2.PdfDocument(data))
    assert [line.text for line in document.lines if line.role is Role.HEADER] == ["云岭县教育体育局（演示）"] * pages
    assert [line.text for line in document.lines if line.role is Role.PAGE_NUMBER] == [
        str(number) for number in range(1, pages + 1)
    ]
