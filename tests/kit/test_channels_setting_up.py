"""Setting up channels: what is refused changes nothing, and a secret is never seen again."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests.build import clock
from tests.kit.channel_rows import COUNTY, NOON, account, clerk, delivery, mail, robot
from tests.kit.channel_servers import KEY
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.jobs.models import Job
from xietong.kit.notices import setting_up, trying
from xietong.kit.notices.channels.hosts import NotListed
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.ways import way_of

pytestmark = pytest.mark.django_db

OFFICE = Actor(account_id=11, name="陈启明", role="office", county_id=COUNTY)
HOST, OTHER = "smtp.example.cn", "smtp.other.example"
MAIL = {
    "host": HOST, "port": 465, "security": "tls", "sender": "tx@example.cn", "username": "tx@example.cn",
    "bundle_minutes": 30, "quiet_from": time(21), "quiet_to": time(7), "is_on": False,
}  # fmt: skip
WEBHOOK = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"


@pytest.fixture(autouse=True)
def hosts(settings: Any) -> None:
    settings.CHANNEL_HOSTS = {"mail": [HOST, OTHER], "wecom": ["qyapi.weixin.qq.com"]}


def set_mail(version: int = 0, **fields: Any) -> Channel:
    return setting_up.set_channel(OFFICE, county_id=COUNTY, kind="mail", version=version, now=NOON, **MAIL | fields)


def set_robot(version: int, **fields: Any) -> Channel:
    given = {"bundle_minutes": 30, "quiet_from": None, "quiet_to": None, "is_on": True, "kinds": ["plans.report"]}
    return setting_up.set_channel(OFFICE, county_id=COUNTY, kind="wecom", version=version, now=NOON, **given | fields)


def content() -> tuple[Any, ...]:
    return list(Channel.objects.values()), list(Delivery.objects.values()), Entry.objects.count(), Job.objects.count()


def test_a_mail_channel_is_set_up_in_three_steps() -> None:
    assert set_mail().is_on is False
    setting_up.set_password(OFFICE, county_id=COUNTY, password="hush hush", now=NOON)
    Channel.objects.update(rest_until=NOON)
    row = set_mail(2, is_on=True)

    assert Channel.objects.get().rest_until is None
    assert (row.is_on, row.version, way_of(row).secret) == (True, 3, "hush hush")
    assert list(Entry.objects.order_by("pk").values_list("action", "county_id")) == [
        ("notices.set_channel", COUNTY), ("notices.set_secret", COUNTY), ("notices.set_channel", COUNTY),
    ]  # fmt: skip
    assert Entry.objects.order_by("-pk")[0].changes == {"is_on": [False, True]}


def test_a_password_is_sealed_and_masked() -> None:
    set_mail()
    row = setting_up.set_password(OFFICE, county_id=COUNTY, password="hush hush", now=NOON)

    assert "hush" not in row.secret
    said = Entry.objects.get(action="notices.set_secret").changes["secret"]
    assert said[1]["masked"] == "***"
    assert row.secret not in str(said)


def test_a_server_without_login_needs_no_password() -> None:
    row = set_mail(is_on=True, username="", security="plain")

    assert (row.is_on, way_of(row).secret) == (True, "")


@pytest.mark.parametrize(
    ("fields", "refusal", "words"),
    [
        (
            {"host": "smtp.evil.example"},
            NotListed,
            "不能连接 smtp.evil.example:465：它不在本平台允许的服务器名单里。",
        ),
        ({"port": 6379}, NotListed, "不能连接 smtp.example.cn:6379"),
        ({"security": "plain"}, setting_up.Incomplete, "不加密时不能使用用户名和密码。"),
        ({"is_on": True}, setting_up.Incomplete, "还没有设置密码"),
        ({"is_on": True, "username": "", "host": ""}, setting_up.Incomplete, "请先填写服务器和发件人地址。"),
        ({"is_on": True, "username": "", "sender": ""}, setting_up.Incomplete, "请先填写服务器和发件人地址。"),
        ({"username": "提醒@example.cn"}, setting_up.NotTypeable, "只能用半角的英文字母、数字和符号"),
        ({"quiet_to": None}, Refused, "免打扰时段的开始和结束要么都填，要么都不填。"),
    ],
)
def test_a_channel_is_refused_with_a_sentence(fields: dict[str, Any], refusal: type[Refused], words: str) -> None:
    with pytest.raises(refusal, match=words):
        set_mail(**fields)

    assert content() == ([], [], 0, 0)


def test_a_change_is_refused_like_a_first_time() -> None:
    set_mail()
    before = content()

    with pytest.raises(NotListed):
        set_mail(1, host="169.254.169.254")
    with pytest.raises(Refused, match="要么都填"):
        set_mail(1, quiet_from=None)
    assert content() == before


@pytest.mark.parametrize("version", [0, 3])
def test_whoever_was_slower_is_told(version: int) -> None:
    set_mail()
    set_mail(1, bundle_minutes=60)
    before = content()

    with pytest.raises(Stale):
        set_mail(version)
    assert content() == before


def test_a_password_does_not_move_to_another_server() -> None:
    set_mail()
    setting_up.set_password(OFFICE, county_id=COUNTY, password="hush", now=NOON)
    set_mail(2, is_on=True)

    with pytest.raises(setting_up.Incomplete, match="换了服务器须重新设置"):
        set_mail(3, is_on=True, host=OTHER)
    assert way_of(Channel.objects.get()).secret == "hush"
    assert set_mail(3, host=OTHER).secret == ""


@pytest.mark.parametrize("server", ["", HOST])
def test_a_password_needs_its_server_first(server: str) -> None:
    if server:
        Channel.objects.create(county_id=COUNTY, kind="mail")

    with pytest.raises(setting_up.Incomplete, match="请先填写服务器"):
        setting_up.set_password(OFFICE, county_id=COUNTY, password="hush", now=NOON)
    assert Entry.objects.count() == 0


def test_a_password_that_cannot_be_typed_there_is_refused() -> None:
    set_mail()
    before = content()

    with pytest.raises(setting_up.NotTypeable):
        setting_up.set_password(OFFICE, county_id=COUNTY, password="密码", now=NOON)
    assert content() == before


def test_a_robot_is_set_up_by_its_address_and_switched_on() -> None:
    row = setting_up.set_webhook(OFFICE, county_id=COUNTY, webhook=f" {WEBHOOK} ", now=NOON)
    assert (row.host, row.port, row.is_on, way_of(row).secret) == ("qyapi.weixin.qq.com", 443, False, KEY)
    assert KEY not in str(content()) + str(list(Entry.objects.values()))

    row = set_robot(1)
    assert (row.is_on, row.kinds) == (True, ["plans.report"])

    Channel.objects.update(rest_until=NOON)
    again = setting_up.set_webhook(OFFICE, county_id=COUNTY, webhook=WEBHOOK.replace("693a", "abcd"), now=NOON)
    assert (way_of(again).secret, again.version, Channel.objects.get().rest_until) == (f"abcd{KEY[4:]}", 3, None)


def test_a_robot_without_address_is_not_switched_on() -> None:
    with pytest.raises(setting_up.Incomplete, match="请先设置 Webhook 地址"):
        set_robot(0)
    assert content() == ([], [], 0, 0)


@pytest.mark.parametrize(
    "webhook",
    [
        "", KEY, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", f"https://qyapi.weixin.qq.com/?key={KEY}",
        f"ftp://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", f"{WEBHOOK}&key=2", f"{WEBHOOK}%0d%0a",
        f"https://u@qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", f"{WEBHOOK}钥匙", "https://[::1/",
        f"https://qyapi.weixin.qq.com:x/cgi-bin/webhook/send?key={KEY}",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_robot_is_refused(webhook: str) -> None:
    with pytest.raises(setting_up.NoWebhook, match="这不是群机器人的 Webhook 地址。"):
        setting_up.set_webhook(OFFICE, county_id=COUNTY, webhook=webhook, now=NOON)
    assert content() == ([], [], 0, 0)


@pytest.mark.parametrize("place", ["http://169.254.169.254", "https://qyapi.weixin.qq.com.evil.example",
                                   "http://qyapi.weixin.qq.com", "https://127.0.0.1:8443"])  # fmt: skip
def test_a_robot_elsewhere_is_refused(place: str) -> None:
    with pytest.raises(NotListed, match="XIETONG_WECOM_HOSTS"):
        setting_up.set_webhook(OFFICE, county_id=COUNTY, webhook=f"{place}/cgi-bin/webhook/send?key={KEY}", now=NOON)
    assert content() == ([], [], 0, 0)


def test_a_test_goes_to_whoever_asks_or_to_the_group(settings: Any) -> None:
    chen = account("陈启明")
    mail(settings, is_on=False)
    robot(settings)
    for kind in ("mail", "wecom"):
        trying.ask_test(clerk(chen), county_id=COUNTY, kind=kind, now=NOON)

    rows = Delivery.objects.order_by("pk").values_list("account_id", "is_test", "state", "count")
    assert list(rows) == [(chen.pk, True, "waiting", 0), (None, True, "waiting", 0)]
    assert set(Job.objects.values_list("kind", flat=True)) == {"notices.deliver"}
    assert Entry.objects.filter(action="notices.ask_test").count() == 2


@pytest.mark.parametrize("case", ["nothing", "incomplete", "no address", "under way", "demonstration"])
def test_a_test_is_refused_with_a_sentence(case: str, settings: Any) -> None:
    chen = account("陈启明", address="" if case == "no address" else "chen@example.cn")
    if case != "nothing":
        channel = mail(settings, sender="" if case == "incomplete" else "tx@example.cn")
        if case == "under way":
            delivery(channel, is_test=True, state="sending")
    if case == "demonstration":
        clock()
    before = content()
    words = {
        "nothing": "渠道还没有设置完整", "incomplete": "渠道还没有设置完整", "no address": "填写自己的邮箱",
        "under way": "上一条测试消息还在发送", "demonstration": "演示系统不向外发送任何消息",
    }  # fmt: skip

    with pytest.raises(Refused, match=words[case]):
        trying.ask_test(clerk(chen), county_id=COUNTY, kind="mail", now=NOON)
    assert content() == before


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_what_ended_badly_can_be_sent_again(state: str, settings: Any) -> None:
    row = delivery(mail(settings), account_id=1, state=state, attempts=9, ended_at=NOON, notice_ids=[4])
    waiting = delivery(row.channel, account_id=1, notice_ids=[5])

    assert trying.send_again(OFFICE, Delivery.objects.all(), now=NOON) == 1

    again = Delivery.objects.get()
    assert (again.pk, again.state, again.ended_at, again.notice_ids) == (row.pk, "waiting", None, [4, 5])
    assert again.give_up_at - again.due_at == timedelta(hours=72)
    assert Entry.objects.get().changes == {"state": [state, "waiting"]}
    assert not Delivery.objects.filter(pk=waiting.pk).exists()


@pytest.mark.parametrize("case", ["sent", "waiting", "sending", "dropped", "test", "off", "demonstration"])
def test_anything_else_is_not_sent_again(case: str, settings: Any) -> None:
    state = "failed" if case in {"test", "off", "demonstration"} else case
    delivery(mail(settings, is_on=case != "off"), state=state, is_test=case == "test")
    if case == "demonstration":
        clock()
    before = content()

    refusal = trying.NotInDemonstration if case == "demonstration" else trying.NothingToSend
    with pytest.raises(refusal):
        trying.send_again(OFFICE, Delivery.objects.all(), now=NOON)
    assert content() == before


def test_somebody_says_where_his_mail_goes_and_the_record_does_not_repeat_it() -> None:
    zeng = account(address="", wants=False)
    setting_up.set_own_mail(clerk(zeng), address="zeng@school.example", wanted=True, now=NOON)

    zeng.refresh_from_db()
    assert (zeng.mail_address, zeng.wants_mail) == ("zeng@school.example", True)
    changes = Entry.objects.get().changes
    assert (changes["wants_mail"], changes["mail_address"][1]["masked"]) == ([False, True], "***")
    assert "zeng@" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("address", "words"), [("", "请填写邮箱地址"), ("zeng@学校.example", "只能用半角的英文字母")]
)
def test_an_address_that_mail_cannot_go_to_is_refused(address: str, words: str) -> None:
    zeng = account()
    with pytest.raises(Refused, match=words):
        setting_up.set_own_mail(clerk(zeng), address=address, wanted=True, now=NOON)

    assert list(Account.objects.values_list("mail_address", "wants_mail")) == [("zeng@school.example", True)]
    assert Entry.objects.count() == 0
