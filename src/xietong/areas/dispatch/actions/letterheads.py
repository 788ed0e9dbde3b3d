"""文头 and templates: with what a county's documents begin and end, and the .docx that its office changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.dispatch import documents, queries
from xietong.areas.dispatch.actions.freezing import kept_once
from xietong.areas.dispatch.models import Letterhead
from xietong.areas.orgs import queries as orgs
from xietong.kit.accounts.actor import Actor
from xietong.kit.docx.official import Fault, check_template
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked
from xietong.kit.sandbox import Unreadable

BIGGEST = 2 * 1024 * 1024
NAME = 120


class BadTemplate(Refused):
    """A file that is no usable template; carries what is wrong with it, each with its place."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(message)


def set_letterhead(actor: Actor, *, kind: str, version: int, now: datetime, **places: str) -> Letterhead:
    """This function will set what documents of a kind begin and end with. `version` is 0 where nothing was set.

    Raises
        Refused: a place is too long, or the name is missing.
        Stale: somebody changed it meanwhile.
    """
    with transaction.atomic():
        row = held(actor, kind, now=now)
        seen = version or 1  # what `held` has just made; what was there has been changed at least once
        return change(actor, row, action="dispatch.set_letterhead", now=now, version=seen, **places)


def set_template(actor: Actor, *, kind: str, name: str, content: bytes, now: datetime) -> Letterhead:
    """This function will make documents of a kind from a template of the county's own from now on.

    Raises
        BadTemplate: the file is too big or no .docx, or has faults; nothing is kept.
    """
    if len(content) > BIGGEST:
        raise BadTemplate(_("模板不能超过 2 MB，请去掉大图片。"))
    try:
        faults = check_template(content, documents.KINDS[kind])
    except Unreadable as error:
        raise BadTemplate(str(error)) from error
    if faults:
        raise BadTemplate(_("模板有 %(n)d 处要改，改好后再上传。") % {"n": len(faults)}, faults)
    with transaction.atomic():
        row = held(actor, kind, now=now)
        kept = kept_once(row.county_id, content)
        return change(actor, row, action="dispatch.set_template", now=now, template=kept, template_name=name[-NAME:])


def clear_template(actor: Actor, *, kind: str, now: datetime) -> Letterhead:
    """This function will go back to the template that is shipped; documents that were frozen keep theirs."""
    with transaction.atomic():
        row = held(actor, kind, now=now)
        return change(actor, row, action="dispatch.clear_template", now=now, template=None, template_name="")


def held(actor: Actor, kind: str, *, now: datetime) -> Letterhead:
    """The row of a kind, held; made of what is shipped where the county had none."""
    county = locked(orgs.county(actor.home))
    row = queries.letterhead_of(county.pk, kind)
    if row is None:
        row = Letterhead(county=county, kind=kind, **documents.default_head(kind, county))
        row = add(actor, row, action="dispatch.set_letterhead", now=now)
    return locked(row)
