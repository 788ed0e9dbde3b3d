"""Installs by apt what only tests need, where that is possible without a question; else says what is skipped.

Standard library only. Never fails: a part of the tests that lacks its program is skipped with a reason.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package, the file that shows it is there, and what is skipped without it."""

    name: str
    sign: str
    skipped: str

    @property
    def is_missing(self) -> bool:
        return next(Path("/").glob(self.sign), None) is None


PACKAGES = (
    Package("chromium", "usr/bin/chromium", "the tests in a browser are skipped"),
    Package("postgresql", "usr/lib/postgresql/*/bin/initdb", "the tests on PostgreSQL are skipped"),
    Package("fonts-noto-cjk", "usr/share/fonts/**/NotoSansCJK*", "pages in a browser show boxes for Chinese"),
)


def main() -> None:
    missing = [package for package in PACKAGES if package.is_missing]
    if not missing:
        return
    administrator = as_administrator()
    if administrator is not None:
        install([package.name for package in missing], administrator)
    for package in missing:
        if package.is_missing:
            print(f"Not here: {package.name}; {package.skipped}. To change that: apt install {package.name}")


def as_administrator() -> list[str] | None:
    """The words that go before apt-get, or None where there is no apt or no right to use it."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if may and may.returncode == 0 else None


def install(names: list[str], administrator: list[str]) -> None:
    """One package at a time, so that one that this system does not have leaves the others alone."""
    print(f"Installing by apt for the tests: {', '.join(names)}", flush=True)
    apt = [*administrator, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run_quietly([*apt, "update"])
    for name in names:
        run_quietly([*apt, "install", "--yes", "--no-install-recommends", name])


def run_quietly(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        print(f"{' '.join(command)} failed: {done.stderr.strip()[-400:]}", flush=True)


if __name__ == "__main__":
    main()
