"""Start LibreOffice under our limits, wait, and end it with all it has started."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 60.0
MEMORY_MB = 2048
VARIABLE = "XIETONG_SOFFICE"
PROFILE = "profile/user/registrymodifications.xcu"
WITHOUT_NETWORK = ("unshare", "--map-current-user", "--net", "--")


class Absent(Exception):
    """There is no LibreOffice on this machine."""


class Stalled(Exception):
    """It took too long."""


class Failed(Exception):
    """Nothing came out."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a file is named and how LibreOffice calls its filter, so that it takes it for what we took it for."""

    suffix: str
    filter: str


def installed() -> str | None:
    """The LibreOffice to use: what the environment names, else what is on the path."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, source: Kind, target: Kind, *, fonts: str = "", seconds: float = SECONDS) -> bytes:
    """The bytes of a file made into another kind; `fonts` is a configuration of fontconfig in place of the system's.

    Raises ``Absent``, ``Stalled`` or ``Failed``.
    """
    program = installed()
    if program is None:
        raise Absent
    with TemporaryDirectory(prefix="xietong-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        environment = _prepare(folder, data, source, fonts)
        _run(_command(program, folder, source, target, seconds), folder, environment, seconds)
        made = folder / "made" / f"source.{target.suffix}"
        if not made.is_file():
            raise Failed
        return made.read_bytes()


def _prepare(folder: Path, data: bytes, source: Kind, fonts: str) -> dict[str, str]:
    """Writes what the program needs into its folder; what its environment says beside the usual."""
    profile = folder / PROFILE
    profile.parent.mkdir(parents=True)
    profile.write_bytes(resources.files("xietong.kit.office").joinpath("data/office.xcu").read_bytes())
    (folder / f"source.{source.suffix}").write_bytes(data)
    if not fonts:
        return {}
    (folder / "fonts.conf").write_text(fonts, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


def _command(program: str, folder: Path, source: Kind, target: Kind, seconds: float) -> list[str]:
    confined = [sys.executable, "-P", "-B", "-m", "xietong.kit.office.confined", str(MEMORY_MB), str(seconds)]
    office = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        f"--infilter={source.filter}",
        *("--convert-to", f"{target.suffix}:{target.filter}", "--outdir", str(folder / "made")),
        str(folder / f"source.{source.suffix}"),
    ]
    return [*confined, *_without_network(), *office]


def _without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not let us."""
    if shutil.which(WITHOUT_NETWORK[0]) is None:
        return ()
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)  # noqa: S603
    return WITHOUT_NETWORK if tried.returncode == 0 else ()


def _run(command: list[str], folder: Path, environment: dict[str, str], seconds: float) -> None:
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    known = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "PYTHONPATH": path}
    process = subprocess.Popen(  # noqa: S603  nothing in the command comes from outside
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=known | environment | {"TMPDIR": str(folder)},
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise Stalled from error
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
