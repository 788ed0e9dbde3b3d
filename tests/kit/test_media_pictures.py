"""Pictures come out upright, bounded and silent about where they were taken."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from xietong.kit import media

BROKEN = "图片无法打开，可能已损坏；请重新拍摄或另存为 .jpg 后再上传。"
TOO_MANY_PIXELS = "图片尺寸过大，请缩小到八千万像素以内后再上传。"
RED, BLUE = (220, 20, 20), (20, 20, 220)


def two_coloured(width: int = 80, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def opened(picture: media.Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.data))
    image.load()
    assert (image.width, image.height) == (picture.width, picture.height)
    assert Image.MIME[str(image.format)] == picture.content_type
    return image


def is_near(image: Image.Image, place: tuple[int, int], colour: tuple[int, ...]) -> bool:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return all(abs(one - other) < 30 for one, other in zip(found, colour, strict=True))


def placed_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "PHOTOGRAPHER"
    exif.get_ifd(0x8825)[2] = (28.0, 50.0, 12.0)
    return exif


def refusal(data: bytes) -> str:
    with pytest.raises(media.Unreadable) as caught:
        media.clean_picture_safely(data)
    assert type(caught.value) is media.Unreadable
    return caught.value.message


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(3000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_clean_picture_removes_every_word_from_a_jpeg() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    dirty = encoded(
        two_coloured(),
        "JPEG",
        exif=placed_exif(),
        comment=b"COMMENT",
        xmp=b"<x:xmpmeta>XMPWORD</x:xmpmeta>",
        icc_profile=profile,
    )
    words = (b"PHOTOGRAPHER", b"COMMENT", b"XMPWORD", b"ICC_PROFILE", b"Exif")
    assert [word in dirty for word in words] == [True] * 5

    picture = media.clean_picture(dirty)

    assert [word in picture.data for word in words] == [False] * 5
    assert dict(opened(picture).getexif()) == {}
    assert set(opened(picture).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_clean_picture_removes_every_word_from_a_png() -> None:
    note = PngInfo()
    note.add_text("Author", "PHOTOGRAPHER")
    note.add_itxt("XML:com.adobe.xmp", "XMPWORD")
    dirty = encoded(two_coloured(), "PNG", pnginfo=note, exif=placed_exif(), dpi=(300, 300))

    picture = media.clean_picture(dirty)

    assert picture.content_type == "image/png"
    assert opened(picture).info == {}
    assert [word in picture.data for word in (b"PHOTOGRAPHER", b"XMPWORD", b"eXIf")] == [False] * 3


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (80, 40), (5, 20)), (3, (80, 40), (75, 20)), (6, (40, 80), (20, 5)), (8, (40, 80), (20, 75))],
)
def test_clean_picture_turns_upright(orientation: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    picture = media.clean_picture(encoded(two_coloured(), "JPEG", exif=placed_exif(orientation)))

    assert (picture.width, picture.height) == size
    assert is_near(opened(picture), red, RED)
    assert is_near(opened(picture), (size[0] - red[0], size[1] - red[1]), BLUE)


def test_clean_picture_turns_heic_into_jpeg() -> None:
    file = BytesIO()
    pillow_heif.from_pillow(two_coloured()).save(file, exif=placed_exif(6).tobytes(), quality=90)

    picture = media.clean_picture_safely(file.getvalue())

    assert picture.content_type == "image/jpeg"
    assert (picture.width, picture.height) == (40, 80)
    assert is_near(opened(picture), (20, 5), RED)
    assert b"PHOTOGRAPHER" not in picture.data


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_clean_picture_bounds_the_longest_edge(form: str) -> None:
    picture = media.clean_picture(encoded(two_coloured(6000, 300), form))

    assert (picture.width, picture.height) == (4096, 205)


def test_clean_picture_keeps_a_small_picture_at_its_size() -> None:
    picture = media.clean_picture(encoded(two_coloured(30, 20), "WEBP", lossless=True))

    assert (picture.width, picture.height, picture.content_type) == (30, 20, "image/jpeg")


def test_clean_picture_keeps_the_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    animated = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"COMMENT")

    picture = media.clean_picture(animated)

    assert picture.content_type == "image/png"
    assert is_near(opened(picture), (10, 10), RED)
    assert b"COMMENT" not in picture.data


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_clean_picture_keeps_transparency(form: str) -> None:
    image = two_coloured().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 10, 40))

    kept = opened(media.clean_picture(encoded(image, form)))

    assert (kept.format, kept.mode) == ("PNG", "RGBA")
    assert kept.getchannel("A").getextrema() == (0, 255)


def test_clean_picture_drops_an_alpha_channel_that_hides_nothing() -> None:
    assert opened(media.clean_picture(encoded(two_coloured(mode="RGBA"), "PNG"))).mode == "RGB"


@pytest.mark.parametrize(
    ("mode", "form"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG")]
)
def test_clean_picture_reads_every_mode(mode: str, form: str) -> None:
    shown = opened(media.clean_picture(encoded(two_coloured(mode=mode), form)))

    expected = two_coloured(mode=mode).convert("RGB").getpixel((5, 5))
    assert isinstance(expected, tuple)
    assert shown.mode == "RGB"
    assert is_near(shown, (5, 5), expected)


def test_clean_picture_scales_sixteen_bits() -> None:
    shown = opened(media.clean_picture(encoded(Image.new("I;16", (8, 8), 0x8000), "PNG")))

    assert shown.getpixel((4, 4)) == (128, 128, 128)


def test_clean_picture_converts_colours_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")

    picture = media.clean_picture(encoded(two_coloured(), "PNG", icc_profile=swapped))

    assert is_near(opened(picture), (5, 5), BLUE)
    assert b"iCCP" not in picture.data


def test_clean_picture_ignores_a_profile_that_does_not_fit() -> None:
    broken = encoded(two_coloured(), "PNG", icc_profile=b"no profile at all")

    assert opened(media.clean_picture(broken)).getpixel((5, 5)) == RED


def test_clean_picture_is_its_own_fixed_point_in_size_and_kind() -> None:
    once = media.clean_picture(encoded(two_coloured(5000, 100), "JPEG", exif=placed_exif(6)))
    twice = media.clean_picture(once.data)

    assert (twice.width, twice.height, twice.content_type) == (once.width, once.height, once.content_type)


@pytest.mark.parametrize(("width", "height"), [(60000, 60000), (2**31 - 1, 2**31 - 1), (80_000_001, 1), (9000, 9000)])
def test_clean_picture_refuses_absurd_sizes(width: int, height: int) -> None:
    assert refusal(png_that_claims(width, height)) == TOO_MANY_PIXELS


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_clean_picture_refuses_a_truncated_picture(form: str, share: float) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    whole = encoded(noise, form)

    assert refusal(whole[: int(len(whole) * share)]) == BROKEN


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"%PDF-1.4", b"GIF89a", b"\x00\x00\x00\x18ftypheic" + bytes(40)]
)
def test_clean_picture_refuses_what_is_no_picture(data: bytes) -> None:
    assert refusal(data) == BROKEN


@pytest.mark.parametrize("form", ["BMP", "TIFF", "PPM", "EPS"])
def test_clean_picture_refuses_formats_that_are_not_kept(form: str) -> None:
    assert refusal(encoded(two_coloured(), form)) == BROKEN


def test_thumbnail_is_small_and_clean() -> None:
    dirty = encoded(two_coloured(1600, 800), "JPEG", exif=placed_exif(6))

    small, smaller = media.thumbnail(dirty), media.thumbnail_safely(dirty, 100)

    assert (small.width, small.height) == (240, 480)
    assert (smaller.width, smaller.height) == (50, 100)
    assert is_near(opened(small), (120, 20), RED)
    assert b"PHOTOGRAPHER" not in small.data


def test_clean_picture_safely_manages_a_large_photograph() -> None:
    picture = media.clean_picture_safely(encoded(Image.new("RGB", (8000, 6000), RED), "JPEG"))

    assert (picture.width, picture.height) == (4096, 3072)
