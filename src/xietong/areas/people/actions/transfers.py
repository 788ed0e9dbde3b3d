"""调动 to another county: asked by the one, confirmed by the other.

Until then nothing moves and the other county reads no more than the name. Afterwards the person is a new
row there; the old one stays where it was as somebody who left.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import County
from xietong.areas.people.actions.departure import end_holdings
from xietong.areas.people.actions.keeping import Keeper, must_be_here
from xietong.areas.people.actions.sealing import (
    AlreadyRegistered,
    identity_fields,
    identity_number,
    is_registered,
    opened,
    phone_fields,
)
from xietong.areas.people.models import Person, Transfer
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class NotTransferable(Refused):
    """This person cannot be asked for by that county."""


class Answered(Refused):
    """The transfer has been answered or withdrawn."""


class NotOurs(Refused):
    """Only the county that asked withdraws, and only the one that is asked answers."""


def ask_transfer(actor: Actor, person: Person, *, to_county: County, note: str = "", now: datetime) -> Transfer:
    """This function will ask another county to take somebody over; nothing moves before it confirms.

    Raises
        NotTransferable: a university keeps him, or the county is his own.
        Gone: he has left.
        Refused: a transfer of his waits for its answer.
    """
    if person.county_id is None or person.county_id == to_county.pk:
        raise NotTransferable(_("只能把本县人员调往另一个县。"))
    with transaction.atomic():
        row = locked(person)
        must_be_here(row)
        transfer = Transfer(person=row, from_county_id=person.county_id, to_county=to_county, asked_at=now, note=note)
        return add(actor, transfer, action="people.ask_transfer", now=now)


def confirm_transfer(actor: Actor, transfer: Transfer, *, now: datetime) -> Transfer:
    """This function will enter the person into the actor's county, with the account, and end all that he held.

    Raises
        Answered, NotOurs: it is not, or no longer, the actor's to confirm.
        AlreadyRegistered: the county has somebody with this identity number.
        AdministratorsApart, LastOffice: he holds what his county must settle first.
    """
    with transaction.atomic():
        row = open_transfer(actor, transfer, of="to")
        for county_id in sorted((row.from_county_id, row.to_county_id)):
            Keeper(county_id, None).hold()
        person = locked(row.person)
        end_holdings(actor, person, on=day_of(now), reason=f"调往{row.to_county}", now=now)
        account = person.account
        change(actor, person, action="people.move_away", now=now, left_on=day_of(now), account=None)
        arrived = arrive(actor, person, Keeper(row.to_county_id, None), account=account, now=now)
        return answered(actor, row, Transfer.State.CONFIRMED, now=now, arrived=arrived)


def arrive(actor: Actor, person: Person, keeper: Keeper, *, account: Account | None, now: datetime) -> Person:
    """The same person in another register: his numbers under that keeper's scope, his staff number left behind."""
    number = identity_number(opened(person, person.identity_cipher))
    if is_registered(keeper, number):
        raise AlreadyRegistered(_("本县已登记过这个身份证号的人员，请先核对。"))
    told = {"name": person.name, "pinyin": person.pinyin, "initials": person.initials, "sex": person.sex}
    numbers = identity_fields(keeper, number) | phone_fields(keeper, opened(person, person.phone_cipher))
    row = Person(county_id=keeper.county_id, account=account, **told | numbers)
    return add(actor, row, action="people.arrive", now=now)


def refuse_transfer(actor: Actor, transfer: Transfer, *, note: str, now: datetime) -> Transfer:
    """This function will turn a transfer down; the person stays where he is.

    Raises
        Answered, NotOurs: it is not, or no longer, the actor's to refuse.
    """
    with transaction.atomic():
        row = open_transfer(actor, transfer, of="to")
        return answered(actor, row, Transfer.State.REFUSED, now=now, note=note)


def withdraw_transfer(actor: Actor, transfer: Transfer, *, now: datetime) -> Transfer:
    """This function will take a request back before it is answered.

    Raises
        Answered, NotOurs: it is not, or no longer, the actor's to withdraw.
    """
    with transaction.atomic():
        row = open_transfer(actor, transfer, of="from")
        return answered(actor, row, Transfer.State.WITHDRAWN, now=now)


def open_transfer(actor: Actor, transfer: Transfer, *, of: str) -> Transfer:
    """The transfer, held, if it waits and the actor's county is the one that is asked (`to`) or asked (`from`)."""
    row = locked(transfer)
    if getattr(row, f"{of}_county_id") != actor.county_id:
        raise NotOurs(_("这项调动不由本县办理。"))
    if row.state != Transfer.State.ASKED:
        raise Answered(_("这项调动已经办结。"))
    return row


def answered(actor: Actor, row: Transfer, state: Transfer.State, *, now: datetime, **values: Any) -> Transfer:
    return change(actor, row, action=f"people.{state}_transfer", now=now, state=state, answered_at=now, **values)
