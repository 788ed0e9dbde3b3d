"""Word refuses a file whose properties stand in another order than the schema has; LibreOffice does not mind."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from tests.kit.official_papers import CIRCULAR, PAPERS
from xietong.kit.docx import Column, Letter, Paragraph, TableDocument, letter, table_document
from xietong.kit.docx.official import Circular, standard_template
from xietong.kit.docx.official.rendering import rendered

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}
TABLE = TableDocument("表", (Column("甲", 20),), [("1",)], watermark="演示")
MADE = {
    "letter": lambda: letter(Letter("题", (Paragraph("文", heading=True),), signed=("办公室",), watermark="演示")),
    "table": lambda: table_document(TABLE),
    "long head": lambda: rendered(standard_template(Circular), replace(CIRCULAR, mark="县" * 30)),
} | {type(each).__name__: lambda each=each: rendered(standard_template(type(each)), each) for each in PAPERS}


def local(element: Any) -> str:
    return etree.QName(element).localname


@pytest.mark.parametrize("name", MADE)
def test_properties_stand_in_the_order_of_the_schema(name: str) -> None:
    faults = []
    with zipfile.ZipFile(io.BytesIO(MADE[name]())) as archive:
        for part in archive.namelist():
            if part.startswith("word/") and part.endswith(".xml"):
                faults += [f"{part}: {fault}" for fault in misplaced(etree.fromstring(archive.read(part)))]

    assert faults == []


def misplaced(root: Any) -> list[str]:
    found = []
    for element in root.iter("{*}pPr", "{*}rPr", "{*}tblPr", "{*}tcPr", "{*}sectPr"):
        order = ORDER[local(element)].split()
        places = [order.index(local(child)) for child in element if local(child) in order]
        if places != sorted(places):
            found.append(" ".join(map(local, element)))
    return found
