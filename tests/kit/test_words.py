"""What is stored does not depend on the language of whoever acts; what is read depends on the reader's."""

from collections.abc import Iterator
from threading import Event

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop

from tests import build
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.jobs import performing, registry
from xietong.kit.jobs.delivery import hand_over
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.run import Run
from xietong.kit.media import Unreadable, identify
from xietong.kit.notices.actions import notify
from xietong.kit.notices.models import Notice
from xietong.kit.words import for_the_record, said
from xietong.web.tables import name_of

RECEIVED = gettext_noop("收到 %(n)d 项新任务")
EMPTY = gettext_noop("文件是空的，请检查后再上传。")


@pytest.fixture(autouse=True)
def actor_reads_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_said_puts_a_sentence_and_its_values_into_the_language_of_the_reader() -> None:
    assert said(RECEIVED, {"n": 2}) == "New tasks received: 2"
    with translation.override("zh-hans"):
        assert said(RECEIVED, {"n": 2}) == "收到 2 项新任务"


def test_said_leaves_a_sentence_that_the_catalogue_has_lost() -> None:
    assert said("从前的一句话，完成 100%") == "从前的一句话，完成 100%"
    assert said("从前有 %(n)d 项", {"n": 3}) == "从前有 3 项"


def test_for_the_record_lasts_as_long_as_its_block() -> None:
    with for_the_record():
        assert translation.get_language() == "zh-hans"
    assert translation.get_language() == "en"


@pytest.mark.django_db
def test_record_names_and_values_are_chinese_whoever_acts() -> None:
    target = build.role_term(role=Role.OFFICE)

    entry = record(SYSTEM, "test.deed", target, now=build.NOW, changes={"state": (None, gettext_lazy("已完成"))})

    assert target.get_role_display() == "Office of the leading group"
    assert entry.target_name == f"{target.person} 领导小组办公室（{target.organisation}）"
    assert entry.changes == {"state": [None, "已完成"]}


@pytest.mark.django_db
def test_record_of_the_system_is_chinese_and_named_to_the_reader() -> None:
    entry = record(SYSTEM, "test.deed", None, now=build.NOW)

    assert (entry.actor_name, name_of(entry)) == ("系统", "System")


@pytest.mark.django_db
def test_notify_stores_the_sentence_and_each_reader_gets_his_language() -> None:
    notify(
        SYSTEM, accounts=[12], title=RECEIVED, values={"n": 2}, url="/a/", kind="test", county_id=None, now=build.NOW
    )

    row = Notice.objects.get()
    assert (row.title, row.values, row.said) == (RECEIVED, {"n": 2}, "New tasks received: 2")
    with translation.override("zh-hans"):
        assert row.said == "收到 2 项新任务"
    assert Entry.objects.get().changes["title"] == [None, "收到 2 项新任务"]


def test_unreadable_is_said_in_the_language_of_the_reader() -> None:
    with pytest.raises(Unreadable) as refusal:
        identify(b"", name="总结.docx")

    assert refusal.value.message == EMPTY
    assert str(refusal.value) == "The file is empty; check it and upload again."
    with translation.override("zh-hans"):
        assert str(refusal.value) == EMPTY


@pytest.mark.django_db
def test_perform_writes_in_the_language_of_the_records_and_the_reader_gets_his(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_run: Run) -> Iterator[None]:
        raise Refused(translation.gettext("文件是空的，请检查后再上传。"))
        yield

    monkeypatch.setattr(registry, "KINDS", dict(registry.KINDS))
    registry.register("test", refuse, label="试验")
    job = enqueue("test", key="k", payload={}, actor=SYSTEM, now=build.NOW)

    performing.perform(job.pk, again=hand_over, stop=Event())

    ended = Job.objects.get(pk=job.pk)
    assert (ended.message, ended.said) == (EMPTY, "The file is empty; check it and upload again.")
