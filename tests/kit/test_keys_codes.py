"""Short codes on paper."""

from pathlib import Path

import pytest

from xietong.kit.keys import Keyring
from xietong.kit.keys.codes import ALPHABET, check_code


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring.open(tmp_path / "keyring.json")


def test_check_code_is_eight_characters_that_are_not_misread(ring: Keyring) -> None:
    codes = {check_code(ring, f"{number}", scope="paper") for number in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(ALPHABET)


def test_check_code_depends_on_value_scope_and_key(ring: Keyring, tmp_path: Path) -> None:
    code = check_code(ring, "bc", scope="a")
    assert check_code(ring, "bc", scope="a") == code
    others = Keyring.open(tmp_path / "other.json")
    found = {
        check_code(ring, "c", scope="ab"),
        check_code(ring, "bd", scope="a"),
        check_code(others, "bc", scope="a"),
    }
    assert len({code, *found}) == 4


def test_check_code_outlives_a_rotation(ring: Keyring) -> None:
    code = check_code(ring, "1:1", scope="paper")
    ring.rotate("lookup")
    assert check_code(ring, "1:1", scope="paper") == code
