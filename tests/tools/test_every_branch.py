"""The part on SQLite fails when a branch of rules, access, actions or quant is left out, and only then."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.__main__ import EVERY_BRANCH

ROOT = Path(__file__).parents[2]
GRADE = """
def grade(points):
    if points > 5:
        return "good"
    return "fair"
"""
TEST = """
from xietong.areas.budgets import rules, views

def test_grade():
    assert rules.grade(9) == "good"
"""
OTHER_BRANCH = """
def test_grade_of_little():
    assert rules.grade(1) == "fair"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one area under the same settings, whose rules and views are half tested."""
    area = tmp_path / "src/xietong/areas/budgets"
    area.mkdir(parents=True)
    (tmp_path / "src/xietong/quant").mkdir()
    for folder in (area.parents[1], area.parent, area, tmp_path / "src/xietong/quant"):
        (folder / "__init__.py").touch()
    for name in ("rules", "views"):
        (area / f"{name}.py").write_text(GRADE)
    (tmp_path / "test_it.py").write_text(TEST)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def measured(project: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": "src", "COVERAGE_FILE": str(project / "coverage")}
    done = subprocess.run(
        [*command, "-p", "no:django", "--cov-config", "pyproject.toml", *EVERY_BRANCH, "test_it.py"],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def named(output: str) -> list[str]:
    """The lines of the report about single files: each with what is missing."""
    return [" ".join(line.split()) for line in output.splitlines() if line.startswith("src/")]


def test_every_branch_names_the_file_and_the_lines_that_are_left_out(project: Path) -> None:
    code, output = measured(project)

    assert code != 0
    assert named(output) == ["src/xietong/areas/budgets/rules.py 4 1 2 1 67% 5"]
    assert "Required test coverage of 100% not reached" in output


def test_every_branch_is_content_when_only_other_files_are_left_out(project: Path) -> None:
    (project / "test_it.py").write_text(TEST + OTHER_BRANCH)

    code, output = measured(project)

    assert (code, named(output)) == (0, [])


@pytest.mark.parametrize(
    "path", ["areas/budgets/actions/pay.py", "areas/budgets/rules/parts/sums.py", "quant/inequality/gini.py"]
)
def test_every_branch_finds_a_file_that_nobody_imports(project: Path, path: str) -> None:
    (project / "test_it.py").write_text(TEST + OTHER_BRANCH)
    forgotten = project / "src/xietong" / path
    forgotten.parent.mkdir(parents=True)
    for folder in forgotten.relative_to(project).parents:
        if folder.name in {"actions", "parts", "inequality"} or folder.match("budgets/rules"):
            (project / folder / "__init__.py").touch()
    if "rules" in path:
        shutil.move(project / "src/xietong/areas/budgets/rules.py", forgotten.parents[1] / "__init__.py")
    forgotten.write_text(GRADE)

    code, output = measured(project)

    assert code != 0
    assert [line.split()[0] for line in named(output)] == [f"src/xietong/{path}"]
