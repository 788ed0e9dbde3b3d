"""The keyring: secret keys in one file outside the database and outside its backup.

Words. A *purpose* is what a key is for: ``audit`` (HMAC of the audit chain), ``identity`` (encryption of
personal fields), ``lookup`` (fingerprints to search such fields by), ``django`` (SECRET_KEY) and ``backup``
(seal of the manifest). A purpose has one current key, the newest; older ones stay for reading.

Free of Django, because the settings open the ring to obtain SECRET_KEY. Its messages are for the operator
at the console and are plain Chinese: they may be raised before translations exist.

Rotation. ``ring.rotate("identity")`` is safe at any time: new values use the new key and old tokens name the
old one. Re-encrypt when convenient: ``needs_rewrap(ring, token)`` tells which rows are left.
Rotating ``lookup`` is different, because a search must repeat the hash that the row holds:

1. ``ring.rotate("lookup")``; from now on searches ask for any of ``fingerprints(ring, value, scope=…)``;
2. for each row whose stored fingerprint ``needs_rewrap``, decrypt the value and store its new fingerprint;
3. until no row is left, a unique constraint on the fingerprint does not see equal values hashed under
   different keys, so do step 2 in a maintenance window or check for any of ``fingerprints`` before inserting.

No key is ever removed by this package: a lost key is lost data. ``ring.export(passphrase)`` makes a copy for
paper or a USB stick, and ``Keyring.restore`` brings it back.
"""

from xietong.kit.keys.errors import (
    KeyMissing,
    KeyringDamaged,
    KeyringError,
    KeyringExists,
    KeyringExposed,
    Tampered,
    WeakPassphrase,
)
from xietong.kit.keys.keyring import Keyring, needs_rewrap
from xietong.kit.keys.ring import PURPOSES, Key, KeyInfo, Purpose
from xietong.kit.keys.sealing import decrypt, encrypt, fingerprint, fingerprints

__all__ = [
    "PURPOSES",
    "Key",
    "KeyInfo",
    "KeyMissing",
    "Keyring",
    "KeyringDamaged",
    "KeyringError",
    "KeyringExists",
    "KeyringExposed",
    "Purpose",
    "Tampered",
    "WeakPassphrase",
    "decrypt",
    "encrypt",
    "fingerprint",
    "fingerprints",
    "needs_rewrap",
]
