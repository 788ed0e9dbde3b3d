"""Reading Word documents, honest and hostile."""

import zipfile
from io import BytesIO

import docx
import pytest

from tests.kit.word_files import (
    STRICT,
    abstract,
    in_list,
    instance,
    level,
    p,
    packed,
    r,
    read,
    refusal,
    relations,
    texts,
    told,
    word,
)
from xietong.kit import sandbox, text
from xietong.kit.text import Cell, Merged

DAMAGED = "文件不完整或已损坏；请用 Word 或 WPS 打开并另存为 .docx 后再上传。"
LOCKED = "文件设有密码，请取消密码后再上传。"


def written_by_python_docx() -> bytes:
    document = docx.Document()
    document.add_heading("一、总体目标", level=1)
    document.add_paragraph("提升教育质量。")
    table = document.add_table(rows=2, cols=3)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{place}"
    table.cell(1, 0).merge(table.cell(1, 1))
    document.add_paragraph("表后一段。")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_read_keeps_the_order_of_paragraphs_and_tables() -> None:
    document = read(written_by_python_docx())

    assert document.kind is text.Format.DOCX
    assert [(line.text, line.style, line.table) for line in document.lines] == [
        ("一、总体目标", "heading 1", None),
        ("提升教育质量。", "Normal", None),
        ("格0", "Normal", Cell(1, 1, 1)),
        ("格1", "Normal", Cell(1, 1, 2)),
        ("格2", "Normal", Cell(1, 1, 3)),
        ("格3", "Normal", Cell(1, 2, 1)),
        ("格4", "Normal", Cell(1, 2, 1)),
        ("格5", "Normal", Cell(1, 2, 3)),
        ("表后一段。", "Normal", None),
    ]
    assert document.tables == (
        text.Table(1, (("格0", "格1", "格2"), ("格3\n格4", "", "格5")), merged=(Merged(2, 1, 1, 2),)),
    )
    assert document.remarks == ()


def test_read_gives_positions_in_the_text() -> None:
    document = read(word(p(r("甲乙")) + p("") + p("<w:r><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r>")))

    assert document.text == "甲乙\n\n丙\n丁"
    assert [(line.number, line.start, line.end) for line in document.lines] == [
        (1, 0, 2),
        (2, 3, 3),
        (3, 4, 5),
        (4, 6, 7),
    ]
    assert [document.text[line.start : line.end] for line in document.lines] == texts(document)


def test_read_accepts_insertions_and_drops_deletions() -> None:
    document = read(
        word(
            p(
                r("五年内")
                + f"<w:ins>{r('新增')}</w:ins>"
                + "<w:del><w:r><w:delText>减少</w:delText></w:r></w:del>"
                + f"<w:moveFrom>{r('旧处')}</w:moveFrom>"
                + r("学位")
            )
            + p(f"<w:moveTo>{r('旧处')}</w:moveTo>")
        )
    )

    assert texts(document) == ["五年内新增学位", "旧处"]
    assert told(document) == ("文件中有 4 处修订：插入的文字已采纳，删除的文字已略去。",)


def test_read_joins_paragraphs_whose_parting_was_deleted() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"

    document = read(word(p(r("前半"), mark) + p(r("后半")) + p("", mark) + p(r("尾"), mark)))

    assert texts(document) == ["前半后半", "尾"]
    assert told(document) == ("文件中有 3 处修订：插入的文字已采纳，删除的文字已略去。",)


def test_read_drops_deleted_rows() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    kept, dropped = row.format("", p(r("留"))), row.format("<w:trPr><w:del/></w:trPr>", p(r("删")))

    document = read(word(f"<w:tbl>{dropped}{kept}</w:tbl>"))

    assert document.tables == (text.Table(1, (("留",),)),)
    assert [line.table for line in document.lines] == [Cell(1, 1, 1)]


