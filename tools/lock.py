"""Resolves the packages anew and writes the locks: hashes for every platform, and nothing of this machine.

Without arguments everything goes to its newest version; `--upgrade-package NAME` moves only one.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / "var" / "bootstrap" / "uv"
PYTHON = "3.11"
LOCKS: dict[str, list[str]] = {
    "bootstrap": [],
    "run": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev"],
}


def main(arguments: list[str]) -> None:
    fetch: list[str | Path] = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", UV, "uv"]
    subprocess.run(fetch, check=True)
    for name, sources in LOCKS.items():
        lock(name, [*sources, *arguments])


def lock(name: str, sources: list[str]) -> None:
    command: list[str | Path] = [
        UV / "bin" / "uv", "pip", "compile", "--no-config", "--quiet", "--universal", "--generate-hashes",
        "--python-version", PYTHON, f"requirements/{name}.in", *sources, "-o", f"requirements/{name}.lock",
    ]  # fmt: skip
    environment = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["--upgrade"])
