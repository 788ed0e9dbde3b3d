"""Old formats: through LibreOffice where it is installed, else a sentence on how to save as .docx.

Most of it is tried with a stand-in for LibreOffice, a script on the path that converts, hangs or dies.
"""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest

from tests.kit.word_files import p, r, refusal, told, word
from xietong.kit import text
from xietong.kit.office import MEMORY_MB, VARIABLE
from xietong.kit.text import Format, office

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OLD = COMPOUND + "WordDocument\0".encode("utf-16-le")
RICH = b"{\\rtf1\\ansi plan}"
SAVE_AS = "选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
STALLED = f"文件转换超时。请在 Word 或 WPS 中打开，{SAVE_AS}"
FAILED = "文件无法转换，可能已损坏。请在 Word 或 WPS 中打开，另存为 .docx 后再上传。"
DAMAGED = "文件不完整或已损坏；请用 Word 或 WPS 打开并另存为 .docx 后再上传。"
ARGUMENTS = 'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; out="$2/source.docx"; in="$3"\n'

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed"
)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script to be written, which stands for LibreOffice."""
    script = tmp_path / "stand-in"
    monkeypatch.setenv(VARIABLE, str(script))
    return script


def write(script: Path, lines: str) -> None:
    script.write_text(f"#!/bin/sh\n{lines}")
    script.chmod(0o755)


def is_alive(process: int) -> bool:
    """Whether a process runs; a dead one that nobody has waited for does not."""
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def soon_dead(process: int) -> bool:
    for _ in range(100):
        if not is_alive(process):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("data", "name", "first"),
    [
        (OLD, "方案.doc", "这是旧版 Word 格式（.doc）。请在 Word 或 WPS 中打开，"),
        (OLD, "方案.docx", "这是旧版 Word 格式（.doc）。请在 Word 或 WPS 中打开，"),
        (OLD, "方案.WPS", "这是 WPS 文字格式（.wps）。请在 WPS 中打开，"),
        (RICH, "方案.doc", "这是 RTF 格式。请在 Word 或 WPS 中打开，"),
    ],
)
def test_read_says_how_to_save_as_docx_without_libreoffice(
    data: bytes, name: str, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/soffice")

    assert refusal(data, name) == first + SAVE_AS
    with pytest.raises(text.Unreadable) as caught:
        text.read_safely(data, name=name)
    assert caught.value.message == first + SAVE_AS


@pytest.mark.parametrize("kind", [Format.DOC, Format.WPS, Format.RTF])
def test_read_safely_reads_what_was_converted_and_says_so(kind: Format, stand_in: Path, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(word(p(r("一、目标"))))
    write(stand_in, f'{ARGUMENTS}cp "{tmp_path}/made.docx" "$out"')

    document = text.read_safely(RICH if kind is Format.RTF else OLD, name=f"方案.{kind.value}")

    assert document.kind is kind
    assert document.text == "一、目标"
    assert told(document) == (f"文件由 .{kind.value} 格式转换后读入，请核对编号和表格。",)


def test_docx_from_gives_the_program_an_empty_home_and_no_secret(
    stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    write(
        stand_in,
        f'echo "$@" > {tmp_path}/asked; env > {tmp_path}/known; pwd > {tmp_path}/place; ls "$HOME" > {tmp_path}/home',
    )

    with pytest.raises(text.Unreadable):
        office.docx_from(OLD, Format.DOC)

    place = (tmp_path / "place").read_text().strip()
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:2] == [f"-env:UserInstallation=file://{place}/profile", "--headless"]
    assert asked[-2:] == [f"{place}/made", f"{place}/source.doc"]
    assert "secret" not in (tmp_path / "known").read_text()
    assert (tmp_path / "home").read_text().split() == ["profile", "source.doc"]
    assert not Path(place).exists()


@pytest.mark.parametrize(
    "lines", ["exit 1", "exit 0", "kill -SEGV $$", "exec /nowhere/program", f"{ARGUMENTS}mkdir $out"]
)
def test_docx_from_refuses_when_nothing_comes_out(lines: str, stand_in: Path) -> None:
    write(stand_in, lines)

    with pytest.raises(text.Unreadable) as caught:
        office.docx_from(OLD, Format.DOC)

    assert caught.value.message == FAILED


def test_read_safely_refuses_what_came_out_broken(stand_in: Path) -> None:
    write(stand_in, f'{ARGUMENTS}echo broken > "$out"')

    with pytest.raises(text.Unreadable) as caught:
        text.read_safely(OLD, name="方案.doc")

    assert caught.value.message == DAMAGED


def test_docx_from_ends_the_program_and_its_children_after_the_time(stand_in: Path, tmp_path: Path) -> None:
    write(stand_in, f"sleep 300 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/self; wait")

    begun = time.monotonic()
    with pytest.raises(text.Unreadable) as caught:
        office.docx_from(OLD, Format.DOC, seconds=2)

    assert caught.value.message == STALLED
    assert time.monotonic() - begun < 10
    assert soon_dead(int((tmp_path / "self").read_text()))
    assert soon_dead(int((tmp_path / "child").read_text()))


def test_docx_from_ends_what_the_program_left_behind(stand_in: Path, tmp_path: Path) -> None:
    write(stand_in, f"sleep 300 & echo $! > {tmp_path}/child; exit 0")

    with pytest.raises(text.Unreadable) as caught:
        office.docx_from(OLD, Format.DOC)

    assert caught.value.message == FAILED
    assert soon_dead(int((tmp_path / "child").read_text()))


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="no way to read limits here")
def test_docx_from_limits_the_memory_of_the_program(stand_in: Path, tmp_path: Path) -> None:
    write(stand_in, f"ulimit -v > {tmp_path}/memory; ulimit -c > {tmp_path}/core")

    with pytest.raises(text.Unreadable):
        office.docx_from(OLD, Format.DOC)

    assert int((tmp_path / "memory").read_text()) == MEMORY_MB * 1024
    assert int((tmp_path / "core").read_text()) == 0


def test_read_refuses_other_compounds_and_locked_documents() -> None:
    sheet = COMPOUND + "Workbook\0".encode("utf-16-le")
    locked = bytearray(OLD.ljust(1024, b"\0") + b"\xec\xa5\xc1\0" + bytes(508))
    locked[1024 + 11] |= 1

    assert refusal(sheet, "表.xls") == "这是电子表格或演示文稿，不是文字材料；请把文字另存为 .docx 后再上传。"
    assert refusal(COMPOUND, "安装.msi") == "不能从这种文件中读取文字；请另存为 .docx 后再上传。"
    assert refusal(bytes(locked), "方案.doc") == "文件设有密码，请取消密码后再上传。"


def made(folder: Path, target: str, source: str) -> bytes:
    """A file as LibreOffice itself writes it."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
    subprocess.run([*command, "--outdir", str(folder), source], check=True, capture_output=True, timeout=120)
    return (folder / f"{Path(source).stem}.{target.partition(':')[0]}").read_bytes()


