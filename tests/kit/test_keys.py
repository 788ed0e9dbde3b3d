"""The keyring file: created, read, rotated, refused."""

import base64
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from xietong.kit import keys
from xietong.kit.keys import keyfile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "private" / "keyring.json"


@pytest.fixture
def ring(path: Path) -> keys.Keyring:
    return keys.Keyring.open(path)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


# The file


def test_open_creates_a_private_file_with_a_key_for_every_purpose(path: Path) -> None:
    ring = keys.Keyring.open(path)

    assert [info.purpose for info in ring.infos()] == list(keys.PURPOSES)
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert sorted(p.name for p in path.parent.iterdir()) == ["keyring.json", "keyring.json.lock"]


def test_open_again_reads_the_same_keys(path: Path, ring: keys.Keyring) -> None:
    again = keys.Keyring.open(path)

    assert [tuple(again.key(p)) for p in keys.PURPOSES] == [tuple(ring.key(p)) for p in keys.PURPOSES]


def test_keys_of_different_purposes_and_rings_differ(ring: keys.Keyring, tmp_path: Path) -> None:
    other = keys.Keyring.open(tmp_path / "other.json")

    secrets = [r.key(p).secret for r in (ring, other) for p in keys.PURPOSES]
    assert len(set(secrets)) == 2 * len(keys.PURPOSES)
    assert [len(s) for s in secrets[:5]] == [32, 16, 32, 48, 32]


RACER = """
import sys
from pathlib import Path
from xietong.kit.keys import Keyring, PURPOSES
print("ready", flush=True)
sys.stdin.readline()
ring = Keyring.open(Path(sys.argv[1]))
print(*(ring.key(p).key_id for p in PURPOSES), flush=True)
"""


@pytest.fixture
def racers(path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(6)
    ]
    yield processes
    for process in processes:
        process.communicate()


def test_open_by_several_processes_at_once_creates_one_ring(path: Path, racers: list[subprocess.Popen[str]]) -> None:
    assert [p.stdout.readline() for p in racers if p.stdout] == ["ready\n"] * 6

    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    seen = {p.stdout.readline() for p in racers if p.stdout}

    ring = keys.Keyring.open(path)
    assert seen == {" ".join(ring.key(p).key_id for p in keys.PURPOSES) + "\n"}


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620, 0o601])
def test_open_refuses_a_file_that_others_may_use(path: Path, ring: keys.Keyring, bits: int) -> None:
    before = path.read_bytes()
    path.chmod(bits)

    with pytest.raises(keys.KeyringExposed) as refusal:
        keys.Keyring.open(path)

    assert str(refusal.value) == (
        f"密钥文件 {path} 对本机其他用户开放（权限 {bits:04o}），已拒绝使用。请执行：chmod 600 {path}"
    )
    assert (path.read_bytes(), mode(path)) == (before, bits)


@pytest.mark.parametrize("bits", [0o770, 0o702])
def test_open_refuses_a_directory_that_others_may_write(path: Path, bits: int) -> None:
    path.parent.mkdir()
    path.parent.chmod(bits)

    with pytest.raises(keys.KeyringExposed) as refusal:
        keys.Keyring.open(path)

    assert str(refusal.value) == (
        f"密钥目录 {path.parent} 允许本机其他用户写入（权限 {bits:04o}），已拒绝使用。请执行：chmod 700 {path.parent}"
    )
    assert list(path.parent.iterdir()) == []


