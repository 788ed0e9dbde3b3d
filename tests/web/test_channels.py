"""消息渠道: the pages of the office, one's own address, the to-do for what was not sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from tests.kit.channel_rows import delivery
from tests.kit.channel_servers import KEY
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.clock.models import FrozenClock
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs.models import Job, Schedule
from xietong.kit.notices.kinds import KINDS
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.ways import sealed, way_of
from xietong.web.jobs import prune
from xietong.web.panels import channels as todos
from xietong.web.schedule import schedule_all

pytestmark = pytest.mark.django_db

MAIL = {
    "version": 0, "host": "smtp.example.cn", "port": 465, "security": "tls", "sender": "tx@example.cn",
    "username": "tx@example.cn", "bundle_minutes": 30, "quiet_from": "21:00", "quiet_to": "07:30",
}  # fmt: skip
WEBHOOK = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"


@pytest.fixture
def cast(settings: Any) -> build.Cast:
    settings.CHANNEL_HOSTS = {"mail": ["smtp.example.cn"], "wecom": ["qyapi.weixin.qq.com"]}
    planning.rules()
    return build.cast()


def channel(cast: build.Cast, kind: str = "mail", county: Any = None, **fields: Any) -> Channel:
    given = {"county_id": (county or cast.county).pk, "host": "smtp.example.cn", "sender": "tx@example.cn"}
    row = Channel(kind=kind, **given | fields)
    row.secret = sealed(row, "hush-hush")
    row.save()
    return row


def real_clock() -> None:
    FrozenClock.objects.all().delete()


def page(actor: Any, name: str = "channels", *args: str, **query: str) -> str:
    response = build.client(actor).get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_both_channels_while_nothing_is_set_up(cast: build.Cast) -> None:
    text = page(cast.office)

    assert [text.count(f">{one}</h2>") for one in ("电子邮件", "企业微信群机器人")] == [1, 1]
    assert text.count('<span class="state state-grey">未设置</span>') == 2
    assert "还没有发送记录" in text
    assert "发送测试消息" not in text


def test_a_mail_channel_is_set_up_on_the_page(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert client.post(reverse("channel", args=["mail"]), MAIL).status_code == 302
    assert client.post(reverse("channel_secret", args=["mail"]), {"password": " hush "}).status_code == 302
    assert client.post(reverse("channel", args=["mail"]), MAIL | {"version": 2, "is_on": "on"}).status_code == 302

    row = Channel.objects.get()
    assert (row.county_id, row.kind, row.is_on, way_of(row).secret) == (cast.county.pk, "mail", True, " hush ")
    text = page(cast.office)
    assert ("smtp.example.cn:465" in text, "已加密保存" in text, "已开启" in text) == (True, True, True)
    assert "hush" not in text + page(cast.office, "channel", "mail") + page(cast.office, "channel_secret", "mail")


def test_a_robot_is_set_up_on_the_page(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert client.post(reverse("channel_secret", args=["wecom"]), {"webhook": WEBHOOK}).status_code == 302
    data = {"version": 1, "kinds": ["plans.report", "approvals.open"], "bundle_minutes": 10, "is_on": "on"}
    assert client.post(reverse("channel", args=["wecom"]), data).status_code == 302

    row = Channel.objects.get()
    assert (row.kinds, row.bundle_minutes, row.quiet_from, row.is_on) == (
        ["plans.report", "approvals.open"], 10, None, True,
    )  # fmt: skip
    text = page(cast.office)
    assert "填报待审核、事项待审批" in text
    assert KEY not in text + page(cast.office, "channel", "wecom") + page(cast.office, "channel_secret", "wecom")


@pytest.mark.parametrize(
    ("name", "kind", "data", "words"),
    [
        ("channel", "mail", MAIL | {"host": "smtp.evil.example"}, "不在本平台允许的服务器名单里"),
        ("channel", "mail", MAIL | {"is_on": "on"}, "还没有设置密码"),
        ("channel", "mail", MAIL | {"quiet_to": ""}, "要么都填，要么都不填"),
        ("channel", "mail", MAIL | {"bundle_minutes": 2000}, "1440"),
        ("channel", "wecom", {"version": 0, "bundle_minutes": 5, "kinds": ["plans.none"]}, "plans.none"),
        ("channel_secret", "mail", {"password": "hush-hush"}, "请先填写服务器"),
        ("channel_secret", "wecom", {"webhook": f"https://evil.example/?key={KEY}"}, "这不是群机器人的 Webhook 地址"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    name: str, kind: str, data: dict[str, Any], words: str, cast: build.Cast
) -> None:
    client = build.client(cast.office)
    before = Entry.objects.count()
    response = client.post(reverse(name, args=[kind]), data)

    text = response.content.decode()
    assert (response.status_code, words in text, KEY in text, "hush" in text) == (422, True, False, False)
    assert (Channel.objects.count(), Entry.objects.count()) == (0, before)


def test_two_officers_at_one_channel(cast: build.Cast) -> None:
    channel(cast, version=2)
    response = build.client(cast.office).post(reverse("channel", args=["mail"]), MAIL | {"version": 1})

    assert response.status_code == 409
    assert Channel.objects.get().version == 2
    assert "hush" not in response.content.decode()


def test_only_known_kinds_have_a_page(cast: build.Cast) -> None:
    client = build.client(cast.office)
    for name in ("channel", "channel_secret"):
        assert client.get(reverse(name, args=["fax"])).status_code == 404
    assert client.post(reverse("channel_test", args=["fax"])).status_code == 404


def test_a_test_message_is_asked_for_on_the_page(cast: build.Cast) -> None:
    channel(cast)
    Account.objects.filter(pk=cast.office.account_id).update(mail_address="chen@example.cn")
    client = build.client(cast.office)
    real_clock()
    response = client.post(reverse("channel_test", args=["mail"]))

    assert (response.status_code, response["Location"]) == (302, "/channels/")
    assert Delivery.objects.get().is_test
    assert Job.objects.get().kind == "notices.deliver"


def test_a_demonstration_refuses_and_says_so(cast: build.Cast) -> None:
    channel(cast)
    response = build.client(cast.office).post(reverse("channel_test", args=["mail"]), follow=True)

    assert [(one.level_tag, str(one)) for one in response.context["messages"]] == [
        ("error", "演示系统不向外发送任何消息。")
    ]
    assert (Delivery.objects.count(), Job.objects.count()) == (0, 0)
    assert "演示系统不向外发送任何消息。" in page(cast.office)


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_is_listed_in_a_constant_number_of_queries(
    count: int, cast: build.Cast, django_assert_num_queries: Any
) -> None:
    row, client = channel(cast), build.client(cast.office)
    people = [cast.head, cast.teacher, cast.liaison][:count]
    for one in people:
        delivery(row, account_id=one.account_id, state="sent", count=2)

    with django_assert_num_queries(14):
        text = client.get(reverse("channels")).content.decode()
    assert [one.name in text for one in people] == [True] * count
    assert text.count("2 条消息") == count


def test_the_log_says_to_whom_and_how_it_ended(cast: build.Cast) -> None:
    mail, robot = channel(cast, is_on=True), channel(cast, "wecom", error="连不上企业微信，稍后再试。", is_on=True)
    delivery(mail, account_id=cast.teacher.account_id, state="uncertain", error="渠道已关闭。")
    delivery(robot, is_test=True, state="failed", error="企业微信暂时不可用（%(code)d），稍后再试。",
             error_values={"code": 502})  # fmt: skip

    text = page(cast.office)
    assert "企业微信暂时不可用（502），稍后再试。" in text
    assert ("李兰" in text, "不确定" in text, "测试消息" in text, "发送受阻" in text) == (True,) * 4
    assert "李兰" not in page(cast.office, channel="wecom")
    assert "李兰" not in page(cast.office, state="failed")


def test_what_failed_is_sent_again_from_the_list(cast: build.Cast) -> None:
    own = delivery(channel(cast, is_on=True), state="failed")
    foreign = delivery(channel(cast, county=cast.next_county, is_on=True), state="failed")
    client = build.client(cast.office)
    real_clock()
    response = client.post(reverse("deliveries_again"), {"pk": [own.pk, foreign.pk]})

    assert (response.status_code, response["Location"]) == (302, "/channels/")
    assert [Delivery.objects.get(pk=one.pk).state for one in (own, foreign)] == ["waiting", "failed"]
    refused = client.post(reverse("deliveries_again"), {"pk": [foreign.pk]}, follow=True)
    assert "选中的记录里没有可以再发的" in refused.content.decode()
    assert Delivery.objects.get(pk=foreign.pk).state == "failed"


def test_nobody_but_the_office_opens_the_page(cast: build.Cast) -> None:
    for actor in (cast.head, cast.liaison, cast.teacher, cast.coordinator):
        assert build.client(actor).get(reverse("channels")).status_code == 404


def test_one_county_sees_nothing_of_the_next(cast: build.Cast) -> None:
    row = channel(cast, county=cast.next_county, host="smtp.secret.example", is_on=True)
    delivery(row, account_id=cast.stranger.account_id)

    text = page(cast.office) + page(cast.office, "channel", "mail")
    assert ("smtp.secret.example" in text, "吴江" in text) == (False, False)


def test_one_says_where_ones_mail_goes(cast: build.Cast) -> None:
    client = build.client(cast.teacher)
    assert "没有填写邮箱" in page(cast.teacher, "account")
    response = client.post(reverse("account_mail"), {"address": "lilan@school.example", "wanted": "on"})

    assert (response.status_code, response["Location"]) == (302, "/account/")
    row = Account.objects.get(pk=cast.teacher.account_id)
    assert (row.mail_address, row.wants_mail) == ("lilan@school.example", True)
    assert "lilan@school.example" in page(cast.teacher, "account")
    assert 'value="lilan@school.example"' in page(cast.teacher, "account_mail")


@pytest.mark.parametrize("address", ["", "not an address"])
def test_mail_without_an_address_is_refused(address: str, cast: build.Cast) -> None:
    response = build.client(cast.teacher).post(reverse("account_mail"), {"address": address, "wanted": "on"})

    assert response.status_code == 422
    assert not Account.objects.get(pk=cast.teacher.account_id).wants_mail


def test_what_was_not_sent_is_a_todo_for_three_days(cast: build.Cast) -> None:
    row, now = channel(cast, is_on=True), machine_now()
    for state, days in (("failed", 1), ("uncertain", 2), ("failed", 4), ("sent", 1)):
        delivery(row, state=state, ended_at=now - timedelta(days=days))
    delivery(row, state="failed", is_test=True, ended_at=now)
    delivery(channel(cast, county=cast.next_county), state="failed", ended_at=now)

    assert [(one.title, one.url) for one in todos(cast.office, build.TODAY)] == [
        ("电子邮件：2 次发送失败或不确定", "/channels/")
    ]
    assert list(todos(cast.head, build.TODAY)) == []


def test_the_kinds_for_the_group_are_offered_by_name(cast: build.Cast) -> None:
    text = page(cast.office, "channel", "wecom")

    assert all(str(label) in text for label in KINDS.values())


def test_the_schedule_delivers_and_the_pruning_job_clears_the_log(cast: build.Cast) -> None:
    schedule_all()
    assert Schedule.objects.get(name="notices.deliver").every_seconds == 30
    row = channel(cast)
    delivery(row, state="sent", ended_at=machine_now() - timedelta(days=91))
    for _step in prune(None):  # type: ignore[arg-type]
        pass
    assert Delivery.objects.count() == 0
