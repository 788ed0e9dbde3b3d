"""Hostile and outsized documents: answered or refused in time, within the memory of the sandbox."""

import random
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import docx
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit.pdf_files import Words, drawn
from tests.kit.word_files import abstract, in_list, instance, level, p, r, texts, word
from xietong.kit import sandbox, text
from xietong.kit.office import VARIABLE

PART = "word/document.xml"
SENTENCE = "县教体局牵头，选派不少于40名专家进校指导，每学期开展两次诊断，并于12月底前形成报告。"


@pytest.fixture(scope="module", autouse=True)
def without_office() -> Iterator[None]:
    """Bytes that happen to be an old format are refused at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "/nowhere/soffice")
        yield


def timed(act: Callable[[], text.Document]) -> tuple[text.Document, float]:
    begun = time.monotonic()
    return act(), time.monotonic() - begun


@pytest.mark.parametrize("name", ["方案.docx", "方案.txt", "方案.html"])
def test_read_safely_reads_three_megabytes_in_one_paragraph(name: str) -> None:
    long = (SENTENCE * (3 * 1024 * 1024 // len(SENTENCE.encode()) + 1))[: 1024 * 1024]
    made = {"方案.docx": lambda: word(p(r(long))), "方案.txt": long.encode, "方案.html": f"<html><p>{long}".encode}

    document, seconds = timed(lambda: text.read_safely(made[name](), name=name))

    assert document.text == long
    assert seconds < 10


def test_read_safely_reads_two_hundred_pages() -> None:
    document, seconds = timed(lambda: text.read_safely(word(p(r(SENTENCE * 12)) * 600), name="方案.docx"))

    assert len(document.lines) == 600
    assert seconds < 10


@pytest.mark.parametrize("table", ["<w:tbl/>", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"])
def test_read_safely_refuses_a_million_tables(table: str) -> None:
    with pytest.raises(text.Unreadable) as caught:
        text.read_safely(word(table * 1_000_000), name="方案.docx")

    too_many, too_large = (
        "文件中的表格过多，超出处理上限；请拆分后再上传。",
        "文件解压后过大，超出处理上限；请拆分后再上传。",
    )
    assert caught.value.message == (too_many if table == "<w:tbl/>" else too_large)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<w:p><w:ins>", "</w:ins></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    ],
)
def test_read_bears_the_deepest_nesting_that_is_parsed(opening: str, closing: str) -> None:
    depth = 245 // opening.count("<")

    assert "深" in "".join(texts(text.read(word(opening * depth + p(r("深")) + closing * depth), name="方案.docx")))


def test_read_bears_nested_runs_of_the_deepest_kind() -> None:
    nested = "<w:ins><w:smartTag>" * 120 + r("深") + "</w:smartTag></w:ins>" * 120

    assert text.read(word(p(nested)), name="方案.docx").text == "深"


@pytest.mark.parametrize("opening", ["<w:tbl><w:tr><w:tc>", "<w:sdt>", "<w:p>"])
def test_read_refuses_nesting_beyond_that(opening: str) -> None:
    names = [tag.rstrip(">") for tag in opening.split("<w:")[1:]]
    closing = "".join(f"</w:{name}>" for name in reversed(names))

    with pytest.raises(text.Unreadable) as caught:
        text.read(word(opening * 5000 + closing * 5000), name="方案.docx")

    assert type(caught.value) is text.Unreadable


def workbook() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "任务")
    return file.getvalue()


def python_docx() -> bytes:
    document = docx.Document()
    document.add_heading("一、总体目标", level=1)
    document.add_paragraph(SENTENCE, style="List Number")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = SENTENCE
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def by_hand() -> bytes:
    numbering = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "（%2）")) + instance(1, 0)
    change = (
        f"<w:ins w:author='甲' w:date='2026-03-05T09:30:00Z'>{r('增')}</w:ins>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    )
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>{}</w:tc>"
    return word(
        p(r(SENTENCE) + change, in_list(1)) + f"<w:tbl><w:tr>{cell.format(p(r('格')))}</w:tr></w:tbl>",
        numbering=numbering,
    )


@cache
def seeds() -> dict[str, bytes]:
    """Sound files to begin with, as programs write them and by hand."""
    table = f"<table><tr><td rowspan=2>{SENTENCE}<td>乙<tr><td>丙</table>"
    page = f"<html><head><meta charset=utf-8></head><body><h1>方案</h1>{table}"
    return {
        "python.docx": python_docx(),
        "hand.docx": by_hand(),
        "book.docx": workbook(),
        "page.html": page.encode(),
        "plan.txt": (SENTENCE * 5).encode("gb18030"),
        "wide.txt": (SENTENCE * 5).encode("utf-16"),
        "plan.pdf": drawn([Words(SENTENCE[:20], 90, 740), Words(SENTENCE[20:40], 90, 712)], scans=(1,)),
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes overwritten, cut out, doubled or put at another place; of a package also inside its parts."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _with_mutated_part(data, chance)
    return _bent(data, chance)


def _with_mutated_part(data: bytes, chance: random.Random) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = PART if PART in names and chance.random() < 0.5 else chance.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, _swapped(content, chance) if name == chosen else content)
    return file.getvalue()


def _swapped(content: bytes, chance: random.Random) -> bytes:
    """A part with its tags and values mixed up, which mostly stays well-formed; or bent like any bytes."""
    if chance.random() < 0.3:
        return _bent(content, chance)
    marks = [
        b"w:p>",
        b"w:tbl>",
        b"w:tc>",
        b"w:tr>",
        b"w:r>",
        b"w:t>",
        b'"0"',
        b'"1"',
        b'"99999999"',
        b'"-1"',
        b"w:ins",
    ]
    for _ in range(chance.randint(1, 6)):
        old, new = chance.choice(marks), chance.choice(marks)
        content = content.replace(old, new) if chance.random() < 0.5 else content.replace(old, new, 2)
    return content


def _bent(data: bytes, chance: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, end = sorted((chance.randrange(len(bent) + 1), chance.randrange(len(bent) + 1)))
        end = min(end, at + chance.choice((1, 4, 64, 4096)))
        bent[at:end] = chance.choice(
            (b"", bytes(bent[at:end]) * 2, chance.randbytes(end - at), b"\0" * (end - at), b"<<>>")
        )
    return bytes(bent)


def outcome(data: bytes, name: str) -> str:
    """Whether a file was read in this process, or refused; whatever else happens is a fault of the reader."""
    try:
        document = text.read(data, name=name)
    except text.Unreadable:
        return "refused"
    document.text.encode("utf-8")
    assert "\0" not in document.text
    assert [document.text[line.start : line.end] for line in document.lines] == [line.text for line in document.lines]
    for change in document.changes:
        inserted = change.kind is text.ChangeKind.INSERTED
        assert document.text[change.start : change.end] == (change.text if inserted else "")
    return "read"


@given(
    name=st.sampled_from(["python.docx", "hand.docx", "book.docx", "page.html", "plan.txt", "wide.txt"]),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_answers_or_refuses_mutated_files(name: str, seed: int) -> None:
    assert outcome(mutated(seeds()[name], random.Random(seed)), name) in {"read", "refused"}


def outcomes(name: str, first: int, count: int) -> list[str]:
    """Many mutations of one file, for a child: native code may take the process with it."""
    return [outcome(mutated(seeds()[name], random.Random(first + seed)), name) for seed in range(count)]


@given(first=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_read_answers_or_refuses_mutated_pdf(first: int) -> None:
    found = sandbox.run(outcomes, "plan.pdf", first, 40, seconds=60)

    assert set(found) <= {"read", "refused"}
    assert len(found) == 40
