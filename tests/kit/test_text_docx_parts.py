"""What a Word document holds beside plain paragraphs: notes, fields, hidden text, headers, foreign objects."""

import pytest

from tests.kit.word_files import WORD, p, packed, r, read, refusal, relations, texts, told, word
from xietong.kit.text import Cell, Merged, Role, Table

BLIP = '<w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing>'
PICTURE = f"<w:r>{BLIP}</w:r>"


def with_parts(body: str, **parts: str) -> bytes:
    """A package with further parts: ``footnotes="<w:footnote…"``."""
    around = f'xmlns:w="{WORD}"'
    return packed(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relations(**{role: f"{role}.xml" for role in parts}),
            "word/document.xml": f"<w:document {around}><w:body>{body}</w:body></w:document>",
            **{f"word/{role}.xml": f"<w:{role} {around}>{content}</w:{role}>" for role, content in parts.items()},
        }
    )


def field(code: str, result: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        sign.format("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + sign.format("separate")
        + result
        + sign.format("end")
    )


def test_read_puts_notes_behind_the_text_and_marks_them() -> None:
    signs = '<w:r><w:endnoteReference w:id="3"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    body = p(r("正文") + signs) + p(r("完"))
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    notes = note.format(1, p(r("分隔"))) + note.format(2, p(r(" 见附件")) + p(r("二")))

    document = read(with_parts(body, footnotes=notes, endnotes=f'<w:endnote w:id="3">{p(r("来源"))}</w:endnote>'))

    assert [(line.numbering, line.text, line.role) for line in document.lines] == [
        ("", "正文", Role.BODY),
        ("", "完", Role.BODY),
        ("[1]", "来源", Role.NOTE),
        ("[2]", "见附件", Role.NOTE),
        ("", "二", Role.NOTE),
    ]
    assert told(document) == ("2 条脚注和尾注列在正文之后。",)


def test_read_prints_fields_and_not_their_codes() -> None:
    nested = field(f"IF {field('PAGE', r('9'))} = 1", r("结果"))

    document = read(
        word(p(r("见表") + field("SEQ 表", r("3")) + r("，") + field(r"REF _Ref1 \h", r("第二章")) + nested))
    )

    assert texts(document) == ["见表3，第二章结果"]


def test_read_is_not_swallowed_by_a_field_that_never_ends() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'

    assert texts(read(word(p(begun + r("甲")) + p(r("乙"))))) == ["甲", "乙"]


def test_read_leaves_out_hidden_text_and_says_so() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="h"/></w:style>'
    )
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"

    document = read(
        word(
            p(r("显") + run.format("<w:vanish/>", "隐") + run.format('<w:vanish w:val="0"/>', "示"))
            + p(run.format('<w:rStyle w:val="h"/>', "隐") + r("文"))
            + p(r("隐") + run.format('<w:vanish w:val="false"/>', "字"), '<w:pStyle w:val="q"/>'),
            styles=styles,
        )
    )

    assert texts(document) == ["显示", "文", "字"]
    assert told(document) == ("3 处隐藏文字未读入。",)


def test_read_tells_tables_of_contents_from_text() -> None:
    styles = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style>'

    document = read(word(p(r("一、目标\t1"), '<w:pStyle w:val="11"/>') + p(r("一、目标")), styles=styles))

    assert [line.role for line in document.lines] == [Role.CONTENTS, Role.BODY]


def test_read_keeps_cells_merged_downwards_and_repeated_rows() -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    go_on = "<w:tcPr><w:vMerge/></w:tcPr>"
    cell = "<w:tc>{}{}</w:tc>"
    rows = [
        head + cell.format("", p(r("类别"))) + cell.format("", p(r("任务"))),
        cell.format(down, p(r("质量"))) + cell.format("", p(r("甲"))),
        cell.format(go_on, p("")) + cell.format("", p(r("乙"))),
        head + cell.format(go_on, p(r("看不见"))) + cell.format(go_on, p(r("丙"))),
    ]

    document = read(word("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))

    assert document.tables == (
        Table(
            1,
            (("类别", "任务"), ("质量", "甲"), ("", "乙"), ("", "丙")),
            header_rows=1,
            merged=(Merged(2, 1, 3, 1),),
        ),
    )
    assert [line.table for line in document.lines][-2:] == [Cell(1, 3, 2), Cell(1, 4, 2)]
    assert told(document) == ("1 处隐藏文字未读入。",)


def test_read_says_what_else_the_file_holds() -> None:
    embedded = "<w:r><w:object><w:OLEObject/></w:object></w:r>"

    document = read(word(p(r("正文") + PICTURE + embedded) + "<w:altChunk/>" + p(PICTURE)))

    assert texts(document) == ["正文", ""]
    assert told(document) == (
        "2 张图片或图表中的文字未读入。",
        "1 个嵌入的对象（如 Excel 表、公式）未读入。",
        "1 处由其他文件插入的内容未读入；请用 Word 打开，另存为 .docx 后再上传。",
    )


def test_read_refuses_a_document_of_pictures_only() -> None:
    assert refusal(word(p(PICTURE) + p(""))) == (
        "文件里只有图片，没有可以读取的文字；请上传有文字的 .docx，或先做文字识别再上传。"
    )


def test_read_says_what_headers_and_footers_hold_but_page_numbers() -> None:
    document = read(with_parts(p(r("正文")), header=p(r("内部资料")), footer=p(r("— 1 —"))))

    assert texts(document) == ["正文"]
    assert told(document) == ("页眉、页脚中的文字未读入：内部资料",)


@pytest.mark.parametrize(
    ("code", "printed"),
    [("F0FE", "☑"), ("f0a8", "□"), ("2611", "☑"), ("0000", ""), ("D800", ""), ("zz", ""), ("FFFF", "")],
)
def test_read_prints_symbols_that_a_text_may_hold(code: str, printed: str) -> None:
    assert texts(read(word(p(f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>')))) == [printed]


def test_read_reads_blocks_that_stand_twice_once() -> None:
    twice = f"<mc:Choice>{p(r('新'))}</mc:Choice><mc:Fallback>{p(r('旧'))}</mc:Fallback>"

    assert texts(read(word(f"<mc:AlternateContent>{twice}</mc:AlternateContent>"))) == ["新"]
