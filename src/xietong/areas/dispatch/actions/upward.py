"""上报: a form of a higher bureau is kept and mapped once, filled for a month, and handed in for good."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, documents, queries
from xietong.areas.dispatch.actions.drafting import UnknownFigure, must_have_a_subject
from xietong.areas.dispatch.actions.freezing import BY, kept_once
from xietong.areas.dispatch.actions.issuing import Tampered
from xietong.areas.dispatch.actions.refusals import hold
from xietong.areas.dispatch.models import Cycle, UpwardForm, UpwardReport
from xietong.areas.dispatch.rules.snapshots import Figure, digest
from xietong.areas.dispatch.rules.upward import blanks_of, frozen, kept_in, values_of
from xietong.areas.orgs import queries as orgs
from xietong.kit.accounts.actor import Actor
from xietong.kit.blanks import read_form
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import V, add, change, locked
from xietong.kit.sandbox import Unreadable

BIGGEST = 2 * 1024 * 1024
NAME = 120
WORDS = 200  # of what is written into one blank


class BadForm(Refused):
    """A file that is no form which could be filled; says what to do."""


class NotBlank(Refused):
    """Something was to be written where the form has no blank; names the address."""


class BadWords(Refused):
    """Fixed words that are missing or too long; names the address."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A form with its new edition, and the blanks whose mapping did not hold, by address and label."""

    row: UpwardForm
    lost: tuple[str, ...]


def add_upward_form(
    actor: Actor, *, name: str, to_whom: str, file_name: str, content: bytes, now: datetime
) -> UpwardForm:
    """This function will keep a form of a higher bureau, to be mapped next.

    Raises
        BadForm: the file is too big, hostile, or has no blanks.
        Refused: there is a form of this name; a name is missing or too long.
    """
    layout, kind = read(content)
    with transaction.atomic():
        county = locked(orgs.county(actor.home))
        row = UpwardForm(
            county=county,
            name=name.strip(),
            to_whom=to_whom.strip(),
            kind=kind,
            template=kept_once(county.pk, content),
            file_name=file_name[-NAME:],
            blanks=len(blanks_of(layout)),
        )
        return keep(add(actor, row, action="dispatch.add_upward_form", now=now), layout=layout)


def read(content: bytes) -> tuple[list[dict[str, Any]], str]:
    """How a file reads, and its kind.

    Raises
        BadForm: it cannot be used.
    """
    if len(content) > BIGGEST:
        raise BadForm(_("上报表不能超过 2 MB，请去掉图片后再上传。"))
    try:
        paper = read_form(content)
    except Unreadable as error:
        raise BadForm(str(error)) from error
    return [asdict(one) for one in paper.grids], paper.kind


def keep(row: V, **large: Any) -> V:
    """What is too long for the audit, which has the digest or the file's own instead."""
    type(row)._default_manager.filter(pk=row.pk).update(**large)
    for name, value in large.items():
        setattr(row, name, value)
    return row


def change_upward_form(
    actor: Actor, form: UpwardForm, *, name: str, to_whom: str, version: int, now: datetime
) -> UpwardForm:
    """This function will call a form otherwise; what was reported keeps the name of its day.

    Raises
        Refused: there is a form of this name; a name is missing or too long.
        Stale: somebody changed it meanwhile.
    """
    said = {"name": name.strip(), "to_whom": to_whom.strip()}
    return change(actor, form, action="dispatch.change_upward_form", now=now, version=version, **said)


def replace_upward_file(actor: Actor, form: UpwardForm, *, file_name: str, content: bytes, now: datetime) -> Replaced:
    """This function will take a new edition of a form; what was reported keeps the old one.

    Raises
        BadForm: the file is too big, hostile, or has no blanks.
    """
    layout, kind = read(content)
    with transaction.atomic():
        row = locked(form)
        kept = kept_in(row.layout, layout, mapping=row.mapping, constants=row.constants)
        row = change(
            actor,
            row,
            action="dispatch.replace_upward_file",
            now=now,
            kind=kind,
            template=kept_once(row.county_id, content),
            file_name=file_name[-NAME:],
            blanks=len(blanks_of(layout)),
            mapping=kept.mapping,
            constants=kept.constants,
        )
        return Replaced(keep(row, layout=layout), kept.lost)


