"""Writes of one school's record: filling, explaining, confirming, correcting, rooms."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries
from xietong.areas.orgs.actions.register import hold, recount
from xietong.areas.orgs.models import Correction, Explanation, Figure, RegisterYear, Room, SchoolRecord, Source
from xietong.areas.orgs.rules.checks import Place, Weight
from xietong.areas.orgs.rules.fields import FIELDS
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked
from xietong.kit.sheets.queries import is_being_filled


class NotConfirmable(Refused):
    """Something in the record does not fit, or waits for a word."""


class NotAsked(Refused):
    """The figure does not belong to the school, or comes from an export."""


def hold_record(row: SchoolRecord) -> RegisterYear:
    """The register of a record that is about to be changed, held until the transaction ends.

    Raises
        Refused: the register is locked, or the head has confirmed the record meanwhile.
    """
    register = hold(row.register)
    if SchoolRecord.objects.filter(pk=row.pk, confirmed_at__isnull=False).exists():
        raise Refused(_("校长已经确认；要修改，请先撤回确认。"))
    return register


def touch(*records: int) -> None:
    """Counts versions up, given by their keys, so that nobody confirms what he has not seen."""
    SchoolRecord.objects.filter(pk__in=records).update(version=F("version") + 1)


def fill_figures(actor: Actor, row: SchoolRecord, *, values: Mapping[Place, Decimal | None], now: datetime) -> None:
    """This function will enter the figures that a school is asked for; an empty one is taken away.

    Raises
        NotAsked: a figure that the school does not have, or that an export gave.
        Refused: a value is negative; nothing was written.
    """
    with transaction.atomic():
        register = hold_record(row)
        held = {(one.stage, one.grade, one.field): one for one in row.figures.select_for_update()}
        changes: dict[str, tuple[Any, Any]] = {}
        for place, value in values.items():
            must_be_asked(row, place, held.get(place))
            changes |= put(row, place, held.get(place), value, register.as_of)
        if changes:
            touch(row.pk)
            record(actor, "orgs.fill_figures", row, now=now, changes=changes)
            recount(actor, register, now=now)


def must_be_asked(row: SchoolRecord, place: Place, held: Figure | None) -> None:
    stage, grade, code = place
    spec = FIELDS.get(code)
    if spec is None or (stage, grade) not in spec.places(queries.stages_of(row)):
        raise NotAsked(_("这所学校没有“%(name)s”这一项。") % {"name": queries.field_name(code) if spec else code})
    if held is not None and held.source not in (Source.SCHOOL, Source.COUNTY):
        message = _("“%(name)s”来自%(source)s；有误的请告诉办公室，在来源系统里更正后重新导入。")
        raise NotAsked(message % {"name": queries.field_name(code), "source": held.get_source_display()})


def put(
    row: SchoolRecord, place: Place, held: Figure | None, value: Decimal | None, as_of: date
) -> dict[str, tuple[Any, Any]]:
    """Writes one figure of the school's own; gives what changed."""
    stage, grade, code = place
    before = held.value if held else None
    if before == value:
        return {}
    if value is not None and value < 0:
        raise Refused(_("“%(name)s”不能为负。") % {"name": queries.field_name(code)})
    told = {"stage": stage, "grade": grade, "field": code, "source": Source.SCHOOL, "as_of": as_of}
    figure = held or Figure(county_id=row.county_id, record=row, **told)
    if value is None:
        figure.delete()
    else:
        figure.value = value
        figure.version += held is not None
        figure.save()
    return {f"{code}:{stage}:{grade}": (before, value)}


def explain(actor: Actor, row: SchoolRecord, *, key: tuple[str, str], words: str, now: datetime) -> Explanation:
    """This function will keep a school's word on what a check asks about.

    Raises
        Refused: nothing is asked there.
    """
    asked = {one.finding.key: one for one in queries.record_page(actor, row).asked}
    if key not in asked or asked[key].finding.weight is not Weight.WORD:
        raise Refused(_("这里不需要说明。"))
    code, subject = key
    with transaction.atomic():
        hold_record(row)
        touch(row.pk)
        held = Explanation.objects.filter(record=row, check_code=code, subject=subject).first()
        if held:
            return change(actor, held, action="orgs.explain", now=now, words=words, by=actor.label[:200], at=now)
        made = Explanation(
            county_id=row.county_id, record=row, check_code=code, subject=subject, words=words,
            by=actor.label[:200], at=now,
        )  # fmt: skip
        return add(actor, made, action="orgs.explain", now=now)


