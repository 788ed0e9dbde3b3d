"""The form in which a file is kept: as it is, or for pictures drawn anew without place, camera and name."""

from dataclasses import dataclass
from hashlib import sha256

from xietong.kit.media import Group, clean_picture_safely, identify


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into the store, and the name that fits it."""

    data: bytes
    name: str
    content_type: str
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def content_of(data: bytes, *, name: str) -> Content:
    """The content to keep. Takes seconds for a large picture, so it is called outside of transactions.

    Raises
        Unreadable: the file is of no kind that is kept, broken, locked or hostile.
    """
    kind = identify(data, name=name)
    if kind.group is not Group.IMAGE:
        return Content(data, kind.corrected(name), kind.content_type)
    picture = clean_picture_safely(data)
    drawn = identify(picture.data, name=name)
    return Content(picture.data, drawn.corrected(name), drawn.content_type, picture.width, picture.height)
