"""The copy of the keyring on paper: sealed with a passphrase, brought back, refused."""

import base64
from pathlib import Path

import pytest

from xietong.kit import keys
from xietong.kit.keys import escrow

PASSPHRASE = "一张放进保险柜里的纸条要写够长"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "private" / "keyring.json"


@pytest.fixture
def ring(path: Path) -> keys.Keyring:
    return keys.Keyring.open(path)


@pytest.fixture(scope="module")
def shared_ring(tmp_path_factory: pytest.TempPathFactory) -> keys.Keyring:
    return keys.Keyring.open(tmp_path_factory.mktemp("shared") / "keyring.json")


@pytest.fixture(scope="module")
def copy(shared_ring: keys.Keyring) -> bytes:
    shared_ring.rotate("lookup")
    return shared_ring.export(passphrase=PASSPHRASE)


def test_restore_brings_back_every_key(copy: bytes, shared_ring: keys.Keyring, path: Path) -> None:
    restored = keys.Keyring.restore(path, copy, passphrase=PASSPHRASE)

    assert restored.infos() == shared_ring.infos()
    assert [tuple(map(tuple, restored.keys(p))) for p in keys.PURPOSES] == [
        tuple(map(tuple, shared_ring.keys(p))) for p in keys.PURPOSES
    ]
    assert path.stat().st_mode & 0o777 == 0o600


def test_restore_accepts_a_copy_typed_in_with_other_breaks_and_input_method(copy: bytes, path: Path) -> None:
    header, _, body = copy.partition(b"\n")
    retyped = b"\r\n " + header + b" \r\n" + body.replace(b"\n", b"")[:20] + b"  \n" + body.replace(b"\n", b"")[20:]
    composed = PASSPHRASE.replace("一", "⼀")  # KANGXI RADICAL ONE, the same character to NFKC

    assert composed != PASSPHRASE
    assert keys.Keyring.restore(path, retyped, passphrase=composed).key("audit").key_id


def test_export_shows_no_key_and_fits_a_page(copy: bytes, shared_ring: keys.Keyring) -> None:
    lines = copy.decode("ascii").splitlines()

    assert lines[0] == "XIETONG KEYRING 1"
    assert max(map(len, lines)) == 64
    assert len(lines) < 45
    assert [p for p in keys.PURPOSES if base64.b64encode(shared_ring.key(p).secret) in copy] == []


def test_export_refuses_a_short_passphrase(ring: keys.Keyring) -> None:
    with pytest.raises(keys.WeakPassphrase, match="至少 12 个字符"):
        ring.export(passphrase="12345678901")


@pytest.mark.parametrize(
    ("change", "passphrase", "message"),
    [
        (lambda copy: copy, PASSPHRASE + "。", "口令不正确，或密钥备份内容有误。"),
        (lambda copy: copy[:200] + (b"A" if copy[200:201] != b"A" else b"B") + copy[201:], PASSPHRASE, None),
        (lambda copy: copy[:40], PASSPHRASE, None),
        (lambda copy: copy[: len(escrow.HEADER)], PASSPHRASE, None),
        (lambda copy: copy + "中".encode(), PASSPHRASE, None),
        (
            lambda copy: copy.replace(b"1\n", b"2\n", 1),
            PASSPHRASE,
            "这不是密钥备份：首行应为“XIETONG KEYRING 1”。",
        ),
    ],
    ids=["passphrase", "changed", "cut", "empty", "not base64", "other header"],
)
def test_restore_refuses_a_wrong_passphrase_or_copy(
    copy: bytes, path: Path, change: object, passphrase: str, message: str | None
) -> None:
    assert callable(change)

    with pytest.raises(keys.Tampered) as refusal:
        keys.Keyring.restore(path, change(copy), passphrase=passphrase)

    assert str(refusal.value) == (message or "口令不正确，或密钥备份内容有误。")
    assert not path.exists()


def test_restore_never_overwrites_a_ring(copy: bytes, path: Path, ring: keys.Keyring) -> None:
    before = path.read_bytes()

    with pytest.raises(keys.KeyringExists, match="不会覆盖"):
        keys.Keyring.restore(path, copy, passphrase=PASSPHRASE)

    assert path.read_bytes() == before
