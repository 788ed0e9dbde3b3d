"""Tracked changes of Word documents: accepted in the text, told as values with their places."""

from datetime import datetime

from tests.kit.word_files import p, r, read, texts, told, word
from xietong.kit import text
from xietong.kit.text import Change, ChangeKind

BY = 'w:author="王芳" w:date="2026-03-05T09:30:00Z"'
AT = datetime(2026, 3, 5, 9, 30)


def deleted(content: str, by: str = BY) -> str:
    return f"<w:del {by}><w:r><w:delText>{content}</w:delText></w:r></w:del>"


def inserted(content: str) -> str:
    return f"<w:ins {BY}>{r(content)}</w:ins>"


def rejected(document: text.Document) -> str:
    """The text as it was before all changes."""
    before = document.text
    for change in reversed(document.changes):
        old = change.text if change.kind is ChangeKind.DELETED else ""
        before = before[: change.start] + old + before[change.end :]
    return before


def test_read_tells_insertions_and_deletions_with_author_moment_and_place() -> None:
    document = read(word(p(r("首段")) + p(r("建成") + deleted("三") + inserted("四") + r("所学校"))))

    assert document.text == "首段\n建成四所学校"
    assert document.changes == (
        Change(ChangeKind.DELETED, "三", "王芳", AT, 5, 5),
        Change(ChangeKind.INSERTED, "四", "王芳", AT, 5, 6),
    )
    assert rejected(document) == "首段\n建成三所学校"


def test_read_tells_moved_text_as_deleted_and_inserted() -> None:
    moved = f"<w:moveFrom {BY}>{r('后移')}</w:moveFrom>", f"<w:moveTo {BY}>{r('后移')}</w:moveTo>"

    document = read(word(p(moved[0] + r("前")) + p(r("后") + moved[1])))

    assert document.text == "前\n后后移"
    assert [(each.kind, each.text, each.start, each.end) for each in document.changes] == [
        (ChangeKind.DELETED, "后移", 0, 0),
        (ChangeKind.INSERTED, "后移", 3, 5),
    ]


def test_read_tells_changed_partings_of_paragraphs() -> None:
    gone, new = f"<w:rPr><w:del {BY}/></w:rPr>", f"<w:rPr><w:ins {BY}/></w:rPr>"

    document = read(word(p(r("甲"), gone) + p(r("乙"), new) + p(r("丙"))))

    assert document.text == "甲乙\n丙"
    assert document.changes == (
        Change(ChangeKind.DELETED, "\n", "王芳", AT, 1, 1),
        Change(ChangeKind.INSERTED, "\n", "王芳", AT, 2, 3),
    )
    assert rejected(document) == "甲\n乙丙"


def test_read_tells_the_text_of_deleted_rows_where_they_stood() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    dropped = row.format(f"<w:trPr><w:del {BY}/></w:trPr>", p(deleted("旧任务")), p(deleted("旧单位")))
    kept = row.format("", p(r("任务")), p(r("单位")))

    document = read(word(p(r("表")) + f"<w:tbl>{dropped}{kept}{dropped}</w:tbl>"))

    assert texts(document) == ["表", "任务", "单位"]
    assert [(each.kind, each.text, each.start) for each in document.changes] == [
        (ChangeKind.DELETED, "旧任务\t旧单位", 2),
        (ChangeKind.DELETED, "旧任务\t旧单位", 7),
    ]
    assert document.tables[0].rows == (("任务", "单位"),)


def test_read_tells_a_change_in_a_line_behind_a_break() -> None:
    document = read(word(p("<w:r><w:t>一行</w:t><w:br/></w:r>" + inserted("二行"))))

    assert texts(document) == ["一行", "二行"]
    assert [(each.start, each.end) for each in document.changes] == [(3, 5)]


def test_read_bears_changes_without_author_or_with_a_broken_moment() -> None:
    document = read(word(p(r("留") + deleted("去", 'w:date="昨天"'))))

    assert document.changes == (Change(ChangeKind.DELETED, "去", "", None, 1, 1),)
    assert told(document) == ("文件中有 1 处修订：插入的文字已采纳，删除的文字已略去。",)


def test_read_takes_formats_that_were_changed_for_no_change_of_text() -> None:
    formatted = f"<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>粗</w:t></w:r>"

    document = read(word(p(formatted)))

    assert (document.text, document.changes, document.remarks) == ("粗", (), ())


def test_read_safely_gives_the_same_changes() -> None:
    data = word(p(r("建成") + deleted("三") + inserted("四")))

    assert text.read_safely(data, name="方案.docx") == read(data)