def test_read_leaves_out_field_codes_and_says_what_was_not_read() -> None:
    document = read(
        word(
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
                + r("12")
                + '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
                + '<w:r><w:tab/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="2611"/></w:r>'
            )
        )
    )

    assert texts(document) == ["12\t-☑"]
    assert told(document) == ("1 条批注未读入。",)


def test_read_finds_text_boxes_once_and_content_controls() -> None:
    box = f"<w:txbxContent>{p(r('框内'))}</w:txbxContent>"
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    choice = f"<mc:AlternateContent>{twice}</mc:AlternateContent>"

    document = read(
        word(f"<w:sdt><w:sdtContent>{p(r('控件'))}</w:sdtContent></w:sdt>" + p(f"{r('框外')}<w:r>{choice}</w:r>"))
    )

    assert texts(document) == ["控件", "框外", "框内"]


def test_read_tells_nested_tables_apart() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p(r('内'))}</w:tc></w:tr></w:tbl>"

    document = read(word(f"<w:tbl><w:tr><w:tc>{p(r('外'))}{inner}{p('')}</w:tc></w:tr></w:tbl>"))

    assert [(line.text, line.table) for line in document.lines] == [
        ("外", Cell(1, 1, 1)),
        ("内", Cell(2, 1, 1)),
    ]
    assert document.tables == (text.Table(1, (("外",),)), text.Table(2, (("内",),)))


def test_read_prints_chinese_numbering() -> None:
    numbering = (
        abstract(
            0,
            level(0, "chineseCounting", "%1、"),
            level(1, "decimal", "（%2）"),
            level(2, "decimal", "%1.%2.%3"),
        )
        + abstract(
            1,
            level(0, "chineseCountingThousand", "第%1章", start=9),
            level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
        )
        + instance(1, 0)
        + instance(2, 1)
    )
    body = "".join(
        p(r("款"), in_list(number, depth))
        for number, depth in [
            (1, 0),
            (1, 1),
            (1, 1),
            (1, 2),
            (1, 0),
            (1, 1),
            (2, 0),
            (2, 0),
            (2, 1),
            (0, 0),
            (9, 0),
        ]
    )

    document = read(word(body, numbering=numbering))

    assert [line.numbering for line in document.lines] == [
        "一、", "（1）", "（2）", "一.2.1", "二、", "（1）", "第九章", "第十章", "10.1", "", "",
    ]  # fmt: skip
    assert set(texts(document)) == {"款"}


def test_read_lets_lists_of_one_origin_share_counts_until_one_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "decimal", "%1.")) + instance(1, 0) + instance(2, 0) + instance(3, 0, restart)

    document = read(word("".join(p(r("款"), in_list(n)) for n in (1, 2, 3, 3)), numbering=numbering))

    assert [line.numbering for line in document.lines] == ["1.", "2.", "5.", "6."]


def test_read_takes_numbering_from_styles() -> None:
    styles = (
        f'<w:style w:styleId="a"><w:name w:val="条"/><w:pPr>{in_list(1)}</w:pPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="细条"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="环"/><w:basedOn w:val="d"/></w:style>'
        '<w:style w:styleId="d"><w:basedOn w:val="c"/></w:style>'
    )
    body = "".join(p(r("款"), f'<w:pStyle w:val="{style}"/>') for style in "abc")

    document = read(word(body, numbering=abstract(0, level(0, "bullet", "")) + instance(1, 0), styles=styles))

    assert [(line.style, line.numbering) for line in document.lines] == [
        ("条", "•"),
        ("细条", "•"),
        ("环", ""),
    ]


