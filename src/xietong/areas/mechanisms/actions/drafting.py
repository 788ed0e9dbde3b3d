"""A text of rules gets its name and its words."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from xietong.areas.mechanisms import access, queries
from xietong.areas.mechanisms.actions.refusals import NoText, WrongState, must_be
from xietong.areas.mechanisms.models import Edition, Mechanism
from xietong.areas.mechanisms.rules import EditionState
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, change, locked
from xietong.kit.text.reading import read_safely


def add_mechanism(actor: Actor, *, title: str, kind: str, basis: str = "", now: datetime) -> Mechanism:
    """This function will put a text of rules on the county's list.

    Raises
        Refused: the name is taken.
    """
    last = Mechanism.objects.filter(county_id=actor.home).aggregate(last=Max("order"))["last"] or 0
    row = Mechanism(county_id=actor.home, title=title.strip(), kind=kind, basis=basis.strip(), order=last + 1)
    return add(actor, row, action="mechanisms.add", now=now)


def change_mechanism(actor: Actor, row: Mechanism, *, version: int, now: datetime, **fields: Any) -> Mechanism:
    """This function will correct the name, kind or basis of a text of rules.

    Raises
        Refused: the name is taken.
        Stale: somebody changed it meanwhile.
    """
    return change(actor, row, action="mechanisms.change", now=now, version=version, **fields)


def begin_edition(actor: Actor, mechanism: Mechanism, *, now: datetime) -> Edition:
    """This function will begin an edition with the words of the last one.

    Raises
        WrongState: one is being prepared.
    """
    with transaction.atomic():
        mechanism = locked(mechanism)
        if reason := access.in_preparation(mechanism):
            raise WrongState(reason)
        last = mechanism.editions.order_by("-number").first()
        row = Edition(
            county_id=mechanism.county_id,
            mechanism=mechanism,
            number=last.number + 1 if last else 1,
            text=last.text if last else "",
        )
        return add(actor, row, action="mechanisms.begin_edition", now=now)


def change_edition(
    actor: Actor,
    edition: Edition,
    *,
    version: int,
    text: str,
    change_note: str = "",
    file: Any = None,
    now: datetime,
) -> Edition:
    """This function will change the words of a draft; those of a file that is handed in are read, and it is kept.

    Raises
        NoText: neither words nor a file.
        WrongState: it is no draft any more.
        Refused: the file cannot be read; says what to do.
        Stale: somebody changed it meanwhile.
    """
    if file is not None:
        lines = read_safely(file.read(), name=file.name).lines
        text = "\n".join(line.text for line in lines)
        file.seek(0)
    if not text.strip():
        raise NoText(_("请填写正文，或上传文件。"))
    uploads = take_posted(actor, [file] if file is not None else [])
    with transaction.atomic():
        must_be(edition, EditionState.DRAFT)
        row = change(
            actor,
            edition,
            action="mechanisms.change_edition",
            now=now,
            version=version,
            text=text.strip(),
            change_note=change_note.strip(),
        )
        attach(actor, owner_type=queries.ORIGINAL, owner_id=row.pk, county_id=row.county_id, uploads=uploads, now=now)
    return row
