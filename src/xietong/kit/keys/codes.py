"""Short codes on paper: whoever has the row can tell whether the paper says the same, and nobody can invent one."""

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from xietong.kit.keys.keyring import Keyring

# Without I, L, O and U, which are misread on paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def check_code(ring: Keyring, value: str, *, scope: str) -> str:
    """Eight characters out of a keyed hash of the value, the same for ever: of the oldest lookup key.

    A rotation must not make every paper in the files look like another version.
    """
    mac = HMAC(ring.keys("lookup")[-1].secret, SM3())
    # The length parts scope from value: ("a", "bc") and ("ab", "c") must differ.
    mac.update(len(scope.encode()).to_bytes(4, "big") + scope.encode() + value.encode())
    number = int.from_bytes(mac.finalize()[:LENGTH], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