def test_read_puts_automatic_row_numbers_into_the_grid() -> None:
    cells = f"<w:tc>{p('', in_list(1))}</w:tc><w:tc>{p(r('校'))}</w:tc>"
    numbering = abstract(0, level(0, "decimal", "%1")) + instance(1, 0)

    document = read(word(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>", numbering=numbering))

    assert document.tables == (text.Table(1, (("1", "校"), ("2", "校"))),)


def test_read_keeps_the_grid_of_merged_cells() -> None:
    first = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{p(r("乙"))}</w:tc></w:tr>'
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(r("甲"))}</w:tc>'
    second = f"<w:tr>{wide}<w:tc>{p(r('丙'))}</w:tc></w:tr>"

    document = read(word(f"<w:tbl>{first}{second}</w:tbl>"))

    assert document.tables == (text.Table(1, (("", "乙"), ("甲", "", "丙")), merged=(Merged(2, 1, 1, 2),)),)
    assert [line.table for line in document.lines] == [Cell(1, 1, 2), Cell(1, 2, 1), Cell(1, 2, 3)]


def test_read_understands_strict_documents() -> None:
    assert texts(read(word(p(r("严格")), namespace=STRICT))) == ["严格"]


def test_read_refuses_entities() -> None:
    head = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

    assert refusal(word(p(r("前&x;后")), head=head)) == DAMAGED


def test_read_refuses_a_billion_laughs() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE d [<!ENTITY l0 "哈哈哈哈">{entities}]>'

    assert refusal(word(p(r("前&l11;后")), head=head)) == DAMAGED


def test_read_bounds_absurd_spans_and_counts() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{p(r("宽"), in_list(1))}</w:tc>'
    numbering = abstract(0, level(0, "lowerRoman", "%1", start=999999999)) + instance(1, 0)

    document = read(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", numbering=numbering))

    assert len(document.tables[0].rows[0]) == 63
    assert document.lines[0].numbering == "999999999"


def test_read_refuses_a_bomb_before_unpacking_it() -> None:
    bomb = word(p(r("一" * 12 * 1024 * 1024)))

    assert len(bomb) < 100_000
    assert refusal(bomb) == "文件解压后过大，超出处理上限；请拆分后再上传。"


def test_read_does_not_touch_a_bomb_among_the_pictures() -> None:
    file = BytesIO(word(p(r("正文"))))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(64 << 20))

    assert texts(text.read_safely(file.getvalue(), name="方案.docx")) == ["正文"]


def test_read_safely_survives_a_part_that_lies_about_its_size() -> None:
    honest = word(p(r("一" * 12 * 1024 * 1024)))
    with zipfile.ZipFile(BytesIO(honest)) as archive:
        declared = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")

    with pytest.raises(sandbox.Unreadable) as caught:
        text.read_safely(honest.replace(declared, (1000).to_bytes(4, "little")), name="方案.docx")

    assert caught.value.message == DAMAGED


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_read_refuses_a_truncated_file(share: float) -> None:
    whole = written_by_python_docx()

    assert refusal(whole[: int(len(whole) * share)]) == DAMAGED


def test_read_refuses_broken_parts() -> None:
    assert refusal(word("<w:p>")) == DAMAGED
    assert refusal(word(p("")).replace(b"word/document.xml", b"w\xb2rd/document.xml")) == DAMAGED
    assert refusal(packed({"_rels/.rels": relations(officeDocument="word/nowhere.xml")})) == DAMAGED


def test_read_refuses_other_office_files_and_archives() -> None:
    for folder in ("xl/workbook.xml", "ppt/presentation.xml"):
        assert (
            refusal(packed({"_rels/.rels": relations(officeDocument=folder)}))
            == "这是电子表格或演示文稿，不是文字材料；请把文字另存为 .docx 后再上传。"
        )
    assert refusal(packed({"照片.jpg": b"x"})) == "不能从这种压缩文件中读取文字；请另存为 .docx 后再上传。"


def test_read_refuses_passwords() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    locked = bytearray(word(p(r("密"))))
    locked[6] |= 1
    place = locked.index(b"PK\x01\x02")
    locked[place + 8] |= 1

    assert refusal(compound + "EncryptedPackage".encode("utf-16-le")) == LOCKED
    assert refusal(bytes(locked)) == LOCKED


def test_read_safely_gives_the_same_document() -> None:
    data = written_by_python_docx()

    assert text.read_safely(data, name="方案.docx") == read(data)
