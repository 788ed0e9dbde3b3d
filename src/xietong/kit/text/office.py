"""Old and foreign formats made into .docx by LibreOffice, where it is installed.

A document may name pictures and texts of other machines, and LibreOffice fetches them: the profile forbids
links and macros and leads every request to a closed port, and where the system lets us, the program runs
without any network. What it makes is as untrusted as what it was made from.
"""

import os
import shutil
import signal
import subprocess
import sys
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Format

SECONDS = 60.0
MEMORY_MB = 2048
VARIABLE = "XIETONG_SOFFICE"
OUTPUT = "docx:MS Word 2007 XML"
FILTERS = {Format.DOC: "MS Word 97", Format.WPS: "MS Word 97", Format.RTF: "Rich Text Format"}
"""Named, so that LibreOffice takes the file for what we took it for."""

PROFILE = "profile/user/registrymodifications.xcu"
WITHOUT_NETWORK = ("unshare", "--map-current-user", "--net", "--")

SAVE_AS = {
    Format.DOC: gettext_noop(
        "这是旧版 Word 格式（.doc）。请在 Word 或 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
    ),
    Format.WPS: gettext_noop(
        "这是 WPS 文字格式（.wps）。请在 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
    ),
    Format.RTF: gettext_noop(
        "这是 RTF 格式。请在 Word 或 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
    ),
}
STALLED = gettext_noop("文件转换超时。请在 Word 或 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。")
FAILED = gettext_noop("文件无法转换，可能已损坏。请在 Word 或 WPS 中打开，另存为 .docx 后再上传。")


def docx_from(data: bytes, kind: Format, *, seconds: float = SECONDS) -> bytes:
    """The bytes of a .docx made from a document of another kind.

    Raises ``Unreadable`` with the way to save it as .docx where LibreOffice is absent, fails or takes too long.
    """
    program = installed()
    if program is None:
        raise Unreadable(SAVE_AS[kind])
    with TemporaryDirectory(prefix="xietong-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = _prepare(folder, data, kind)
        _run(_command(program, folder, source, kind, seconds), folder, seconds)
        made = folder / "made" / "source.docx"
        if not made.is_file():
            raise Unreadable(FAILED)
        return made.read_bytes()


def installed() -> str | None:
    """The LibreOffice to use: what the environment names, else what is on the path."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    return shutil.which("soffice") or shutil.which("libreoffice")


def _prepare(folder: Path, data: bytes, kind: Format) -> Path:
    profile = folder / PROFILE
    profile.parent.mkdir(parents=True)
    profile.write_bytes(resources.files("xietong.kit.text").joinpath("data/office.xcu").read_bytes())
    source = folder / f"source.{kind.value}"
    source.write_bytes(data)
    return source


def _command(program: str, folder: Path, source: Path, kind: Format, seconds: float) -> list[str]:
    confined = [sys.executable, "-P", "-B", "-m", "xietong.kit.text.confined", str(MEMORY_MB), str(seconds)]
    office = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        f"--infilter={FILTERS[kind]}",
        *("--convert-to", OUTPUT, "--outdir", str(folder / "made"), str(source)),
    ]
    return [*confined, *_without_network(), *office]


def _without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not let us."""
    if shutil.which(WITHOUT_NETWORK[0]) is None:
        return ()
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)  # noqa: S603
    return WITHOUT_NETWORK if tried.returncode == 0 else ()


def _run(command: list[str], folder: Path, seconds: float) -> None:
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "PYTHONPATH": path}
    process = subprocess.Popen(  # noqa: S603  nothing in the command comes from outside
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment | {"TMPDIR": str(folder)},
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(STALLED) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all it has started, also what it left behind when it ended by itself."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    process.kill()
    process.wait()