def map_upward_form(
    actor: Actor,
    form: UpwardForm,
    *,
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
    version: int,
    now: datetime,
) -> UpwardForm:
    """This function will say what belongs into which blank: the name of a figure, or words that never change.

    Raises
        NotBlank: an address is no blank of the form.
        UnknownFigure: a name is no figure.
        BadWords: fixed words are missing or too long.
        Stale: somebody changed it meanwhile.
    """
    words = {address: " ".join(text.split()) for address, text in constants.items() if address not in mapping}
    with transaction.atomic():
        row = locked(form)
        must_be_blank(row, [*mapping, *words])
        must_be_known(mapping, documents.upward_names(row.county_id))
        must_be_said(words)
        said: dict[str, Any] = {"mapping": dict(mapping), "constants": words}
        return change(actor, row, action="dispatch.map_upward_form", now=now, version=version, **said)


def must_be_blank(form: UpwardForm, addresses: Iterable[str]) -> None:
    """Raises NotBlank."""
    there = blanks_of(form.layout)
    for address in addresses:
        if address not in there:
            raise NotBlank(_("“%(address)s”不是这张表的空格，不能填写。") % {"address": address})


def must_be_known(mapping: Mapping[str, str], names: Iterable[str]) -> None:
    """Raises UnknownFigure."""
    known = set(names)
    for address, name in mapping.items():
        if name not in known:
            said = {"address": address, "name": name}
            raise UnknownFigure(_("“%(address)s”对应的“%(name)s”不是系统数据，请重新选择。") % said)


def must_be_said(words: Mapping[str, str]) -> None:
    """Raises BadWords."""
    for address, text in words.items():
        if not text or len(text) > WORDS:
            raise BadWords(_("“%(address)s”的固定文字要写，且不超过 200 字。") % {"address": address})


def fill_upward_form(actor: Actor, form: UpwardForm, *, cycle: Cycle, now: datetime) -> UpwardReport:
    """This function will freeze what a form says of a month; made again it takes the place of what was not handed in.

    Raises
        MovedOn: nothing is mapped yet; the month was handed in.
        NothingToSay: the month is still being opened.
        UnknownFigure: the mapping names what is no figure any more.
    """
    must_have_a_subject(cycle, None)
    with transaction.atomic():
        row = hold(form, access.FILL_UPWARD_FORM)
        figures = documents.upward_figures(cycle, day_of(now))
        must_be_known(row.mapping, [one.name for one in figures])
        content = said_of(row, cycle, figures, now=now)
        made: dict[str, Any] = {
            "at": now,
            "by": actor.acting_name[:BY],
            "digest": digest(content),
            "template": row.template,
        }
        return keep(put_down(actor, row, cycle, made, now=now), content=content)


def said_of(form: UpwardForm, cycle: Cycle, figures: Iterable[Figure], *, now: datetime) -> dict[str, Any]:
    found = tuple(figures)
    return frozen(
        title=form.name,
        to_whom=form.to_whom,
        month=cycle.label,
        day=day_of(now).isoformat(),
        kind=form.kind,
        layout=form.layout,
        values=values_of(blanks_of(form.layout), form.mapping, form.constants, found),
        figures=found,
    )


def put_down(actor: Actor, form: UpwardForm, cycle: Cycle, made: Mapping[str, Any], *, now: datetime) -> UpwardReport:
    """The report of a month, new or made again."""
    there = queries.upward_report_of(form, cycle)
    if there is None:
        row = UpwardReport(county_id=form.county_id, form=form, cycle=cycle, year=cycle.month.year, **made)
        return add(actor, row, action="dispatch.fill_upward_form", now=now)
    row = hold(there, access.CHANGE_UPWARD_REPORT)
    return change(actor, row, action="dispatch.fill_upward_form", now=now, **made)


def hand_in_report(
    actor: Actor, report: UpwardReport, *, version: int, note: str = "", now: datetime
) -> UpwardReport:
    """This function will note that a report went to the higher bureau; from now on it stays as it is.

    Raises
        MovedOn: it was handed in.
        Stale: it was made again since it was looked at.
        Tampered: what is stored is not what was filled in.
        Refused: the note is too long.
    """
    with transaction.atomic():
        row = hold(report, access.CHANGE_UPWARD_REPORT)
        if digest(row.content) != row.digest:
            raise Tampered(_("存储的内容与填报时不一致，不能上报；请重新填报，并请系统管理员核查审计记录。"))
        said: dict[str, Any] = {"reported_at": now, "reported_by": actor.acting_name[:BY], "note": note.strip()}
        return change(actor, row, action="dispatch.hand_in_report", now=now, version=version, **said)


def drop_report(actor: Actor, report: UpwardReport, *, now: datetime) -> None:
    """This function will take away a report that was not handed in; the audit keeps that it was made.

    Raises
        MovedOn: it was handed in.
    """
    with transaction.atomic():
        row = hold(report, access.CHANGE_UPWARD_REPORT)
        change(actor, row, action="dispatch.drop_report", now=now).delete()
