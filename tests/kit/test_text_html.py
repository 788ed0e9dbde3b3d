"""Saved web pages: blocks, tables, navigation."""

import pytest

from xietong.kit import text
from xietong.kit.text import Cell, Merged, Role, Table

EMPTY = "网页中没有可以读取的文字；请在浏览器中打开，复制正文到 .docx 后再上传。"


def read(page: str, *, encoding: str = "utf-8", name: str = "方案.html") -> text.Document:
    return text.read(page.encode(encoding), name=name)


def test_read_gives_blocks_with_headings_and_tells_navigation() -> None:
    document = read(
        "<!DOCTYPE html><html><head><title>略</title><script>var a='略';</script></head><body>"
        "<nav>您的位置：<a>首页</a></nav><h1>行动方案</h1><p>为了\n提高<b>教育</b>质量，\n  制定 this\nplan。"
        "<br>第二行</p>"
        "<ul><li><a href='x'>下一篇</a></li></ul><div>正文<a>链接</a></div><footer>版权所有</footer></body></html>"
    )

    assert document.kind is text.Format.HTML
    assert [(line.text, line.style, line.role) for line in document.lines] == [
        ("您的位置：首页", "", Role.NAVIGATION),
        ("行动方案", "heading 1", Role.BODY),
        ("为了提高教育质量，制定 this plan。", "", Role.BODY),
        ("第二行", "", Role.BODY),
        ("下一篇", "", Role.NAVIGATION),
        ("正文链接", "", Role.BODY),
        ("版权所有", "", Role.NAVIGATION),
    ]


def test_read_keeps_tables_of_data_and_unfolds_those_that_lay_out_the_page() -> None:
    document = read(
        "<html><body><table><tr><td>左<td><table><thead><tr><th>任务<th colspan=2>单位</thead>"
        "<tr><td rowspan=2>甲<td>一<p>二<td>三<tr><td>四<td>五</table></table></body></html>"
    )

    assert [(line.text, line.table) for line in document.lines] == [
        ("左", None),
        ("任务", Cell(1, 1, 1)),
        ("单位", Cell(1, 1, 2)),
        ("甲", Cell(1, 2, 1)),
        ("一", Cell(1, 2, 2)),
        ("二", Cell(1, 2, 2)),
        ("三", Cell(1, 2, 3)),
        ("四", Cell(1, 3, 2)),
        ("五", Cell(1, 3, 3)),
    ]
    assert document.tables == (
        Table(
            1,
            (("任务", "单位", ""), ("甲", "一\n二", "三"), ("", "四", "五")),
            header_rows=1,
            merged=(Merged(1, 2, 1, 2), Merged(2, 1, 2, 1)),
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("declared", ["", "<meta charset=gb2312>", '<meta content="text/html; charset=nonsense">'])
def test_read_finds_the_encoding(encoding: str, declared: str) -> None:
    page = f"<html><head>{declared}</head><body><p>关于印发行动方案的通知</p></body></html>"

    assert read(page, encoding=encoding).text == "关于印发行动方案的通知"


def test_read_takes_a_page_for_what_it_is_under_another_name() -> None:
    for head in ("<html xmlns:w='urn:schemas-microsoft-com:office:word'>", "\n<?xml version='1.0'?><html>"):
        document = read(f"{head}<body><p>正文</p></body></html>", name="方案.doc")

        assert (document.kind, document.text) == (text.Format.HTML, "正文")


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>x</script> </body>", "<!-- 注 -->"])
def test_read_refuses_pages_without_text(page: str) -> None:
    with pytest.raises(text.Unreadable) as caught:
        read(page)

    assert caught.value.message == EMPTY


def test_read_bounds_absurd_spans() -> None:
    document = read("<html><table><tr><td colspan=9999>甲<td>乙<tr><td rowspan=999>丙<td colspan=99999999>丁</table>")

    assert document.tables == (
        Table(
            1,
            (("甲", *[""] * 61, "乙"), ("丙", "丁", *[""] * 61)),
            merged=(Merged(1, 1, 1, 63),),
        ),
    )


def test_read_bears_deep_nesting() -> None:
    assert read("<html><body>" + "<div>" * 200 + "深").text == "深"
    with pytest.raises(text.Unreadable):
        read("<html><body>" + "<div>" * 20_000 + "深")


def test_read_safely_gives_the_same_document() -> None:
    page = "<html><body><p>正文</p><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></body></html>"

    assert text.read_safely(page.encode(), name="方案.html") == read(page)
