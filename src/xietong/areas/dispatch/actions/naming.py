"""点名: no unit is named in a circular before it was heard, nor unless whoever signs ticks it."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.actions.freezing import BY
from xietong.areas.dispatch.actions.holding import must_be_bound
from xietong.areas.dispatch.actions.refusals import BadDay, hold
from xietong.areas.dispatch.models import Cycle, Document, Naming
from xietong.areas.dispatch.rules.snapshots import Snapshot
from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.people import queries as people
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked
from xietong.kit.words import for_the_record

MISSING, LATE = gettext_noop("%(cycle)s月报逾期没有报送"), gettext_noop("%(cycle)s月报逾期报送")
ASK = gettext_noop("一份通报拟写到您单位，请在%(day)s前说明情况")


class NotHeard(Refused):
    """A unit has not been asked for its explanation, or may still give it; names it."""


class NotListed(Refused):
    """The words of a circular name a unit that is not on its list, or that was not ticked; names it."""


class NoMatter(Refused):
    """A unit is put on the list without what would be said of it, or an explanation says nothing."""


def propose_names(actor: Actor, document: Document, cycle: Cycle, *, now: datetime) -> None:
    """Units that did not file or filed late; the office takes off whom it does not want to name."""
    rows = queries.counted(cycle, day_of(now)).filings
    with for_the_record():
        for said, filings in ((MISSING, rows["missing"]), (LATE, rows["late"])):
            matter = _(said) % {"cycle": cycle.label}
            for one in filings:
                naming = Naming(county_id=document.county_id, document=document, unit=one.unit, matter=matter)
                add(actor, naming, action="dispatch.propose_naming", now=now)


def add_naming(
    actor: Actor, document: Document, *, unit: Organisation, matter: str, is_praise: bool = False, now: datetime
) -> Naming:
    """This function will put a unit on the list of those that a circular may name.

    Raises
        MovedOn: it is no draft any more.
        NoMatter: nothing would be said of it.
        OutsideUnit: a unit of elsewhere.
        Refused: it is on the list.
    """
    if not matter.strip():
        raise NoMatter(_("请写明要通报的事项。"))
    with transaction.atomic():
        row = hold(document, access.CHANGE_DOCUMENT)
        must_be_bound(unit, row.county_id, now=now)
        naming = Naming(county_id=row.county_id, document=row, unit=unit, matter=matter.strip(), is_praise=is_praise)
        return add(actor, naming, action="dispatch.add_naming", now=now)


def drop_naming(actor: Actor, document: Document, naming: Naming, *, now: datetime) -> None:
    """This function will take a unit off the list; the audit keeps that it stood there.

    Raises
        MovedOn: the circular is no draft any more.
    """
    with transaction.atomic():
        row = hold(document, access.CHANGE_DOCUMENT)
        gone = change(actor, naming, action="dispatch.drop_naming", now=now)
        if gone.asked_at:
            tell(actor, row, [gone.unit_id], gettext_noop("通报不再写到您单位"), kind="named", now=now)
        gone.delete()


def ask_namings(actor: Actor, document: Document, *, reply_by: date, now: datetime) -> int:
    """This function will ask every unit that is to be criticised for its explanation; how many were asked.

    Raises
        BadDay: a day in the past.
        MovedOn: the circular is no draft any more.
        NotHeard: nobody is left to ask.
    """
    if reply_by < day_of(now):
        raise BadDay(_("说明期限已经过去，请改为今天或以后的日期。"))
    with transaction.atomic():
        row = hold(document, access.CHANGE_DOCUMENT)
        rows = list(row.namings.filter(is_praise=False, asked_at=None).order_by("pk"))
        if not rows:
            raise NotHeard(_("名单上没有需要征求说明的单位，或者都已经征求过。"))
        for one in rows:
            change(actor, one, action="dispatch.ask_naming", now=now, asked_at=now, reply_by=reply_by)
        values = {"day": reply_by.isoformat()}
        tell(actor, row, [one.unit_id for one in rows], ASK, kind="named", values=values, now=now)
    return len(rows)


def explain(actor: Actor, naming: Naming, *, text: str, now: datetime) -> Naming:
    """This function will note what a unit says to what a circular would say of it.

    Raises
        MovedOn: the circular was sent for approval.
        NoMatter: it says nothing.
    """
    if not text.strip():
        raise NoMatter(_("请写明情况。"))
    with transaction.atomic():
        document = locked(naming.document)
        row = hold(naming, access.EXPLAIN_NAMING)
        values: dict[str, Any] = {"text": text.strip(), "answered_at": now, "answered_by": actor.acting_name[:BY]}
        row = change(actor, row, action="dispatch.explain_naming", now=now, **values)
        notify(
            actor,
            accounts=people.accounts_of_role(row.county_id, Role.OFFICE, day_of(now)),
            title=gettext_noop("单位对拟通报事项作了说明"),
            body=f"{row.unit} {row.text}",
            url=queries.document_url(document.pk),
            kind="dispatch.explained",
            county_id=row.county_id,
            now=now,
        )
    return row


def tick_names(actor: Actor, document: Document, *, named: Collection[int], now: datetime) -> int:
    """This function will say which units a circular names, by whoever is about to sign it; how many it names.

    Raises
        MovedOn: it is not being approved.
    """
    with transaction.atomic():
        row = hold(document, access.TICK_NAMES)
        for one in row.namings.order_by("pk"):
            is_named = one.pk in named
            if one.is_named != is_named:
                by = actor.acting_name[:BY] if is_named else ""
                change(actor, one, action="dispatch.tick_naming", now=now, is_named=is_named, ticked_by=by)
        return row.namings.filter(is_named=True).count()


def must_be_heard(document: Document, today: date) -> None:
    """Raises NotHeard."""
    rows = document.namings.filter(is_praise=False).select_related("unit").order_by("unit__order", "unit_id")
    unasked = [one.unit.name for one in rows if one.asked_at is None]
    if unasked:
        raise NotHeard(_("还没有征求这些单位的说明：%(names)s。") % {"names": _("、").join(unasked)})
    waiting = [one.unit.name for one in rows if one.answered_at is None and one.reply_by and today <= one.reply_by]
    if waiting:
        raise NotHeard(_("这些单位还在说明期限内，没有答复：%(names)s。") % {"names": _("、").join(waiting)})


def must_be_listed(document: Document, snapshot: Snapshot, today: date, *, ticked: bool = False) -> None:
    """Raises NotListed if the words name a unit that is not on the list; if `ticked`, one that was not ticked."""
    rows = document.namings.filter(is_named=True) if ticked else document.namings.all()
    listed = set(rows.values_list("unit_id", flat=True))
    named = queries.units_in_words(" ".join(words_of(snapshot)), document.county_id, today)
    if wrong := [one.name for one in named if one.pk not in listed]:
        names = _("、").join(wrong)
        if ticked:
            raise NotListed(_("正文写到了%(names)s，但没有勾选点名；请勾选，或退回修改。") % {"names": names})
        raise NotListed(_("正文写到了%(names)s；请先列入点名名单，或者改写正文。") % {"names": names})


def words_of(snapshot: Snapshot) -> Iterator[str]:
    """What a document says in words and lists."""
    yield snapshot.title
    for section in snapshot.sections:
        yield f"{section.heading} {section.text}"
        table = snapshot.listing(section.listing)
        yield " ".join(cell for line in table.lines for cell in line.cells) if table else ""


def tell(
    actor: Actor,
    document: Document,
    units: Collection[int],
    title: str,
    *,
    kind: str,
    values: dict[str, str] | None = None,
    url: str = "",
    now: datetime,
) -> None:
    """The people of units; before a circular is out they are led to what concerns them and not to the paper."""
    notify(
        actor,
        accounts=people.accounts_of_units(document.county_id, units, day_of(now)),
        title=title,
        values=values,
        body=document.title,
        url=url or reverse("dispatch:namings"),
        kind=f"dispatch.{kind}",
        county_id=document.county_id,
        now=now,
    )
