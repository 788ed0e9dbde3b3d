"""The tool behind the English catalogue."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools.catalogue import extracted, faults_of, merged

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
HEADING = pgettext_lazy("table", "单位")
def words(n):
    return _("保存") + ngettext("%(n)s 条", "%(n)s 条", n) % {"n": n}
"""
TEMPLATE = """
{% load i18n %}
    <p title="{% translate "标题" %}">
  {% blocktranslate with name=unit.name %}你好，{{ name }}{% endblocktranslate %}
        {% include "part.html" with label=_("附件") %} {{ value|default:_("无") }}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "area" / "templates").mkdir(parents=True)
    (tmp_path / "area" / "views.py").write_text(CODE, "utf-8")
    (tmp_path / "area" / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    return tmp_path


def translated(source: Path) -> Catalog:
    catalogue = extracted(source)
    for message in catalogue:
        if message.id:
            plural = isinstance(message.id, tuple)
            message.string = ("%(n)s row", "%(n)s rows") if plural else english(message.id)
    return catalogue


def english(message: str) -> str:
    return "Hello, %(name)s" if "%(name)s" in message else "word"


def test_extracted_finds_the_words_of_code_and_templates(source: Path) -> None:
    found = {(message.context, message.id) for message in extracted(source) if message.id}

    assert found == {
        ("table", "单位"),
        (None, "保存"),
        (None, ("%(n)s 条", "%(n)s 条")),
        (None, "标题"),
        (None, "你好，%(name)s"),
        (None, "附件"),
        (None, "无"),
    }


def test_faults_of_a_complete_catalogue_are_none(source: Path) -> None:
    assert list(faults_of(translated(source), extracted(source))) == []


def test_faults_of_names_what_is_not_translated(source: Path) -> None:
    catalogue = translated(source)
    catalogue["保存"].string = ""
    catalogue.delete("标题")

    assert sorted(faults_of(catalogue, extracted(source))) == [
        "not translated: '保存' (area/views.py)",
        "not translated: '标题' (area/templates/page.html)",
    ]


def test_faults_of_names_what_is_no_longer_used(source: Path) -> None:
    catalogue = translated(source)
    catalogue.add("旧词", "old word")

    assert list(faults_of(catalogue, extracted(source))) == ["no longer used: '旧词'"]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("你好，%(name)s", "Hello"),
        ("保存", "Save %(name)s"),
        (("%(n)s 条", "%(n)s 条"), ("one row", "rows")),
    ],
)
def test_faults_of_names_a_lost_or_unknown_placeholder(
    source: Path, message: str | tuple[str, str], translation: str | tuple[str, str]
) -> None:
    catalogue = translated(source)
    catalogue[message].string = translation

    assert list(faults_of(catalogue, extracted(source))) == [f"other placeholders: {message!r}"]


def test_faults_of_lets_the_singular_leave_the_number_out(source: Path) -> None:
    catalogue = translated(source)
    catalogue["%(n)s 条"].string = ("one row", "%(n)s rows")

    assert list(faults_of(catalogue, extracted(source))) == []


def test_merged_keeps_translations_adds_new_ids_empty_and_drops_old_ones(source: Path) -> None:
    catalogue = translated(source)
    catalogue.delete("标题")
    catalogue.add("旧词", "old word")

    result = merged(catalogue, extracted(source))

    assert {message.id: message.string for message in result if isinstance(message.id, str) and message.id} == {
        "单位": "word",
        "保存": "word",
        "标题": None,
        "你好，%(name)s": "Hello, %(name)s",
        "附件": "word",
        "无": "word",
    }
