"""Looking whether a backup is whole, without touching anything."""

from pathlib import Path

from xietong.kit.backup.archive import reading
from xietong.kit.backup.manifest import Manifest


def check(path: Path) -> Manifest:
    """This function will read every byte of a backup and compare it with the sealed list.

    Raises
        Damaged: it is no backup, or a part is not as it was made; names the part.
        ForeignKeys: this keyring lacks a key that it needs.
    """
    with reading(path) as archive:
        for part in archive.manifest.parts:
            archive.check(part)
        return archive.manifest
