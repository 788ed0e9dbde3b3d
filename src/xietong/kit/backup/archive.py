"""The .tar: files go in and come out through a digest."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from xietong.kit.backup.manifest import NAME, Manifest, Part, opened
from xietong.kit.backup.refusals import Damaged

BLOCK = 1024 * 1024
MOST_MANIFEST = 256 * 1024 * 1024


class Digesting:
    """A file that is digested as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def put(tar: tarfile.TarFile, path: Path, name: str) -> Part:
    """This function will add a file, as long as it was when it was opened."""
    with path.open("rb") as file:
        info = member(name, size=os.fstat(file.fileno()).st_size)
        digesting = Digesting(file)
        tar.addfile(info, digesting)
    return Part(name, info.size, digesting.digest.hexdigest())


def put_manifest(tar: tarfile.TarFile, content: bytes) -> None:
    tar.addfile(member(NAME, size=len(content)), BytesIO(content))


def member(name: str, *, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


@contextmanager
def reading(path: Path) -> Iterator["Archive"]:
    """An archive whose list holds and names exactly what is in it.

    Raises
        Damaged, ForeignKeys: see `manifest.opened`.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            yield Archive(tar)
    except tarfile.TarError as error:
        raise Damaged(_("文件不是本系统的备份，或不完整：%(file)s") % {"file": path.name}) from error


class Archive:
    """A backup that is open for reading."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        infos = tar.getmembers()
        self.members = {info.name: info for info in infos if info.isreg()}
        self.manifest = self.read_manifest()
        listed = {part.name for part in self.manifest.parts} | {NAME}
        if len(infos) != len(listed) or set(self.members) != listed:
            raise Damaged(_("备份里的文件与清单不一致。"))

    def read_manifest(self) -> Manifest:
        info = self.members.get(NAME)
        file = self.tar.extractfile(info) if info and info.size < MOST_MANIFEST else None
        if file is None:
            raise Damaged(_("备份里没有清单：它没有做完，或不是本系统的备份。"))
        return opened(file.read())

    def check(self, part: Part) -> None:
        with Path(os.devnull).open("wb") as nowhere:
            self.copy(part, nowhere)

    def extract(self, part: Part, target: Path) -> None:
        """This function will write a part under its lasting name once it is complete."""
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{target.name}.part")
        try:
            with unfinished.open("wb") as file:
                self.copy(part, file)
                os.fsync(file.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def copy(self, part: Part, target: IO[bytes]) -> None:
        source = self.tar.extractfile(self.members[part.name])
        if source is None:
            raise Damaged(part.name)
        digesting = Digesting(source)
        shutil.copyfileobj(digesting, target, BLOCK)
        if (self.members[part.name].size, digesting.digest.hexdigest()) != (part.size, part.sha256):
            raise Damaged(_("备份中的 %(name)s 已损坏。") % {"name": part.name})
