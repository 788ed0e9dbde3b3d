"""What is said beyond the inbox: to a person the titles of his unread messages, to a group nothing but counts."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xietong.kit.accounts.models import Account
from xietong.kit.notices.channels.outcome import Batch
from xietong.kit.notices.kinds import KINDS
from xietong.kit.notices.models import Channel, Delivery, Notice
from xietong.kit.pages.templatetags.pages import moment

MOST = 30


def batch_of(delivery: Delivery) -> Batch | None:
    """What a delivery has to say now; None if there is no need any more."""
    if not delivery.channel.is_mail:
        return Batch(test_text()) if delivery.is_test else to_group(delivery)
    account = Account.objects.filter(pk=delivery.account_id or 0, is_active=True).exclude(mail_address="").first()
    if account is None:
        return None
    with translation.override(account.language):
        return test_mail(account, delivery) if delivery.is_test else mail_to(account, delivery)


def key_of(delivery: Delivery) -> str:
    """The same at each attempt at the same notices: a mail that comes twice is known as one."""
    return f"xietong-{delivery.pk}-{delivery.created_at:%Y%m%d%H%M%S}-{len(delivery.notice_ids)}"


def test_text() -> str:
    return _("【协同】这是一条测试消息，收到说明机器人已经接通。")


def test_mail(account: Account, delivery: Delivery) -> Batch:
    text = _("这是一封测试邮件，收到说明邮件渠道已经接通。")
    return Batch(text, subject=_("协同：测试邮件"), to=account.mail_address, key=key_of(delivery))


def mail_to(account: Account, delivery: Delivery) -> Batch | None:
    """One mail about what is still unread; what was read on the site needs none."""
    rows = list(Notice.objects.filter(pk__in=delivery.notice_ids, read_at=None).order_by("-created_at", "-pk"))
    if not rows or not account.wants_mail:
        return None
    n = len(rows)
    subject = ngettext("协同：您有 %(n)d 条新消息", "协同：您有 %(n)d 条新消息", n) % {"n": n}
    return Batch(mail_text(account, rows), subject, account.mail_address, key_of(delivery), n)


def mail_text(account: Account, rows: list[Notice]) -> str:
    lines = [_("%(name)s：您在协同平台有新的消息。") % {"name": account.name}, ""]
    for row in rows[:MOST]:
        lines += [f"· {row.said}", *([f"  {row.body}"] if row.body else []), f"  {moment(row.created_at)}", ""]
    if len(rows) > MOST:
        lines += [_("另有 %(n)d 条，请在消息里查看。") % {"n": len(rows) - MOST}, ""]
    return "\n".join([*lines, *foot()])


def foot() -> list[str]:
    return [*where_to_read(), _("不想再收到邮件，可在“我的账号—邮件提醒”里关闭。")]


def where_to_read() -> list[str]:
    """The address of the inbox, where the installation has said its own."""
    if not settings.SITE_ADDRESS:
        return []
    return [_("查看：%(url)s") % {"url": settings.SITE_ADDRESS + reverse("notices")}]


def to_group(delivery: Delivery) -> Batch | None:
    """So many of each kind that the county has chosen: no names, no titles of papers."""
    counts = counted(delivery.notice_ids, delivery.channel)
    if not counts:
        return None
    parts = [_("%(label)s %(n)d 条") % {"label": KINDS[kind], "n": n} for kind, n in counts]
    said = _("【协同】新消息：%(parts)s。请登录平台办理。") % {"parts": _("；").join(parts)}
    return Batch("\n".join([said, *where_to_read()]), count=sum(n for _kind, n in counts))


def counted(notice_ids: Iterable[int], channel: Channel) -> list[tuple[str, int]]:
    """What was told to several people in the same words counts once."""
    wanted = [kind for kind in KINDS if kind in channel.kinds]
    rows = Notice.objects.filter(pk__in=list(notice_ids), kind__in=wanted)
    different = {(row.kind, row.title, str(row.values), row.body, row.url) for row in rows}
    counts = [(kind, sum(one[0] == kind for one in different)) for kind in wanted]
    return [(kind, n) for kind, n in counts if n]
