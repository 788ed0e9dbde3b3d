"""The site's keyring, opened once a process; it reads its file again by itself when a key is rotated."""

from functools import cache

from django.conf import settings

from xietong.kit.keys.keyring import Keyring


@cache
def ring() -> Keyring:
    return Keyring.open(settings.KEYRING)
