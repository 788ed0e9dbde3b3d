"""The English interface is English: what is Chinese on its pages stands in a row of the database.

Every page is opened, and every form sent empty, by each role with an account in English. Names, titles and
texts of the rows are data and stay as they were written; any other Chinese word was forgotten.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation

from tests import build
from tests.access.addresses import ADDRESSES
from tests.access.sides import Side
from tests.access.test_every_url import GUARDED, plain_documents, sides  # noqa: F401
from xietong.areas.orgs.models import Role
from xietong.areas.orgs.rules.codes import SETTLEMENTS
from xietong.kit.accounts.models import Account

# Words do not depend on which database it is.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROLES = [
    Role.OFFICE,
    Role.SCHOOL_LIAISON,
    Role.TEACHER,
    Role.UNIVERSITY_COORDINATOR,
    Role.PROVINCE_OBSERVER,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.AUDIT_ADMIN,
]
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
READ_OUT = {"title", "aria-label", "placeholder", "alt", "value", "data-confirm", "label"}
# An English hint may show how something is written in Chinese.
QUOTED = re.compile("“[^”]*”")
# The sign of the site, and a language that is named in itself.
NAMES = {"协", "中文"}
SILENT = {"script", "style"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Words(HTMLParser):
    """What a page says: its text, and the attributes that are read out or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.left_out = 0  # how deep inside something that is left out
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What is sent to people of the county is Chinese whoever sends it, and says so.
        is_left_out = self.left_out or tag in SILENT or dict(attrs).get("lang") == "zh-CN"
        if is_left_out and tag not in VOID:
            self.left_out += 1
        if not is_left_out:
            self.found += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, tag: str) -> None:
        if self.left_out and tag not in VOID:
            self.left_out -= 1

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.found.append(data.strip())


def in_rows(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in in_rows(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in in_rows(one))


def data(*more: str) -> re.Pattern[str]:
    """Whatever Chinese stands in the rows, the longest first, and the names of a national code table."""
    found = {*NAMES, *SETTLEMENTS.names.values(), *more}
    for model in apps.get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*fields):
            found |= {part.strip() for value in row for text in in_rows(value) for part in text.splitlines()}
    known = sorted(filter(CHINESE.search, found), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


def chinese_of(page: str, known: re.Pattern[str]) -> list[str]:
    """What a page says in Chinese beside the data."""
    said = (known.sub("", QUOTED.sub("", words)) for words in Words(page).found)
    return [words.strip() for words in said if CHINESE.search(words)]


def pages(client: Any, mine: Side, role: str) -> Iterator[tuple[str, str]]:
    """Every page that the role may open, and every form of it sent empty; what that changed is undone."""
    for route in GUARDED:
        if role not in route.view.access.grants:
            continue
        address = ADDRESSES[route.name]
        url = reverse(route.name, kwargs=address.fill(mine, role))
        for send in (client.get, client.post):
            with transaction.atomic():
                response = send(url)
                transaction.set_rollback(True)
            body = b"".join(response) if response.streaming else response.content
            if response["Content-Type"].startswith("text/html"):
                yield route.name, body.decode()


@pytest.fixture(autouse=True)
def language_of_the_next_test() -> Iterator[None]:
    with translation.override(translation.get_language()):
        yield


@pytest.mark.parametrize("role", ROLES)
def test_pages_say_nothing_in_chinese_but_data(role: str, sides: tuple[Side, Side]) -> None:  # noqa: F811
    mine, _other = sides
    client = build.client(mine.actors[role])
    Account.objects.filter(pk=mine.actors[role].account_id).update(language="en")
    known = data(mine.mark[0])  # a name stands for its picture with its first character

    faults = {f"{name}: {words}" for name, page in pages(client, mine, role) for words in chinese_of(page, known)}

    assert sorted(faults) == []


def test_chinese_of_finds_a_forgotten_word() -> None:
    page = '<p title="名称">Save <b>甲校</b></p><input placeholder="甲校"><script>"脚本"</script><p>甲校保存</p>'

    assert chinese_of(page, re.compile("甲校")) == ["名称", "保存"]


def test_chinese_of_leaves_out_what_says_that_it_is_chinese() -> None:
    page = '<div lang="zh-CN">公文<br><p title="题">正文</p>结尾</div><input lang="zh-CN" value="值"><p>按钮</p>'

    assert chinese_of(page, re.compile("甲校")) == ["按钮"]
