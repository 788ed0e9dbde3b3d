"""Writes: organisations, terms, leading group, agreements, holidays."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs.events import OrganisationClosed
from xietong.areas.orgs.models import (
    Agreement,
    County,
    LeadingGroup,
    LeadingGroupUnit,
    Organisation,
    Term,
)
from xietong.areas.orgs.rules.codes import CodeError, parse_school_code
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.models import Holiday
from xietong.kit.errors import Refused
from xietong.kit.events.bus import announce
from xietong.kit.records.writing import add, change, locked
from xietong.kit.sheets.journal import Journal
from xietong.kit.words import said


class CircularParent(Refused):
    """An organisation cannot stand below itself, nor file through one that files through it."""


class ForeignUnit(Refused):
    """The other organisation belongs to another county."""


class NotClosable(Refused):
    """The organisation still has open parts below it."""


def open_organisation(actor: Actor, *, now: datetime, **fields: Any) -> Organisation:
    """This function will add an organisation to the actor's county.

    Raises
        Refused: the name is taken, the code is malformed, or the parent is another county's.
    """
    row = Organisation(county_id=actor.home, **checked(fields))
    must_be_sibling(actor, row.parent, row.files_through)
    return add(actor, row, action="orgs.open_organisation", now=now)


def change_organisation(
    actor: Actor, organisation: Organisation, *, version: int, now: datetime, **fields: Any
) -> Organisation:
    """This function will change the register entry of an organisation.

    Raises
        Stale: somebody changed it meanwhile.
        Refused: the name is taken, the code is malformed, or the tree would bite its tail.
    """
    parent, through = fields.get("parent"), fields.get("files_through")
    must_be_sibling(actor, parent, through)
    must_fit(organisation, parent, through)
    return change(actor, organisation, action="orgs.change_organisation", now=now, version=version, **checked(fields))


def write_organisation(
    journal: Journal, actor: Actor, pk: int | None, values: Mapping[str, str], *, aliases: list[str]
) -> Organisation:
    """This function will add or change what a row of the workbook says; other units are given by their names.

    Raises
        Refused: as `open_organisation` and `change_organisation`.
    """
    units = Organisation.objects.filter(county_id=actor.home, closed_on=None)
    parent, through = (named(units, values[key]) for key in ("parent", "files_through"))
    fields = checked(
        {
            **{name: values[name] for name in ("name", "short_name", "kind", "code", "urban_rural")},
            "parent": parent,
            "files_through": through,
            "aliases": aliases,
            "opened_on": date.fromisoformat(values["opened_on"]) if values["opened_on"] else None,
            **({"order": int(values["order"])} if values["order"] else {}),
        }
    )
    if pk is None:
        return journal.add(Organisation(county_id=actor.home, **fields))
    row = units.get(pk=pk)
    must_fit(row, parent, through)
    return journal.change(row, **fields)


def hold_register(county: County) -> None:
    """Lets one import into the county's register at a time, until the transaction ends."""
    County.objects.select_for_update(no_key=True).get(pk=county.pk)


def named(units: QuerySet[Organisation], name: str) -> Organisation | None:
    """The unit of this name or short name.

    Raises
        Refused: there is none.
    """
    if not name:
        return None
    found = units.filter(name=name).first() or units.filter(short_name=name).first()
    if found is None:
        raise Refused(_("名册里没有“%(name)s”。") % {"name": name})
    return found


