"""Deliveries carried out against servers on this machine: sent once, put off, given up, or left uncertain."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import translation

from tests.build import clock
from tests.kit.channel_rows import (
    COUNTY,
    HALF_AN_HOUR,
    NOON,
    account,
    clerk,
    delivery,
    mail,
    robot,
    send_due,
    states,
    tell,
)
from tests.kit.channel_servers import MailServer, RobotServer, free_port, mail_server, robot_server
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.run import Run
from xietong.kit.jobs.worker import work
from xietong.kit.notices import carrying, jobs
from xietong.kit.notices.actions import mark_all_read
from xietong.kit.notices.carrying import claim, settle, write_down
from xietong.kit.notices.channels import mail as by_mail
from xietong.kit.notices.channels.outcome import SENT, End, Outcome
from xietong.kit.notices.models import Channel, Delivery, Notice
from xietong.kit.notices.pruning import prune_some
from xietong.kit.notices.sorting import sort_some
from xietong.kit.words import for_the_record

pytestmark = pytest.mark.django_db

LATER = NOON + HALF_AN_HOUR
AWAY = Outcome(End.LATER, by_mail.AWAY, whole_channel=True)


@pytest.fixture
def letters(settings: Any) -> Iterator[MailServer]:
    """A mail server, and the channel that leads to it."""
    with mail_server(MailServer()) as server:
        mail(settings, server.port)
        yield server


@pytest.fixture
def group(settings: Any) -> Iterator[RobotServer]:
    with robot_server(RobotServer()) as server:
        robot(settings, server.port, quiet_from=None, quiet_to=None)
        yield server


def test_unread_notices_of_one_account_become_one_mail(letters: MailServer, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://xietong.example.org"
    zeng = account()
    tell(zeng, title="收到 %(n)d 项新任务", values={"n": 3}, kind="plans.issued", url="/plans/mine/", body="")
    tell(zeng, now=NOON + timedelta(minutes=1))
    sort_some(NOON)

    assert send_due(LATER - timedelta(seconds=1)) == []
    assert send_due(LATER) == ["sent"]

    [(_sender, to, made)] = letters.mails
    assert (to, made["Subject"]) == ("zeng@school.example", "协同：您有 2 条新消息")
    assert made.get_content().splitlines() == [
        "曾小雨：您在协同平台有新的消息。",
        "",
        "· 有新的填报待审核",
        "  教师发展中心建设",
        "  2026年9月8日 12:01",
        "",
        "· 收到 3 项新任务",
        "  2026年9月8日 12:00",
        "",
        "查看：https://xietong.example.org/inbox/",
        "不想再收到邮件，可在“我的账号—邮件提醒”里关闭。",
    ]
    assert states() == [("sent", 2)]
    assert send_due(LATER + timedelta(days=1)) == []


def test_a_mail_is_in_the_language_of_its_reader(letters: MailServer) -> None:
    tell(account(language="en"))
    sort_some(NOON)
    with for_the_record():
        send_due(LATER)

    with translation.override("en"):
        assert letters.mails[0][2]["Subject"] == translation.ngettext(
            "协同：您有 %(n)d 条新消息", "协同：您有 %(n)d 条新消息", 1
        ) % {"n": 1}


def test_a_mail_with_very_many_notices_says_how_many_more(letters: MailServer) -> None:
    zeng = account()
    for number in range(33):
        tell(zeng, url=f"/plans/tasks/{number}/")
    sort_some(NOON)
    send_due(LATER)

    assert (letters.texts[0].count("· "), "另有 3 条，请在消息里查看。" in letters.texts[0]) == (30, True)


def test_what_was_read_on_the_site_is_not_mailed(letters: MailServer) -> None:
    zeng, li = account(), account("李兰", address="li@school.example")
    tell(zeng, li)
    sort_some(NOON)
    mark_all_read(clerk(zeng), now=NOON)
    tell(li, url="/plans/tasks/2/", title="第二条")
    Notice.objects.filter(account_id=li.pk, url="/plans/tasks/1/").update(read_at=NOON)
    sort_some(NOON)

    assert send_due(LATER) == ["dropped", "sent"]
    assert [(to, "第二条" in mail.get_content()) for _sender, to, mail in letters.mails] == [
        ("li@school.example", True)
    ]
    assert "有新的填报待审核" not in letters.texts[0]
    assert Delivery.objects.get(account_id=zeng.pk).error == carrying.NEEDLESS
    assert Delivery.objects.get(account_id=li.pk).count == 1


@pytest.mark.parametrize("fields", [{"wants_mail": False}, {"mail_address": ""}, {"is_active": False}])
def test_who_wants_no_more_mail_gets_none(fields: dict[str, Any], letters: MailServer) -> None:
    tell(account())
    sort_some(NOON)
    Account.objects.update(**fields)

    assert send_due(LATER) == ["dropped"]
    assert letters.mails == []


def test_the_group_hears_counts_and_no_names(group: RobotServer, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://xietong.example.org"
    clerks = [account("陈启明"), account("李兰")]
    Channel.objects.update(kinds=["plans.report", "approvals.open"])
    tell(*clerks)
    tell(*clerks, url="/plans/tasks/2/", body="王小明的任务")
    tell(clerks[0], kind="approvals.open", title="有事项待您审批", url="/approvals/1/")
    sort_some(NOON)

    assert send_due(LATER) == ["sent"]
    assert group.texts == [
        "【协同】新消息：填报待审核 2 条；事项待审批 1 条。请登录平台办理。\n查看：https://xietong.example.org/inbox/"
    ]
    assert states() == [("sent", 3)]


def test_kinds_that_the_county_took_back_are_not_posted(group: RobotServer) -> None:
    tell(account())
    sort_some(NOON)
    Channel.objects.update(kinds=[])

    assert send_due(LATER) == ["dropped"]
    assert group.texts == []


def test_the_key_stands_nowhere_but_in_the_address(group: RobotServer, caplog: pytest.LogCaptureFixture) -> None:
    tell(account())
    sort_some(NOON)
    send_due(LATER)

    key = group.paths[0].partition("key=")[2]
    rows = [*Channel.objects.values(), *Delivery.objects.values()]
    assert (len(key) > 20, key in str(rows), key in caplog.text) == (True, False, False)


def test_a_robot_gets_no_more_than_twenty_a_minute(group: RobotServer) -> None:
    channel = Channel.objects.get()
    for _ in range(20):
        delivery(channel, state="sent", sending_at=NOON)
    tell(account())
    sort_some(NOON - HALF_AN_HOUR)

    assert send_due(NOON + timedelta(seconds=59)) == []
    assert send_due(NOON + timedelta(seconds=61)) == ["sent"]
    assert len(group.texts) == 1


def test_a_robot_that_says_too_often_is_left_alone_for_a_minute(group: RobotServer) -> None:
    group.texts = ["x"] * 20
    tell(account())
    sort_some(NOON)
    before = machine_now()

    assert send_due(LATER) == ["waiting"]
    channel = Channel.objects.get()
    assert channel.error_said == "机器人发送过于频繁（45009），稍后再试。"
    assert channel.rest_until is not None
    assert channel.rest_until >= before + timedelta(seconds=65)


def test_a_key_that_is_no_more_fails_for_good_and_is_shown(group: RobotServer) -> None:
    group.body = '{"errcode": 93000}'
    tell(account())
    sort_some(NOON)

    assert send_due(LATER) == ["failed"]
    row = Delivery.objects.get()
    assert (
        row.error_said
        == Channel.objects.get().error_said
        == ("机器人已删除或 Webhook 地址无效（93000），请重新设置。")
    )
    assert send_due(LATER + timedelta(days=2)) == []


def test_an_address_that_is_refused_concerns_nobody_else(letters: MailServer) -> None:
    letters.replies = {"RCPT": "550 no such user"}
    tell(account())
    sort_some(NOON)
    assert send_due(LATER) == ["failed"]
    letters.replies = {}
    tell(account("李兰", address="li@school.example"))
    sort_some(NOON)

    assert send_due(LATER) == ["sent"]
    assert Delivery.objects.first().error_said == (  # type: ignore[union-attr]
        "邮件服务器拒收（代码 550），请核对收件地址和发件人地址。"
    )
    assert Channel.objects.get().error == ""


def test_a_busy_mailbox_is_tried_again_by_itself(letters: MailServer) -> None:
    letters.replies = {"RCPT": "450 busy"}
    tell(account())
    sort_some(NOON)
    before = machine_now()

    assert send_due(LATER) == ["waiting"]
    row = Delivery.objects.get()
    assert (row.attempts, row.error) == (1, by_mail.BUSY)
    assert row.due_at >= before + timedelta(minutes=1)
    assert Channel.objects.get().rest_until is None


def test_a_server_that_is_away_rests_and_with_it_whatever_waits(settings: Any) -> None:
    mail(settings, free_port(), quiet_from=None, quiet_to=None)
    tell(account(), account("李兰", address="li@school.example"))
    sort_some(NOON)

    assert send_due(LATER) == ["waiting"]
    channel = Channel.objects.get()
    assert (channel.failures, channel.error) == (1, by_mail.AWAY)
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 1]


def test_a_server_that_was_down_for_a_day_and_a_half_gets_everything_once(settings: Any) -> None:
    """And it is asked ever more rarely: some dozens of times, whatever waits."""
    with mail_server(MailServer()) as server:
        channel = mail(settings, server.port, quiet_from=None, quiet_to=None)
        zeng = account()
        tell(zeng)
        sort_some(NOON)
        at, attempts = LATER, 0
        while at < LATER + timedelta(hours=36):
            settle(at)
            if row := claim(at):
                write_down(row.pk, row.attempts, AWAY, count=1, now=at)
                attempts += 1
            at += timedelta(minutes=5)
        tell(zeng, url="/plans/tasks/2/")
        sort_some(at)
        assert states() == [("waiting", 2)]
        assert attempts == 41
        assert send_due(at + timedelta(hours=1)) == ["sent"]

    assert (len(server.mails), states()) == (1, [("sent", 2)])
    channel.refresh_from_db()
    assert (channel.failures, channel.rest_until, channel.error) == (0, None, "")


def test_after_three_days_it_has_failed_and_says_so(settings: Any) -> None:
    channel = mail(settings)
    tell(account(), account("李兰", address="li@school.example"))
    sort_some(NOON)
    row = claim(LATER)
    assert row is not None
    write_down(row.pk, row.attempts, AWAY, count=1, now=LATER)

    settle(LATER + timedelta(hours=72) - timedelta(seconds=1))
    assert [state for state, _count in states()] == ["waiting", "waiting"]
    settle(LATER + timedelta(hours=72))
    assert [(one.state, one.error) for one in channel.deliveries.order_by("pk")] == [
        ("failed", by_mail.AWAY),
        ("failed", carrying.GIVEN_UP),
    ]
    assert claim(LATER + timedelta(hours=80)) is None


def test_a_worker_that_dies_while_sending_leaves_it_uncertain_and_nobody_sends_it_again(
    letters: MailServer,
) -> None:
    """The mail has arrived, and nobody has written it down."""
    tell(account())
    sort_some(machine_now() - timedelta(hours=30))
    Channel.objects.update(quiet_from=None, quiet_to=None)
    work_of_a_job = iter(jobs.deliver(Run(1, 1, {}, "token")))
    assert next(work_of_a_job) is None
    outside = next(work_of_a_job)
    assert callable(outside)
    assert states() == [("sending", 1)]
    row = Delivery.objects.select_related("channel").get()
    carrying.attempted(row, carrying.batch_of(row))
    now = machine_now()

    settle(now + timedelta(minutes=9))
    assert (states(), claim(now + timedelta(minutes=9))) == ([("sending", 1)], None)
    settle(now + timedelta(minutes=11))
    assert states() == [("uncertain", 1)]
    assert send_due(now + timedelta(days=1)) == []
    assert len(letters.mails) == 1
    assert Delivery.objects.get().error_said == "发送时程序中断，不知道是否已经送达，没有重发。"


def test_an_outcome_that_comes_late_is_written_down_after_all(letters: MailServer) -> None:
    tell(account())
    sort_some(NOON)
    row = claim(LATER)
    assert row is not None
    settle(LATER + timedelta(minutes=11))

    carrying.carry_out(row.pk, row.attempts)

    assert (states(), len(letters.mails)) == ([("sent", 1)], 1)


def test_an_outcome_of_an_earlier_attempt_is_none_of_a_later_one(settings: Any) -> None:
    row = delivery(mail(settings), state="sending", attempts=2, sending_at=NOON)

    write_down(row.pk, 1, SENT, count=1, now=LATER)

    assert states() == [("sending", 1)]


def test_silence_after_the_hand_over_is_uncertain(letters: MailServer) -> None:
    zeng = account()
    row = delivery(Channel.objects.get(), account_id=zeng.pk, state="sending", attempts=1, sending_at=NOON)

    write_down(row.pk, 1, Outcome(End.UNSURE, by_mail.SILENT), count=1, now=NOON)

    assert states() == [("uncertain", 1)]
    channel = Channel.objects.get()
    assert (channel.error, channel.rest_until) == (by_mail.SILENT, NOON + timedelta(minutes=1))


def test_what_came_while_it_was_being_sent_goes_with_the_next_attempt(settings: Any) -> None:
    mail(settings)
    zeng = account()
    tell(zeng)
    sort_some(NOON)
    row = claim(LATER)
    assert row is not None
    tell(zeng, url="/plans/tasks/2/")
    sort_some(LATER)
    assert states() == [("sending", 1), ("waiting", 1)]

    write_down(row.pk, row.attempts, AWAY, count=1, now=LATER)

    assert states() == [("waiting", 2)]
    assert Delivery.objects.get().notice_ids == list(Notice.objects.order_by("pk").values_list("pk", flat=True))


def test_nothing_leaves_in_quiet_hours_but_a_test(letters: MailServer) -> None:
    channel, zeng = Channel.objects.get(), account()
    Channel.objects.update(quiet_from=time(12), quiet_to=time(14), rest_until=NOON + timedelta(days=1))
    delivery(channel, account_id=zeng.pk, is_test=True, count=0)
    tell(zeng)
    sort_some(NOON - timedelta(hours=2))

    assert send_due(NOON) == ["sent"]
    assert letters.texts == ["这是一封测试邮件，收到说明邮件渠道已经接通。\n"]
    assert send_due(NOON + timedelta(hours=2)) == ["sent"]


def test_a_test_to_the_group_and_one_that_fails_are_answered_at_once(group: RobotServer) -> None:
    channel = Channel.objects.get()
    Channel.objects.update(is_on=False)
    delivery(channel, is_test=True, count=0)
    assert send_due(NOON) == ["sent"]
    group.status, group.body = 500, "{}"
    delivery(channel, is_test=True, count=0)

    assert send_due(NOON) == ["failed"]
    assert group.texts == ["【协同】这是一条测试消息，收到说明机器人已经接通。"]


def test_a_channel_that_was_switched_off_drops_what_waits(letters: MailServer) -> None:
    tell(account())
    sort_some(NOON)
    Channel.objects.update(is_on=False)
    settle(NOON)

    assert (send_due(LATER), letters.mails) == ([], [])
    assert list(Delivery.objects.values_list("state", "error")) == [("dropped", carrying.SWITCHED_OFF)]


def test_a_channel_that_lost_its_settings_or_its_key_waits_for_them(settings: Any) -> None:
    mail(settings, sender="")
    robot(settings, host="moved.example", secret="")
    Channel.objects.filter(kind="wecom").update(host="elsewhere.example")
    tell(account())
    sort_some(NOON)

    assert send_due(LATER) == ["waiting", "waiting"]
    assert list(Channel.objects.order_by("kind").values_list("error", flat=True)) == [
        carrying.INCOMPLETE,
        carrying.NO_KEY,
    ]


def test_a_clock_that_was_set_back_holds_nothing_up(letters: MailServer) -> None:
    tell(account())
    sort_some(NOON + timedelta(days=365))
    Channel.objects.update(rest_until=NOON + timedelta(days=365))
    lost = delivery(Channel.objects.get(), state="sending", sending_at=NOON + timedelta(days=365))
    settle(NOON)

    assert send_due(NOON) == ["sent"]
    assert len(letters.mails) == 1
    assert Delivery.objects.get(pk=lost.pk).state == "uncertain"


@pytest.mark.django_db(transaction=True)
def test_the_job_sorts_sends_and_does_nothing_twice(letters: MailServer) -> None:
    Channel.objects.update(bundle_minutes=0, quiet_from=None, quiet_to=None)
    tell(account(), account("李兰", address="li@school.example"))
    for number in range(2):
        enqueue(jobs.DELIVER, key=f"k{number}", payload={}, actor=SYSTEM, now=NOON)
    work(batch=True)

    assert list(Job.objects.values_list("state", flat=True)) == ["done", "done"]
    assert sorted(to for _sender, to, _mail in letters.mails) == ["li@school.example", "zeng@school.example"]
    assert [state for state, _count in states()] == ["sent", "sent"]


@pytest.mark.django_db(transaction=True)
def test_a_demonstration_sends_nothing(letters: MailServer) -> None:
    clock()
    Channel.objects.update(bundle_minutes=0, quiet_from=None, quiet_to=None)
    tell(account())
    delivery(Channel.objects.get(), account_id=account("李兰").pk)
    enqueue(jobs.DELIVER, key="k", payload={}, actor=SYSTEM, now=NOON)
    work(batch=True)

    assert (Job.objects.get().state, letters.said, states()) == ("done", [], [("waiting", 1)])


def test_the_log_is_kept_for_ninety_days(settings: Any) -> None:
    channel = mail(settings)
    for days, state in ((91, "sent"), (91, "failed"), (89, "sent")):
        delivery(channel, state=state, ended_at=NOON - timedelta(days=days))
    delivery(channel, created_at=NOON - timedelta(days=200))

    assert (prune_some(NOON), prune_some(NOON)) == (2, 0)
    assert [state for state, _count in states()] == ["sent", "waiting"]
    assert {row.county_id for row in Delivery.objects.all()} == {COUNTY}
