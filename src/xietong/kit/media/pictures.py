"""Pictures made fit to keep: upright, bounded, in sRGB and without a word about where and by whom.

The result is drawn anew as JPEG, or as PNG where the source is lossless or transparent; both go into any
browser and any .docx.
"""

import struct
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from xietong.kit import sandbox
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable

LONGEST_EDGE = 4096
THUMBNAIL_EDGE = 480
MOST_PIXELS = 80_000_000
"""More than any phone takes, and below the number at which Pillow begins to warn."""

MEMORY_MB = 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
LOSSLESS = frozenset({"PNG", "GIF"})
QUALITY = 88
HALF_SCALE = 256
"""From sixteen bits to eight."""

BROKEN = gettext_noop("图片无法打开，可能已损坏；请重新拍摄或另存为 .jpg 后再上传。")
TOO_MANY_PIXELS = gettext_noop("图片尺寸过大，请缩小到八千万像素以内后再上传。")

FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    OverflowError,
    RuntimeError,
    struct.error,
)
"""What Pillow and its decoders raise for files that are cut or altered."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture."""

    data: bytes
    content_type: str
    width: int
    height: int


def clean_picture(data: bytes) -> Picture:
    """The picture as it is kept: first frame, upright, at most 4,096 pixels long, without metadata."""
    return _redrawn(data, LONGEST_EDGE)


def thumbnail(data: bytes, edge: int = THUMBNAIL_EDGE) -> Picture:
    """A small copy for lists, just as clean."""
    return _redrawn(data, edge)


def clean_picture_safely(data: bytes) -> Picture:
    """``clean_picture`` in the sandbox."""
    return sandbox.run(clean_picture, data, memory_mb=MEMORY_MB)


def thumbnail_safely(data: bytes, edge: int = THUMBNAIL_EDGE) -> Picture:
    """``thumbnail`` in the sandbox."""
    return sandbox.run(thumbnail, data, edge, memory_mb=MEMORY_MB)


def _redrawn(data: bytes, edge: int) -> Picture:
    try:
        with _opened(data) as source:
            if source.width * source.height > MOST_PIXELS:
                raise Unreadable(TOO_MANY_PIXELS)
            return _encoded(_upright(source, edge), lossless=source.format in LOSSLESS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(TOO_MANY_PIXELS) from error
    except FAULTS as error:
        raise Unreadable(BROKEN) from error


def _opened(data: bytes) -> Image.Image:
    _learn_heic()
    return Image.open(BytesIO(data), formats=FORMATS)


@cache
def _learn_heic() -> None:
    import pillow_heif  # noqa: PLC0415  slow import, needed in the child only

    pillow_heif.register_heif_opener()


def _upright(source: Image.Image, edge: int) -> Image.Image:
    """Shrunk before it is turned: turning makes a copy."""
    source.draft(source.mode, (edge, edge))
    image = _coloured(source)
    image.info = source.info
    image.thumbnail((edge, edge))
    return ImageOps.exif_transpose(image)


def _coloured(source: Image.Image) -> Image.Image:
    """In sRGB, with an alpha channel only if the source is transparent somewhere."""
    source.load()
    alpha = source.convert("RGBA").getchannel("A") if source.has_transparency_data else None
    image = _in_srgb(_in_eight_bits(source))
    if alpha is not None and alpha.getextrema() != (255, 255):
        image.putalpha(alpha)
    return image


def _in_eight_bits(source: Image.Image) -> Image.Image:
    if source.mode.startswith("I"):
        return source.convert("I").point(lambda value: value / HALF_SCALE).convert("L")
    return source if source.mode in {"RGB", "L", "CMYK"} else source.convert("RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB")
    try:
        own, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, own, target, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        converted = None  # a profile that does not fit its picture is worth nothing
    return converted or image.convert("RGB")


def _encoded(image: Image.Image, *, lossless: bool) -> Picture:
    image.info = {}  # what stands here would be written: comments, profiles
    file = BytesIO()
    if lossless or image.mode == "RGBA":
        image.save(file, "PNG")
        return Picture(file.getvalue(), "image/png", image.width, image.height)
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return Picture(file.getvalue(), "image/jpeg", image.width, image.height)
