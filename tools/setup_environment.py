"""Makes `.venv` with the packages of a lock file: `python3 tools/setup_environment.py run` (or `dev`).

Only the standard library is used, because nothing is installed yet. A second call does nothing until a
lock changes. The syntax is kept plain enough for an old Python to reach the sentence that refuses it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
BOOTSTRAP = ROOT / "var" / "bootstrap"
CATALOGUE = ROOT / "src" / "xietong" / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
OLDEST = (3, 11)
LOCKS = {"run": ("run.lock",), "dev": ("run.lock", "dev.lock")}

UNREACHABLE = (
    "NameResolutionError", "name resolution", "NewConnectionError", "ConnectTimeoutError", "timed out",
    "ProxyError", "SSLError", "Connection refused", "Connection broken", "Network is unreachable",
)  # fmt: skip
NO_NETWORK = (
    "The Python packages could not be downloaded: the package index does not answer. Check the network "
    "(behind a proxy set HTTPS_PROXY, for a mirror set PIP_INDEX_URL), then run the same command again."
)
NO_VENV = (
    "This Python can make no environment: it has neither venv nor pip. "
    "Install one of them, for example: sudo apt install python3-venv"
)


def main(kind: str) -> None:
    refuse_old_python()
    if not environment_works():
        make_environment()
    if not is_current(kind):
        install(kind)
    compile_catalogue()


def stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(1)


def say(message: str) -> None:
    print(message, flush=True)


def refuse_old_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        stop(
            f"Xietong needs Python 3.11 or newer, and {sys.executable} is {found}. Install a newer one "
            "beside it and name it, for example: make run PYTHON=python3.12"
        )


def environment_works() -> bool:
    """Whether `.venv` is there and its interpreter, which may have been upgraded or moved, still runs."""
    if not VENV_PYTHON.exists():
        return False
    question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return succeeds(VENV_PYTHON, "-c", question)


def succeeds(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    say("Making a Python environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if succeeds(sys.executable, "-m", "venv", VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    make_environment_without_venv()


def make_environment_without_venv() -> None:
    """Debian's pip comes without venv; `--target` is allowed even where the system manages the packages."""
    if not succeeds(sys.executable, "-m", "pip", "--version"):
        stop(NO_VENV)
    say("This Python comes without venv; fetching virtualenv instead")
    shutil.rmtree(BOOTSTRAP, ignore_errors=True)
    target = ("--no-deps", "--target", str(BOOTSTRAP), "--require-hashes", "-r", str(REQUIREMENTS / "bootstrap.lock"))
    pip_install(sys.executable, *target)
    made = subprocess.run(
        [sys.executable, "-m", "virtualenv", "--app-data", BOOTSTRAP / "app-data", VENV],
        env={**os.environ, "PYTHONPATH": str(BOOTSTRAP)},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        stop(f"{NO_VENV}\nvirtualenv said: {made.stderr.strip() or made.stdout.strip()}")


def install(kind: str) -> None:
    lock = REQUIREMENTS / LOCKS[kind][-1]
    say(f"Installing the packages of requirements/{lock.name} (the first time this takes a minute)")
    # A lock is complete (`make check` asks pip); left to resolve, an old pip takes the newest release for an extra.
    pip_install(str(VENV_PYTHON), "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(lock))
    pip_install(str(VENV_PYTHON), "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp(kind).write_text(fingerprint(kind))
    say("The environment is ready")


def pip_install(python: str, *arguments: str) -> None:
    """This function will run pip, show one short line a package, and explain a failure in a sentence."""
    options = ("--disable-pip-version-check", "--no-input", "--retries", "2", "--progress-bar", "off")
    output = []
    with subprocess.Popen(
        [python, "-m", "pip", "install", *options, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            output.append(line)
            if line.startswith("Collecting "):
                say(f"  {line.split()[1]}")
            elif line.startswith("Installing collected packages") and "," in line:
                say("  unpacking")
    if process.returncode:
        stop(explanation("".join(output)))


def explanation(output: str) -> str:
    if any(sign in output for sign in UNREACHABLE):
        return NO_NETWORK
    return "pip could not install the packages. Its last words:\n" + "\n".join(output.splitlines()[-15:])


def stamp(kind: str) -> Path:
    return VENV / f"{kind}.stamp"


def fingerprint(kind: str) -> str:
    """A digest of what decides what is installed."""
    inputs = [ROOT / "pyproject.toml", *(REQUIREMENTS / name for name in LOCKS[kind])]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()


def is_current(kind: str) -> bool:
    """Whether the packages are those of the lock; the development set contains the other."""
    return any(stamp(made).exists() and stamp(made).read_text() == fingerprint(made) for made in {kind, "dev"})


def compile_catalogue() -> None:
    """The binary catalogue is made here, so that nobody needs gettext."""
    binary = CATALOGUE.with_suffix(".mo")
    if CATALOGUE.exists() and (not binary.exists() or binary.stat().st_mtime < CATALOGUE.stat().st_mtime):
        subprocess.run([VENV_PYTHON, ROOT / "tools" / "catalogue.py", "--compile"], check=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("Stopped. The next call goes on from the beginning.")