def describe_record(
    actor: Actor, row: SchoolRecord, *, version: int, ownership: str, urban_rural: str, now: datetime
) -> SchoolRecord:
    """This function will say who runs a school in this year, and in what setting.

    Raises
        Stale: it has been changed since.
    """
    with transaction.atomic():
        register = hold_record(row)
        described = change(
            actor,
            row,
            action="orgs.describe_record",
            now=now,
            version=version,
            ownership=ownership,
            urban_rural=urban_rural,
        )
        recount(actor, register, now=now)
    return described


def confirm_record(actor: Actor, row: SchoolRecord, *, version: int, now: datetime) -> SchoolRecord:
    """This function will put the head's name under a school's record.

    Raises
        Stale: it has been changed since.
        NotConfirmable: something does not fit or waits for a word; names the first. Or a file is being taken in.
    """
    with transaction.atomic():
        register = hold(row.register)
        if is_being_filled(row.county_id, register.pk, books=queries.BOOKS):
            raise NotConfirmable(_("还有文件正在导入，请等它完成、核对以后再确认；中断了的由办公室撤销。"))
        waiting = queries.record_page(actor, row).open_questions
        if waiting:
            message = _("还有 %(n)d 处需要更正或说明，例如：%(first)s")
            raise NotConfirmable(message % {"n": len(waiting), "first": waiting[0].text})
        confirmed = change(
            actor,
            row,
            action="orgs.confirm_record",
            now=now,
            version=version,
            confirmed_at=now,
            confirmed_by=actor.label[:200],
        )
        recount(actor, register, now=now)
    return confirmed


def release_record(actor: Actor, row: SchoolRecord, *, reason: str, now: datetime) -> SchoolRecord:
    """This function will take back a confirmation, so that the record can be changed and confirmed anew."""
    with transaction.atomic():
        register = hold(row.register)
        released = change(
            actor, row, action="orgs.release_record", now=now, reason=reason, confirmed_at=None, confirmed_by=""
        )
        recount(actor, register, now=now)
    return released


def correct_figure(
    actor: Actor, row: SchoolRecord, *, place: Place, value: Decimal, reason: str, now: datetime
) -> Correction:
    """This function will put a locked figure right; what it said before stays beside it.

    Raises
        NotAsked: the school does not have this figure.
        Refused: the value is what stands there already, or negative.
    """
    stage, grade, code = place
    spec = FIELDS.get(code)
    with transaction.atomic():
        register = locked(row.register)
        held = Figure.objects.select_for_update().filter(record=row, stage=stage, grade=grade, field=code).first()
        if held is None and (spec is None or (stage, grade) not in spec.places(queries.stages_of(row))):
            raise NotAsked(_("这所学校没有“%(name)s”这一项。") % {"name": queries.field_name(code) if spec else code})
        if value < 0 or (held and held.value == value):
            raise Refused(_("更正后的数值不能为负，也不能与原来相同。"))
        before, source = (held.value, held.source) if held else (None, "")
        figure = held or Figure(county_id=row.county_id, record=row, stage=stage, grade=grade, field=code)
        figure.value, figure.source, figure.as_of = value, Source.COUNTY, register.as_of
        figure.version += 1
        figure.save()
        made = Correction(
            county_id=row.county_id, record=row, figure=figure, before=before, before_source=source, after=value,
            reason=reason, by=actor.label[:200], at=now,
        )  # fmt: skip
        add(actor, made, action="orgs.correct_figure", now=now, reason=reason)
        recount(actor, register, now=now)
    return made


def keep_room(actor: Actor, row: SchoolRecord, *, room: Room | None, now: datetime, **fields_of_room: Any) -> Room:
    """This function will add a room for music or art, or change it.

    Raises
        Refused: there is one of this name, or a value does not hold.
    """
    with transaction.atomic():
        register = hold_record(row)
        touch(row.pk)
        if room is None:
            made = Room(
                county_id=row.county_id, record=row, source=Source.SCHOOL, as_of=register.as_of, **fields_of_room
            )
            kept = add(actor, made, action="orgs.keep_room", now=now)
        else:
            kept = change(actor, room, action="orgs.keep_room", now=now, source=Source.SCHOOL, **fields_of_room)
        recount(actor, register, now=now)
    return kept


def drop_room(actor: Actor, room: Room, *, now: datetime) -> None:
    """This function will take a room off the record, with a trace in the audit."""
    with transaction.atomic():
        register = hold_record(room.record)
        touch(room.record_id)
        record(actor, "orgs.drop_room", room, now=now, changes={"area": (room.area, None), "name": (room.name, None)})
        room.delete()
        recount(actor, register, now=now)