def original(folder: Path) -> str:
    document = docx.Document()
    document.add_heading("一、总体目标", level=1)
    document.add_paragraph("提升教育质量。")
    document.add_paragraph("选派专家", style="List Number")
    document.add_paragraph("建立机制", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{place}"
    document.add_paragraph("完")
    document.save(str(folder / "plan.docx"))
    return str(folder / "plan.docx")


@needs_office
@pytest.mark.parametrize(
    ("target", "name"), [("doc:MS Word 97", "方案.doc"), ("doc", "方案.wps"), ("rtf", "方案.rtf")]
)
def test_read_safely_converts_real_files(target: str, name: str, tmp_path: Path) -> None:
    data = made(tmp_path, target, original(tmp_path))

    document = text.read_safely(data, name=name)

    assert document.kind.value == name.rpartition(".")[2]
    assert [(line.numbering, line.text, line.style.lower() == "heading 1") for line in document.lines] == [
        ("", "一、总体目标", True),
        ("", "提升教育质量。", False),
        ("1.", "选派专家", False),
        ("2.", "建立机制", False),
        *(("", f"格{place}", False) for place in range(4)),
        ("", "完", False),
    ]
    assert document.tables[0].rows == (("格0", "格1"), ("格2", "格3"))


@needs_office
def test_read_safely_refuses_a_real_file_that_was_damaged(tmp_path: Path) -> None:
    whole = made(tmp_path, "doc:MS Word 97", original(tmp_path))

    with pytest.raises(text.Unreadable):
        text.read_safely(whole[:1024] + bytes(len(whole) - 1024), name="方案.doc")


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>plan<draw:frame
 svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image
 xlink:href="http://127.0.0.1:PORT/spy.png" xlink:type="simple"/></draw:frame></text:p>
</office:text></office:body></office:document>"""


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A web server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(str(self.rfile.readline()))

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, asked
    server.shutdown()
    thread.join()
    server.server_close()


@needs_office
@pytest.mark.parametrize("may_be_cut_off", [True, False])
def test_read_safely_fetches_nothing_that_a_document_names(
    may_be_cut_off: bool, listener: tuple[int, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = listener
    (tmp_path / "spy.fodt").write_text(FOREIGN.replace("PORT", str(port)))
    spy = made(tmp_path, "doc:MS Word 97", str(tmp_path / "spy.fodt"))
    assert f"http://127.0.0.1:{port}/spy.png".encode("utf-16-le") in spy or f":{port}/spy.png".encode() in spy
    assert asked != []
    asked.clear()
    if not may_be_cut_off:
        write(tmp_path / "unshare", "exit 1")
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    document = text.read_safely(spy, name="方案.doc")

    assert document.text.strip() == "plan"
    assert asked == []
