"""Runs every check that is not a test, all of them even if one fails, and says at the end which failed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CHECKS: dict[str, list[str | Path]] = {
    "packages": [PYTHON, "-m", "pip", "--disable-pip-version-check", "check"],
    "format": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "types": [BIN / "mypy"],
    "layers": [BIN / "lint-imports", "--no-cache"],
    "templates": [BIN / "djlint", "--lint", "--quiet", "src"],
    "site": [PYTHON, "-m", "django", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "catalogue": [PYTHON, "tools/catalogue.py", "--check"],
    "documentation": [PYTHON, "-m", "xietong.web.cli", "docs", "--check"],
}


def main() -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xietong-check-") as home:
        environment = {
            **os.environ,
            "XIETONG_HOME": home,
            "DJANGO_SETTINGS_MODULE": "xietong.web.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        environment.pop("DATABASE_URL", None)
        passed = {name: run(name, command, environment) for name, command in CHECKS.items()}
    print(f"\n== summary ({time.monotonic() - started:.0f} s)")
    for name, is_good in passed.items():
        print(f"{'ok    ' if is_good else 'FAILED'} {name}")
    return 0 if all(passed.values()) else 1


def run(name: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    print(f"\n== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
