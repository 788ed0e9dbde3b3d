"""协办填报: a supporting unit files its part to the lead unit, which takes it into its own report."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import Organisation
from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import advance
from xietong.areas.plans.actions.work import NothingReported, tell
from xietong.areas.plans.models import Contribution, Task
from xietong.areas.plans.rules.states import Deed
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, change, locked


def contribute(
    actor: Actor,
    task: Task,
    *,
    unit: Organisation,
    text: str,
    quantity: Decimal | None = None,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> Contribution:
    """This function will file the part of a supporting unit; filed again before it was taken, it is written anew.

    Raises
        NothingReported: no text.
        WrongState: the task is not open.
    """
    if not text.strip():
        raise NothingReported(_("请写明协办情况，哪怕一句话。"))
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        task = advance(actor, locked(task), Deed.CONTRIBUTE, now=now, note=text[:120])
        author = actor.acting_name[:60]
        said: dict[str, Any] = {"text": text.strip(), "quantity": quantity, "author_name": author, "at": now}
        row = task.contributions.filter(unit=unit, report=None).first()
        if row is None:
            row = Contribution(county_id=task.county_id, task=task, unit=unit, author_id=actor.person_id, **said)
            row = add(actor, row, action="plans.contribute", now=now)
        else:
            row = change(actor, row, action="plans.contribute", now=now, author_id=actor.person_id, **said)
        attach(
            actor,
            owner_type=queries.CONTRIBUTION_OWNER,
            owner_id=row.pk,
            county_id=task.county_id,
            uploads=uploads,
            now=now,
        )
        accounts = people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
        tell(actor, task, accounts, gettext_noop("协办单位已填报"), kind="plans.contribute", now=now)
    return row
