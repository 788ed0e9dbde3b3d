"""Rows of channels for tests: an account with an address, a channel that is on, notices to carry."""

from datetime import datetime, timedelta
from typing import Any

from tests.kit.channel_servers import HOST, KEY, USER
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.notices.actions import notify
from xietong.kit.notices.carrying import carry_out, claim
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.ways import sealed

NOON = datetime(2026, 9, 8, 12, 0, tzinfo=SHANGHAI)
HALF_AN_HOUR = timedelta(minutes=30)
COUNTY, NEXT_COUNTY = 31, 32


def account(
    name: str = "曾小雨", *, address: str = "zeng@school.example", wants: bool = True, **fields: Any
) -> Account:
    username = f"u{Account.objects.count()}"
    return Account.objects.create(username=username, name=name, mail_address=address, wants_mail=wants, **fields)


def clerk(one: Account) -> Actor:
    return Actor(account_id=one.pk, name=one.name, role="office", county_id=COUNTY)


def mail(settings: Any, port: int = 2525, **fields: Any) -> Channel:
    settings.CHANNEL_HOSTS = settings.CHANNEL_HOSTS | {"mail": [f"{HOST}:{port}"]}
    given = {"county_id": COUNTY, "is_on": True, "host": HOST, "port": port, "security": "plain", "sender": USER}
    return Channel.objects.create(kind="mail", **given | fields)


def robot(settings: Any, port: int = 8080, *, key: str = KEY, **fields: Any) -> Channel:
    settings.CHANNEL_HOSTS = settings.CHANNEL_HOSTS | {"wecom": [f"http://{HOST}:{port}"]}
    given = {"county_id": COUNTY, "is_on": True, "host": HOST, "port": port, "kinds": ["plans.report"]}
    row = Channel(kind="wecom", **given | fields)
    row.secret = sealed(row, key)
    row.save()
    return row


def tell(*accounts: Account, **fields: Any) -> None:
    given = {
        "title": "有新的填报待审核",
        "body": "教师发展中心建设",
        "url": "/plans/tasks/1/",
        "kind": "plans.report",
    }
    rest: dict[str, Any] = {"county_id": COUNTY, "now": NOON}
    notify(SYSTEM, accounts=[one.pk for one in accounts], **given | rest | fields)


def delivery(channel: Channel, **fields: Any) -> Delivery:
    given = {"account_id": None, "state": "waiting", "created_at": NOON, "due_at": NOON, "count": 1}
    rest = {"county_id": channel.county_id, "give_up_at": NOON + timedelta(hours=72)}
    return Delivery.objects.create(channel=channel, **given | rest | fields)


def send_due(now: datetime) -> list[str]:
    """Carries out whatever may leave at a moment; gives the states in which it ended."""
    ends = []
    while row := claim(now):
        assert len(ends) < 100, "it does not come to an end"
        carry_out(row.pk, row.attempts)
        row.refresh_from_db()
        ends.append(row.state)
    return ends


def states() -> list[tuple[str, int]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "count"))
