"""Writes around channels: a county sets them up, a person says where his mail goes."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.notices.channels.hosts import WEB_PORTS, on_list
from xietong.kit.notices.channels.robot import PATH
from xietong.kit.notices.models import Channel
from xietong.kit.notices.ways import missing, sealed
from xietong.kit.records.writing import add, change, differences


class Incomplete(Refused):
    """Something is still to be entered before the channel can be used."""


class NoAddress(Refused):
    """Mail is wanted, and nobody says where to."""


class NoWebhook(Refused):
    """The text is no address of a group robot."""


class NotTypeable(Refused):
    """Mail servers read names and passwords in ASCII."""


def set_channel(actor: Actor, *, county_id: int, kind: str, version: int, now: datetime, **values: Any) -> Channel:
    """This function will set up a channel of a county; `version` is 0 while there is none.

    Raises
        NotListed: the installation does not connect to that server.
        NotTypeable: a name has Chinese or full-width characters.
        Incomplete: it is to be switched on and something is missing.
        Stale: somebody else was faster.
    """
    must_be_ascii(*(str(values.get(name, "")) for name in ("host", "sender", "username")))
    with transaction.atomic():
        row = channel_of(county_id, kind)
        if moved(row, values):
            values["secret"] = ""
        for name, value in values.items():
            setattr(row, name, value)
        if row.is_mail and row.host:
            on_list(kind, row.host, row.port)
        must_be_complete(row)
        return save(actor, row, values, version=version, now=now)


def must_be_ascii(*texts: str) -> None:
    if not all(text.isascii() for text in texts):
        raise NotTypeable(_("服务器、邮箱、用户名和密码只能用半角的英文字母、数字和符号。"))


def channel_of(county_id: int, kind: str) -> Channel:
    """The channel, held, or one that was never set up."""
    found = Channel.objects.select_for_update().filter(county_id=county_id, kind=kind).first()
    return found or Channel(county_id=county_id, kind=kind, version=0)


def moved(row: Channel, values: dict[str, Any]) -> bool:
    """Whether it goes to another server: the old password must not go with it."""
    return bool(row.secret) and any(values.get(name, getattr(row, name)) != getattr(row, name) for name in PLACE)


PLACE = ("host", "port")


def must_be_complete(row: Channel) -> None:
    if row.is_mail and row.security == Channel.Security.PLAIN and row.username:
        raise Incomplete(_("不加密时不能使用用户名和密码。请换一种加密方式，或去掉用户名。"))
    if not row.is_on:
        return
    if row.is_mail and row.username and not row.secret:
        raise Incomplete(_("还没有设置密码（换了服务器须重新设置）。请先保存为关闭，设置密码后再开启。"))
    if missing(row):
        words = _("请先填写服务器和发件人地址。") if row.is_mail else _("请先设置 Webhook 地址，再开启。")
        raise Incomplete(words)


def save(actor: Actor, row: Channel, values: dict[str, Any], *, version: int, now: datetime) -> Channel:
    if row.version == 0:
        row.version = 1
        return add(actor, row, action="notices.set_channel", now=now)
    row = change(actor, row, action="notices.set_channel", now=now, version=version, **values)
    return roused(row)


def roused(row: Channel) -> Channel:
    """What was set anew is tried at once, however long the channel was to rest."""
    Channel.objects.filter(pk=row.pk).update(rest_until=None)
    return row


def set_password(actor: Actor, *, county_id: int, password: str, now: datetime) -> Channel:
    """This function will keep the password of the mail server, sealed; it is not shown again.

    Raises
        NotTypeable: it has Chinese or full-width characters.
        Incomplete: the server is not known yet.
    """
    must_be_ascii(password)
    with transaction.atomic():
        row = channel_of(county_id, Channel.Kind.MAIL)
        if row.version == 0 or not row.host:
            raise Incomplete(_("请先填写服务器，再设置密码。"))
        return set_secret(actor, row, now=now, secret=sealed(row, password))


def set_webhook(actor: Actor, *, county_id: int, webhook: str, now: datetime) -> Channel:
    """This function will keep the address of the group robot: its key sealed, the rest in the open.

    Raises
        NoWebhook: the text is no such address.
        NotListed: the installation does not connect to that server.
    """
    host, port, key = parts_of(webhook)
    on_list(Channel.Kind.ROBOT, host, port)
    with transaction.atomic():
        row = channel_of(county_id, Channel.Kind.ROBOT)
        row.host, row.port = host, port
        secret = sealed(row, key)
        if row.version == 0:
            row.secret, row.version = secret, 1
            return add(actor, row, action="notices.set_secret", now=now)
        return set_secret(actor, row, now=now, host=host, port=port, secret=secret)


def parts_of(webhook: str) -> tuple[str, int, str]:
    try:
        parts = urlsplit(webhook.strip())
        port = parts.port
    except ValueError as error:
        raise NoWebhook(not_a_webhook()) from error
    keys = parse_qs(parts.query).get("key", [])
    is_robot = parts.scheme in WEB_PORTS and parts.path == PATH and not parts.username
    if not is_robot or len(keys) != 1 or not keys[0].replace("-", "").isalnum() or not keys[0].isascii():
        raise NoWebhook(not_a_webhook())
    return parts.hostname or "", port or WEB_PORTS[parts.scheme], keys[0]


def not_a_webhook() -> str:
    return _("这不是群机器人的 Webhook 地址。请在企业微信群的机器人资料里复制完整地址。")


def set_secret(actor: Actor, row: Channel, *, now: datetime, **values: Any) -> Channel:
    return roused(change(actor, row, action="notices.set_secret", now=now, **values))


def set_own_mail(actor: Actor, *, address: str, wanted: bool, now: datetime) -> Account:
    """This function will note where one's mail goes, and whether one wants any.

    Raises
        NotTypeable: the address has Chinese or full-width characters.
        NoAddress: mail is wanted and there is no address.
    """
    must_be_ascii(address)
    if wanted and not address:
        raise NoAddress(_("要接收邮件提醒，请填写邮箱地址。"))
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=actor.account_id or 0)
        values = {"mail_address": address, "wants_mail": wanted}
        changes = differences(row, values)
        Account.objects.filter(pk=row.pk).update(**values)
        record(actor, "notices.set_own_mail", row, now=now, changes=changes)
    return row
