"""What a file really is, and pictures made fit to keep.

``identify`` looks at the beginning of a file and is cheap enough for the web process. Pictures are decoded,
so uploads go through ``clean_picture_safely`` and ``thumbnail_safely``. All raise ``Unreadable`` with a
sentence for the user. Documents are kept as they are, their metadata included.
"""

from xietong.kit.media.identification import identify
from xietong.kit.media.kinds import KINDS, Group, Kind
from xietong.kit.media.pictures import (
    Picture,
    clean_picture,
    clean_picture_safely,
    thumbnail,
    thumbnail_safely,
)
from xietong.kit.sandbox import Unreadable

__all__ = [
    "KINDS",
    "Group",
    "Kind",
    "Picture",
    "Unreadable",
    "clean_picture",
    "clean_picture_safely",
    "identify",
    "thumbnail",
    "thumbnail_safely",
]
