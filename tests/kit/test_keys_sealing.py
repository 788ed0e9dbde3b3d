"""What is sealed and searched with a keyring."""

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.kit import keys
from xietong.kit.keys import sealing

HERE = b"people.person/7/identity"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def ring(path: Path) -> keys.Keyring:
    return keys.Keyring.open(path)


@pytest.fixture(scope="module")
def shared_ring(tmp_path_factory: pytest.TempPathFactory) -> keys.Keyring:
    return keys.Keyring.open(tmp_path_factory.mktemp("shared") / "keyring.json")


@settings(max_examples=30)
@given(plaintext=st.text(), context=st.binary())
def test_decrypt_returns_what_was_encrypted(shared_ring: keys.Keyring, plaintext: str, context: bytes) -> None:
    token = keys.encrypt(shared_ring, plaintext, context=context)

    assert keys.decrypt(shared_ring, token, context=context) == plaintext


def test_encrypt_never_repeats_itself(ring: keys.Keyring) -> None:
    tokens = {keys.encrypt(ring, "36012320991231001X", context=HERE) for _ in range(50)}

    assert len(tokens) == 50
    assert {token.partition(".")[0] for token in tokens} == {ring.key("identity").key_id}


def test_decrypt_refuses_another_context(ring: keys.Keyring) -> None:
    token = keys.encrypt(ring, "36012320991231001X", context=HERE)

    with pytest.raises(keys.Tampered):
        keys.decrypt(ring, token, context=b"people.person/8/identity")


def test_decrypt_refuses_every_changed_byte(ring: keys.Keyring) -> None:
    key_id, _, text = keys.encrypt(ring, "张三", context=HERE).partition(".")
    box = base64.urlsafe_b64decode(text)

    for place in range(len(box)):
        changed = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        with pytest.raises(keys.Tampered):
            keys.decrypt(ring, f"{key_id}.{base64.urlsafe_b64encode(changed).decode()}", context=HERE)


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", "中文", "A" * 40])
def test_decrypt_refuses_what_is_no_box(ring: keys.Keyring, text: str) -> None:
    with pytest.raises(keys.Tampered):
        keys.decrypt(ring, f"{ring.key('identity').key_id}.{text}", context=HERE)


def test_decrypt_does_not_quote_a_value_that_was_never_encrypted(ring: keys.Keyring) -> None:
    with pytest.raises(keys.Tampered) as refusal:
        keys.decrypt(ring, "36012320991231001X", context=HERE)

    assert str(refusal.value) == "内容不是加密格式。"


def test_decrypt_with_another_ring_names_the_missing_key(ring: keys.Keyring, tmp_path: Path) -> None:
    token = keys.encrypt(ring, "张三", context=HERE)
    other = keys.Keyring.open(tmp_path / "other.json")

    with pytest.raises(keys.KeyMissing, match=ring.key("identity").key_id):
        keys.decrypt(other, token, context=HERE)


def test_decrypt_reads_tokens_of_rotated_keys(ring: keys.Keyring) -> None:
    old = keys.encrypt(ring, "张三", context=HERE)
    ring.rotate("identity")
    new = keys.encrypt(ring, "张三", context=HERE)

    assert [keys.decrypt(ring, token, context=HERE) for token in (old, new)] == ["张三", "张三"]
    assert [keys.needs_rewrap(ring, token) for token in (old, new)] == [True, False]


def test_sm4_gcm_agrees_with_rfc_8998() -> None:
    # RFC 8998, appendix A.1.
    secret = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    context = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plaintext = b"".join(bytes([b] * 8) for b in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    box = nonce + bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )

    assert sealing.sealed(secret, nonce, plaintext, context) == box
    assert sealing.opened(secret, box, context) == plaintext


# Fingerprints


def test_fingerprint_is_stable_and_told_apart_by_value_and_scope(ring: keys.Keyring) -> None:
    def of(value: str, scope: str) -> str:
        return keys.fingerprint(ring, value, scope=scope)

    assert of("36012320991231001X", "360123") == of("36012320991231001X", "360123")
    assert len({of("1", "360123"), of("2", "360123"), of("1", "360124"), of("11", "36012"), of("", "3601231")}) == 5


def test_fingerprint_is_keyed(ring: keys.Keyring, tmp_path: Path) -> None:
    other = keys.Keyring.open(tmp_path / "other.json")

    hashes = [keys.fingerprint(r, "13800138000", scope="x").partition(".")[2] for r in (ring, other)]

    assert hashes[0] != hashes[1]
    assert [len(h) for h in hashes] == [43, 43]


def test_fingerprints_find_rows_hashed_before_a_rotation(ring: keys.Keyring) -> None:
    stored = keys.fingerprint(ring, "13800138000", scope="360123")
    ring.rotate("lookup")
    current = keys.fingerprint(ring, "13800138000", scope="360123")

    assert keys.fingerprints(ring, "13800138000", scope="360123") == (current, stored)
    assert [keys.needs_rewrap(ring, token) for token in (stored, current)] == [True, False]


def test_needs_rewrap_refuses_what_no_key_of_the_ring_made(ring: keys.Keyring) -> None:
    with pytest.raises(keys.KeyMissing):
        keys.needs_rewrap(ring, "identity-000000000000.AAAA")
    with pytest.raises(keys.Tampered):
        keys.needs_rewrap(ring, "36012320991231001X")
