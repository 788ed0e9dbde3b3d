"""Reads: the channels of a county, how they are, and what was sent through them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xietong.kit.accounts.models import Account
from xietong.kit.notices.channels.hosts import listed
from xietong.kit.notices.kinds import KINDS
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.ways import missing

State = Delivery.State
LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """A channel as its county reads it; `row` is unsaved while nothing was set up."""

    row: Channel
    waiting: int
    last_sent: datetime | None
    is_tried: bool

    @property
    def is_set_up(self) -> bool:
        return not missing(self.row)

    @property
    def state(self) -> tuple[str, str]:
        """In a word, with its tone."""
        if not self.is_set_up:
            return _("未设置"), "grey"
        if not self.row.is_on:
            return _("已关闭"), "grey"
        return (_("发送受阻"), "red") if self.row.error else (_("已开启"), "green")

    @property
    def server(self) -> str:
        return f"{self.row.host}:{self.row.port}" if self.row.host else ""

    @property
    def kinds(self) -> list[str]:
        return [str(label) for code, label in KINDS.items() if code in self.row.kinds]

    @property
    def hosts(self) -> list[str]:
        return [one.host for one in listed(self.row.kind)]


def channel(county_id: int, kind: str) -> Channel:
    """The row, or an unsaved one with what a new channel begins with; its version is 0."""
    found = Channel.objects.filter(county_id=county_id, kind=kind).first()
    return found or Channel(county_id=county_id, kind=kind, version=0)


def channels(county_id: int) -> list[ChannelShown]:
    """Both kinds, whether set up or not."""
    waits = Count("deliveries", Q(deliveries__state__in=(State.WAITING, State.SENDING)))
    tries = Count("deliveries", Q(deliveries__state__in=(State.WAITING, State.SENDING), deliveries__is_test=True))
    sent = Max("deliveries__ended_at", filter=Q(deliveries__state=State.SENT))
    found = Channel.objects.filter(county_id=county_id).annotate(waits=waits, tries=tries, sent=sent)
    rows = {row.kind: row for row in found}
    return [
        shown(rows.get(kind) or Channel(county_id=county_id, kind=kind, version=0)) for kind in Channel.Kind.values
    ]


def shown(row: Any) -> ChannelShown:
    return ChannelShown(row, getattr(row, "waits", 0), getattr(row, "sent", None), bool(getattr(row, "tries", 0)))


def deliveries(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With the channel, and the name of whoever they went to."""
    name = Account.objects.filter(pk=OuterRef("account_id")).values("name")[:1]
    return rows.select_related("channel").annotate(account_name=Subquery(name))


def failed_lately(rows: QuerySet[Delivery], now: datetime) -> Iterable[tuple[str, int, datetime]]:
    """Kind of channel → how many deliveries went wrong in the last days, and when the last did."""
    bad = rows.filter(state__in=(State.FAILED, State.UNCERTAIN), is_test=False, ended_at__gt=now - LATELY)
    counted = bad.order_by("channel__kind").values_list("channel__kind").annotate(n=Count("pk"), at=Max("ended_at"))
    return list(counted)
