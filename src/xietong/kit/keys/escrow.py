"""A passphrase-sealed copy as lines of ASCII, short enough to print on one sheet and type back in."""

import base64
import binascii
import os
import textwrap
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from xietong.kit.keys.errors import Tampered, WeakPassphrase

HEADER = b"XIETONG KEYRING 1"
SHORTEST = 12
SALT = 16
NONCE = 12
# About half a second and 128 MiB for each guess (the OWASP recommendation for scrypt).
COST, BLOCK, LANES = 2**17, 8, 1


def seal(content: bytes, *, passphrase: str) -> bytes:
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase(SHORTEST)
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    box = AESGCM(_derived(passphrase, salt)).encrypt(nonce, content, HEADER)
    lines = textwrap.wrap(base64.b64encode(salt + nonce + box).decode(), 64)
    return b"\n".join([HEADER, *(line.encode() for line in lines), b""])


def unseal(sealed: bytes, *, passphrase: str) -> bytes:
    """Open a copy; spaces and line breaks in it do not matter.

    Raises Tampered for a wrong passphrase, a changed copy and a file that is no copy at all.
    """
    header, _, body = sealed.strip().partition(b"\n")
    if header.split() != HEADER.split():
        raise Tampered("这不是密钥备份：首行应为“XIETONG KEYRING 1”。")
    try:
        blob = base64.b64decode(b"".join(body.split()), validate=True)
        key = _derived(passphrase, blob[:SALT])
        return AESGCM(key).decrypt(blob[SALT : SALT + NONCE], blob[SALT + NONCE :], HEADER)
    except (binascii.Error, ValueError, InvalidTag) as refused:
        raise Tampered("口令不正确，或密钥备份内容有误。") from refused


def _derived(passphrase: str, salt: bytes) -> bytes:
    # The same characters typed with another input method must open the copy.
    text = unicodedata.normalize("NFKC", passphrase)
    return Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=LANES).derive(text.encode())
