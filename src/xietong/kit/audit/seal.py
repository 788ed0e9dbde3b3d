"""The chain over committed audit rows: each link is an HMAC of the one before it and its row.

Rows are linked in the order in which they are found committed, not by id: on PostgreSQL a row may
be committed after one with a higher id. The key is kept outside the database, so that whoever can
write to the database still cannot make a chain that verifies.
"""

import hmac
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext

from xietong.kit.audit.models import Entry, Head, Link
from xietong.kit.clock.time import machine_now
from xietong.kit.ring import ring

logger = logging.getLogger(__name__)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: how many links hold, the first that does not, and how many rows wait for a seal."""

    links: int
    broken_at: int | None
    problem: str
    unsealed: int
    head: str

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def canonical(entry: Entry) -> bytes:
    """The bytes of a row that the seal covers: every field, in a form that both databases give back."""
    fields = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    for name in ("at", "business_at"):
        fields[name] = fields[name].astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def mac_of(key: bytes, seq: int, before: str, entry: Entry) -> str:
    return hmac.new(key, f"{seq}|{before}|".encode() + canonical(entry), sha256).hexdigest()


def seal(*, batch: int = BATCH) -> int:
    """This function will chain the committed rows that have no link yet, and log the new end of the chain."""
    with transaction.atomic():
        head = Head.objects.select_for_update().get(pk=1)
        waiting = list(Entry.objects.filter(link=None).order_by("pk")[:batch])
        if not waiting:
            return 0
        links = list(chain(head, waiting))
        Link.objects.bulk_create(links)
        head.seq, head.mac = links[-1].seq, links[-1].mac
        head.save(update_fields=["seq", "mac"])
    logger.info("audit sealed", extra={"seal_seq": head.seq, "seal_mac": head.mac})
    return len(waiting)


def chain(head: Head, entries: list[Entry]) -> Iterator[Link]:
    key_id, key = ring().key("audit")
    seq, mac, now = head.seq, head.mac, machine_now()
    for entry in entries:
        seq += 1
        mac = mac_of(key, seq, mac, entry)
        yield Link(seq=seq, entry=entry, key_id=key_id, mac=mac, sealed_at=now)


def verify() -> Verdict:
    """This function will walk the chain from its first link and name the first one that does not hold."""
    keys = ring()
    head = Head.objects.get(pk=1)
    seq, mac = 0, ""
    for link in Link.objects.select_related("entry").order_by("seq").iterator(chunk_size=2000):
        seq += 1
        _, key = keys.key("audit", link.key_id)
        if link.seq != seq:
            return broken(seq, gettext("链条缺少这一环"), head)
        if not hmac.compare_digest(link.mac, mac_of(key, seq, mac, link.entry)):
            return broken(seq, gettext("记录 %(pk)s 与封存时不符") % {"pk": link.entry_id}, head)
        mac = link.mac
    if (head.seq, head.mac) != (seq, mac):
        return broken(seq + 1, gettext("链尾记录被删除"), head)
    return Verdict(seq, None, "", Entry.objects.filter(link=None).count(), head.mac)


def broken(seq: int, problem: str, head: Head) -> Verdict:
    return Verdict(seq - 1, seq, problem, Entry.objects.filter(link=None).count(), head.mac)
