"""Writes: telling people, and noting what they have read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.notices.models import Notice
from xietong.kit.notices.queries import own
from xietong.kit.words import for_the_record, said

BATCH = 500


def notify(
    actor: Actor,
    *,
    accounts: Iterable[int],
    title: str,
    url: str,
    kind: str,
    county_id: int | None,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    body: str = "",
    terms: Mapping[int, int] | None = None,
) -> None:
    """This function will tell each account once, unless the same still lies unread in its inbox.

    `title` is a sentence marked with `gettext_noop`, `values` what is put into it, `body` data: nothing
    in the language of whoever acts. `terms` gives the role term in which an account opens the page;
    without, it opens in the role that the reader acts in.
    """
    if url and not is_local(url):
        msg = f"a notice leads to a page of this site, not to {url}"
        raise ValueError(msg)
    told = sorted(set(accounts))
    if not told:
        return
    in_role = terms or {}
    rows = [
        Notice(
            account_id=account,
            county_id=county_id,
            term_id=in_role.get(account),
            kind=kind,
            title=title[:200],
            values=dict(values or {}),
            body=body[:1000],
            url=url,
            created_at=now,
        )
        for account in told
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        with for_the_record():
            written = said(title, values)
        changes = {"kind": (None, kind), "title": (None, written), "accounts": (None, len(told))}
        record(actor, "notices.notify", None, now=now, changes=changes)


def is_local(url: str) -> bool:
    return url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def mark_read(actor: Actor, notice: Notice, *, now: datetime) -> None:
    """This function will note when its owner first read a notice."""
    Notice.objects.filter(own(actor), pk=notice.pk, read_at=None).update(read_at=now)


def mark_all_read(actor: Actor, *, now: datetime) -> int:
    """This function will note that everything in one's inbox has been read, and return how much it was."""
    return Notice.objects.filter(own(actor), read_at=None).update(read_at=now)
