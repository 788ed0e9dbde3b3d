"""What templates write with the tags of the frame."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from xietong.kit.pages.templatetags import pages


def rendered(source, query=""):
    class Request:
        GET = QueryDict(query)

    return Template("{% load pages %}" + source).render(Context({"request": Request()}))


def test_day_is_written_as_the_language_has_it():
    assert pages.day(date(2026, 5, 2)) == "2026年5月2日"
    with translation.override("en"):
        assert pages.day(date(2026, 5, 2)) == "2 May 2026"


def test_day_of_a_moment_is_the_day_in_the_county():
    assert pages.day(datetime(2026, 5, 19, 17, 30, tzinfo=UTC)) == "2026年5月20日"


def test_moment_gives_the_minute_in_the_county():
    assert pages.moment(datetime(2026, 5, 19, 17, 30, tzinfo=UTC)) == "2026年5月20日 01:30"


def test_day_and_moment_of_nothing_are_empty():
    assert (pages.day(None), pages.moment(None)) == ("", "")


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (None, "0 B"),
        (0, "0 B"),
        (1023, "1023 B"),
        (1536, "1.5 KB"),
        (5 * 1024**2, "5.0 MB"),
        (3 * 1024**4, "3072.0 GB"),
    ],
)
def test_filesize_names_the_largest_unit_that_fits(size, text):
    assert pages.filesize(size) == text


def test_tag_escapes_its_text_and_takes_an_unknown_tone_for_grey():
    assert pages.tag("<b>", "red") == '<span class="state state-red">&lt;b&gt;</span>'
    assert pages.tag("x", "pink") == '<span class="state state-grey">x</span>'


def test_light_says_in_words_what_its_colour_says():
    assert str(pages.light("red")).endswith("</span>已逾期</span>")
    assert str(pages.light("yellow", "还剩 2 天")).endswith("</span>还剩 2 天</span>")


def test_light_of_none_shows_nothing():
    assert pages.light("none") == ""


def test_qs_replaces_and_takes_away_parameters():
    assert rendered("{% qs page=3 sort=None %}", "q=a&page=2&sort=due") == "?q=a&amp;page=3"


def test_carry_keeps_every_parameter_but_those_named():
    written = rendered('{% carry "page" %}', "unit=1&unit=2&page=4")

    assert written == '<input type="hidden" name="unit" value="1"><input type="hidden" name="unit" value="2">'


def test_icon_is_the_drawing_itself_and_silent():
    drawing = pages.icon("bell")

    assert drawing.startswith("<svg ")
    assert 'aria-hidden="true"' in drawing
