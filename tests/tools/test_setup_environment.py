"""What the set-up says when it cannot go on, and when it does nothing."""

from pathlib import Path

import pytest

from tools import setup_environment
from tools.setup_environment import NO_NETWORK, explanation, fingerprint, is_current, refuse_old_python, stamp

OFFLINE = (
    "WARNING: Retrying after connection broken by 'NewConnectionError(': Failed to establish a new "
    "connection: [Errno -3] Temporary failure in name resolution')'\nERROR: No matching distribution found\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of four files, with an empty environment."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name in ("run.lock", "dev.lock"):
        (tmp_path / name).write_text(f"{name}==1\n")
    for name in ("ROOT", "REQUIREMENTS", "VENV"):
        monkeypatch.setattr(setup_environment, name, tmp_path)
    return tmp_path


def test_explanation_is_a_sentence_without_network() -> None:
    assert explanation(OFFLINE) == NO_NETWORK


def test_explanation_ends_with_the_last_words_of_pip() -> None:
    output = "\n".join(f"line {number}" for number in range(40))

    assert explanation(output).splitlines()[1:] == [f"line {number}" for number in range(25, 40)]


def test_refuse_old_python_names_version_and_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup_environment.sys, "version_info", (3, 10, 12))
    monkeypatch.setattr(setup_environment.sys, "executable", "/usr/bin/python3")

    with pytest.raises(SystemExit):
        refuse_old_python()

    assert capsys.readouterr().err == (
        "Xietong needs Python 3.11 or newer, and /usr/bin/python3 is 3.10.12. Install a newer one "
        "beside it and name it, for example: make run PYTHON=python3.12\n"
    )


def test_is_current_until_a_lock_changes(folder: Path) -> None:
    stamp("run").write_text(fingerprint("run"))
    assert is_current("run")
    assert not is_current("dev")

    (folder / "run.lock").write_text("run.lock==2\n")
    assert not is_current("run")


def test_is_current_for_running_after_the_development_set(folder: Path) -> None:
    stamp("dev").write_text(fingerprint("dev"))

    assert is_current("run")