def must_fit(organisation: Organisation, parent: Organisation | None, through: Organisation | None) -> None:
    if below_itself(organisation, parent) or (through and through.pk == organisation.pk):
        raise CircularParent(_("上级机构不能是它自己或它的下级。"))
    if through and (through.files_through_id or organisation.dependants.exists()):
        raise CircularParent(_("代报单位自己不能再由别的单位代报。"))


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the school code in its normal form; an empty code is no code."""
    code = (fields.get("code") or "").strip()
    if not code:
        return {**fields, "code": None}
    try:
        return {**fields, "code": parse_school_code(code).text}
    except CodeError as error:
        raise malformed(error) from error


def malformed(error: CodeError) -> Refused:
    """The refusal of a code, in the language of whoever typed it; the name of the code is one of its values."""
    return Refused(said(error.sentence, {name: said(value) for name, value in error.values.items()}))


def must_be_sibling(actor: Actor, *others: Organisation | None) -> None:
    if any(other is not None and other.county_id != actor.county_id for other in others):
        raise ForeignUnit(_("所选的机构不属于本县。"))


def below_itself(organisation: Organisation, parent: Organisation | None) -> bool:
    while parent is not None:
        if parent.pk == organisation.pk:
            return True
        parent = parent.parent
    return False


def close_organisation(
    actor: Actor,
    organisation: Organisation,
    *,
    closed_on: date,
    successor: Organisation | None,
    reason: str,
    now: datetime,
) -> Organisation:
    """This function will end an organisation, by closing or by merging it into another, and tell the areas above.

    Raises
        NotClosable: open organisations still stand below it.
        Refused: the successor is closed, the same one, or of another county.
    """
    must_be_sibling(actor, successor)
    if successor and (successor.pk == organisation.pk or successor.closed_on):
        raise Refused(_("并入的机构必须是另一个正在运行的机构。"))
    with transaction.atomic():
        row = locked(organisation)
        if row.children.filter(closed_on=None).exists():
            raise NotClosable(_("它还有未撤并的下级机构，请先处理下级机构。"))
        row.dependants.update(files_through=successor)
        row = change(
            actor,
            row,
            action="orgs.close_organisation",
            now=now,
            reason=reason,
            closed_on=closed_on,
            merged_into=successor,
        )
        announce(actor, OrganisationClosed(row.pk, successor.pk if successor else None, closed_on), now=now)
    return row


def add_term(actor: Actor, *, now: datetime, **fields: Any) -> Term:
    """This function will register a term of the actor's county, or of his university."""
    owner = {"county_id": actor.county_id} if actor.county_id else {"university_id": actor.org_id}
    row = Term(**owner, **fields)
    must_not_overlap(row)
    return add(actor, row, action="orgs.add_term", now=now)


def change_term(actor: Actor, term: Term, *, version: int, now: datetime, **fields: Any) -> Term:
    """This function will move the days of a term."""
    for name, value in fields.items():
        setattr(term, name, value)
    must_not_overlap(term)
    return change(actor, term, action="orgs.change_term", now=now, version=version, **fields)


def must_not_overlap(term: Term) -> None:
    others = Term.objects.filter(
        county=term.county,
        university=term.university,
        starts_on__lte=term.ends_on,
        ends_on__gte=term.starts_on,
    ).exclude(pk=term.pk)
    if other := others.first():
        raise Refused(_("与已登记的“%(other)s”日期重叠。") % {"other": other})


def found_group(actor: Actor, *, organisation: Organisation, now: datetime, **fields: Any) -> LeadingGroup:
    """This function will register the leading group by its founding document."""
    must_be_sibling(actor, organisation)
    row = LeadingGroup(county_id=actor.home, organisation=organisation, **fields)
    return add(actor, row, action="orgs.found_group", now=now)


def join_group(
    actor: Actor, group: LeadingGroup, *, unit: Organisation, now: datetime, **fields: Any
) -> LeadingGroupUnit:
    """This function will take a unit into the leading group."""
    must_be_sibling(actor, unit)
    return add(actor, LeadingGroupUnit(group=group, unit=unit, **fields), action="orgs.join_group", now=now)


def leave_group(actor: Actor, seat: LeadingGroupUnit, *, to_on: date, now: datetime) -> LeadingGroupUnit:
    """This function will end a unit's membership; what it was stays on record."""
    return change(actor, seat, action="orgs.leave_group", now=now, to_on=to_on)


def sign_agreement(actor: Actor, *, now: datetime, **fields: Any) -> Agreement:
    """This function will register a cooperation agreement between the county and a university."""
    return add(actor, Agreement(county_id=actor.home, **fields), action="orgs.sign_agreement", now=now)


def change_agreement(actor: Actor, agreement: Agreement, *, version: int, now: datetime, **fields: Any) -> Agreement:
    """This function will change an agreement; from the day after `to_on` the university sees the county no more."""
    return change(actor, agreement, action="orgs.change_agreement", now=now, version=version, **fields)


def set_holiday(actor: Actor, *, on: date, is_work: bool, name: str, now: datetime) -> Holiday:
    """This function will set the county's own rule for a day, over the national one."""
    with transaction.atomic():
        row, _created = Holiday.objects.update_or_create(
            county_id=actor.county_id, on=on, defaults={"is_work": is_work, "name": name}
        )
        record(actor, "orgs.set_holiday", row, now=now, changes={"on": (None, on), "is_work": (None, is_work)})
    return row


def drop_holiday(actor: Actor, holiday: Holiday, *, now: datetime) -> None:
    """This function will withdraw the county's own rule for a day; the national one holds again."""
    with transaction.atomic():
        record(actor, "orgs.drop_holiday", holiday, now=now, changes={"on": (holiday.on, None)})
        holiday.delete()
