"""Single fields: SM4-GCM to store them unreadable, HMAC-SM3 to search them without reading.

Both kinds of token name their key: ``key_id.base64url``.
"""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from xietong.kit.keys.errors import Tampered
from xietong.kit.keys.keyring import Keyring
from xietong.kit.keys.ring import Key, split_token

NONCE = 12
TAG = 16


def encrypt(ring: Keyring, plaintext: str, *, context: bytes) -> str:
    """Encrypt a field with the current identity key into ``key_id.(nonce | ciphertext | tag)``.

    The context names the place (table, column, row) and is needed again to read: a token that is copied to
    another person's row does not open there.
    """
    key_id, secret = ring.key("identity")
    box = sealed(secret, os.urandom(NONCE), plaintext.encode(), context)
    return f"{key_id}.{base64.urlsafe_b64encode(box).decode()}"


def decrypt(ring: Keyring, token: str, *, context: bytes) -> str:
    """Read what ``encrypt`` made, with whichever key the token names.

    Raises KeyMissing when the ring lacks that key, Tampered when the token or the context was changed.
    """
    key_id, text = split_token(token)
    _, secret = ring.key("identity", key_id)
    try:
        return opened(secret, base64.b64decode(text, altchars=b"-_", validate=True), context).decode()
    except (binascii.Error, ValueError, InvalidTag) as refused:
        raise Tampered("加密内容被改动，或不属于这条记录。") from refused


def fingerprint(ring: Keyring, value: str, *, scope: str) -> str:
    """The value's keyed hash under the current lookup key.

    Equal values have equal fingerprints within a scope only (a county, a university), so that two keepers
    cannot compare their people. The caller passes the value in one normal form.
    """
    return _fingerprint(ring.key("lookup"), value, scope)


def fingerprints(ring: Keyring, value: str, *, scope: str) -> tuple[str, ...]:
    """The value's hashes under every lookup key, the current first: a search looks for any of them."""
    return tuple(_fingerprint(key, value, scope) for key in ring.keys("lookup"))


def sealed(secret: bytes, nonce: bytes, plaintext: bytes, context: bytes) -> bytes:
    encryptor = Cipher(SM4(secret), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(context)
    return nonce + encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def opened(secret: bytes, box: bytes, context: bytes) -> bytes:
    """Raises InvalidTag, or ValueError for a box too short to hold nonce and tag."""
    decryptor = Cipher(SM4(secret), GCM(box[:NONCE], box[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(context)
    return decryptor.update(box[NONCE:-TAG]) + decryptor.finalize()


def _fingerprint(key: Key, value: str, scope: str) -> str:
    mac = HMAC(key.secret, SM3())
    # The length parts scope from value: ("a", "bc") and ("ab", "c") must differ.
    mac.update(len(scope.encode()).to_bytes(4, "big") + scope.encode() + value.encode())
    return f"{key.key_id}.{base64.urlsafe_b64encode(mac.finalize()).decode().rstrip('=')}"