def test_open_refuses_an_existing_ring_in_such_a_directory(path: Path, ring: keys.Keyring) -> None:
    path.parent.chmod(0o770)

    with pytest.raises(keys.KeyringExposed):
        keys.Keyring.open(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": 2, "keys": []}',
        b'{"format": 1, "keys": ["x"]}',
        b'{"format":1,"keys":[{"id":"a","purpose":"other","secret":"","created_at":"2026-01-01"}]}',
        b'{"format":1,"keys":[{"id":"a","purpose":"audit","secret":"AA==","created_at":"2026-01-01"}]}',
    ],
)
def test_open_leaves_a_damaged_file_as_it_is(path: Path, ring: keys.Keyring, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(keys.KeyringDamaged):
        keys.Keyring.open(path)

    assert path.read_bytes() == content


def test_replace_leaves_nothing_behind_when_it_fails(path: Path, ring: keys.Keyring) -> None:
    before = sorted(path.parent.iterdir())

    with pytest.raises(IsADirectoryError):
        keyfile.replace(path.parent, b"content")

    assert (sorted(path.parent.iterdir()), sorted(path.parent.parent.iterdir())) == (before, [path.parent])


def test_a_vanished_file_stops_the_ring(path: Path, ring: keys.Keyring) -> None:
    path.unlink()

    with pytest.raises(keys.KeyMissing, match="不见了"):
        ring.key("identity")

    assert not path.exists()


def test_open_follows_a_symbolic_link(path: Path, ring: keys.Keyring, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)

    new = keys.Keyring.open(link).rotate("audit")

    assert link.is_symlink()
    assert ring.key("audit").key_id == new


# Keys


def test_key_refuses_an_unknown_id(ring: keys.Keyring) -> None:
    with pytest.raises(keys.KeyMissing, match="没有编号为 audit-0 的密钥"):
        ring.key("audit", "audit-0")


def test_key_refuses_the_key_of_another_purpose(ring: keys.Keyring) -> None:
    with pytest.raises(keys.KeyMissing, match="不用于 lookup"):
        ring.key("lookup", ring.key("audit").key_id)


def test_rotate_gives_a_new_current_key_and_keeps_the_old(ring: keys.Keyring) -> None:
    old = ring.key("identity")

    new_id = ring.rotate("identity")

    assert ring.key("identity").key_id == new_id != old.key_id
    assert ring.key("identity", old.key_id) == old
    assert [key.key_id for key in ring.keys("identity")] == [new_id, old.key_id]


def test_rotate_touches_only_its_purpose_and_keeps_the_file_private(path: Path, ring: keys.Keyring) -> None:
    before = {p: tuple(ring.key(p)) for p in keys.PURPOSES if p != "django"}

    ring.rotate("django")

    assert {p: tuple(ring.key(p)) for p in before} == before
    assert mode(path) == 0o600


def test_rotate_reaches_a_ring_that_is_already_open(path: Path, ring: keys.Keyring) -> None:
    elsewhere = keys.Keyring.open(path)

    new_id = elsewhere.rotate("audit")

    assert ring.key("audit").key_id == new_id


def test_rotate_keeps_what_another_process_added(path: Path, ring: keys.Keyring) -> None:
    elsewhere = keys.Keyring.open(path)

    ids = [ring.rotate("audit"), elsewhere.rotate("audit"), ring.rotate("audit")]

    assert [key.key_id for key in ring.keys("audit")][:3] == ids[::-1]


def test_rotate_gives_a_purpose_its_first_key(path: Path, ring: keys.Keyring) -> None:
    content = json.loads(path.read_bytes())
    content["keys"] = [record for record in content["keys"] if record["purpose"] != "backup"]
    path.write_text(json.dumps(content))
    with pytest.raises(keys.KeyMissing, match="没有用途为 backup 的密钥"):
        ring.key("backup")

    new_id = ring.rotate("backup")

    assert ring.key("backup").key_id == new_id


def test_infos_mark_the_current_keys(ring: keys.Keyring) -> None:
    ring.rotate("lookup")

    marks = [(info.purpose, info.is_current) for info in ring.infos()]

    assert marks == [(p, p != "lookup") for p in keys.PURPOSES] + [("lookup", True)]
    assert {info.created_at.utcoffset() for info in ring.infos()} == {ring.infos()[0].created_at.utcoffset()}


def test_secrets_stay_out_of_representations(ring: keys.Keyring, path: Path) -> None:
    shown = repr([ring, ring.key("audit"), ring.infos(), ring._ring()])

    stored = [record["secret"] for record in json.loads(path.read_bytes())["keys"]]
    assert [s for s in stored if s in shown or repr(base64.b64decode(s))[2:-1] in shown] == []


def test_key_info_is_a_value(ring: keys.Keyring) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ring.infos()[0].is_current = False  # type: ignore[misc]
