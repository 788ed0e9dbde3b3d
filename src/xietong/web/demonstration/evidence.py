"""Small files to hang on reports: a drawn picture and a Word page, both marked 演示."""

from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image, ImageDraw

# 演示 as two pictures of 24 × 24, because a fresh machine has no Chinese font to draw with.
PERFORM = (
    "0000000000000003001C03000E030002FFFC00C00C00C00C003FF03003001C03000C7FF8"
    "006318006318006318027FF80663180663180C7FF80C00001818E018703811C01C008000"
)
SHOW = (
    "0000000000000000000000000FFFF00FFFF00000000000000000000000003FFFFC3FFFFC"
    "0018000018000318C00618600618600C18300C183018181830181810180001F80000F000"
)
SIDE, SCALE = 24, 5
WIDTH, HEIGHT = 640, 420
PAPER, INK, MARK = (246, 248, 250), (84, 110, 140), (205, 60, 50)


def picture(name: str, rng: Random) -> SimpleUploadedFile:
    """A drawing of rows of desks, with the mark across."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    for row in range(4):
        for seat in range(7):
            left, top = 30 + 86 * seat + rng.randrange(6), 40 + 92 * row
            draw.rectangle((left, top, left + 62, top + 34), outline=INK, width=3)
            draw.ellipse((left + 20, top + 40, left + 42, top + 62), fill=INK)
    for n, glyph in enumerate((PERFORM, SHOW)):
        stamp(draw, glyph, 190 + n * (SIDE + 2) * SCALE, 140)
    out = BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def stamp(draw: ImageDraw.ImageDraw, glyph: str, left: int, top: int) -> None:
    digits = SIDE // 4
    for y in range(SIDE):
        bits = int(glyph[y * digits : (y + 1) * digits], 16)
        for x in range(SIDE):
            if bits >> (SIDE - 1 - x) & 1:
                corner = (left + x * SCALE, top + y * SCALE)
                draw.rectangle((*corner, corner[0] + SCALE - 1, corner[1] + SCALE - 1), fill=MARK)


def paper(name: str, title: str, lines: tuple[str, ...]) -> SimpleUploadedFile:
    """A page of Word with the mark in its head."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "演示　演示　演示　本文件为虚构"
    document.add_heading(title, level=1)
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return SimpleUploadedFile(name, out.getvalue(), kind)
