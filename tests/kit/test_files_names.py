"""Names are shown and never followed."""

import pytest

from xietong.kit.files.names import LONGEST, clean_name

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("第一学期总结.docx", "第一学期总结.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\Users\\zhou\\照片.jpg", "照片.jpg"),
        ("/files/ab/cd/", "未命名"),
        ("..", "未命名"),
        (".htaccess", "htaccess"),
        ("", "未命名"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("报表\u202egnp.exe", "报表gnp.exe"),
        ("  两  个   空格 .txt", "两 个 空格 .txt"),
        ("cafe\u0301.txt", "café.txt"),
    ],
)
def test_clean_name_keeps_what_a_person_reads(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_clean_name_shortens_the_stem_and_keeps_the_extension() -> None:
    assert clean_name("长" * 500 + ".docx") == "长" * (LONGEST - 5) + ".docx"


def test_clean_name_bounds_a_name_without_a_stem() -> None:
    assert len(clean_name("." + "x" * 5000)) == LONGEST
