"""迎检材料包: asked for here, made by a worker."""

import json
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans import queries
from xietong.areas.plans.models import Plan
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job


class NothingChosen(Refused):
    """No accepted report lies in what was chosen."""


def make_package(actor: Actor, plan: Plan, *, choice: queries.Choice, now: datetime) -> Job:
    """This function will ask for a package of the evidence of a choice; it waits in the download centre.

    What goes in is decided when it is made, by what the actor may see then.

    Raises
        NothingChosen: there is nothing to pack; no job is made.
    """
    if not queries.packed_reports(actor, plan, choice).exists():
        raise NothingChosen(_("所选的条款、单位和时段里没有审核通过的填报，请换个范围。"))
    payload = {"plan": plan.pk, **choice.payload()}
    digest = sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:16]
    with transaction.atomic():
        record(actor, "plans.make_package", plan, now=now, changes={"choice": (None, choice.payload())})
        return enqueue(
            "plans.package",
            key=f"plans.package:{actor.account_id}:{actor.term_id}:{digest}",
            payload=payload,
            actor=actor,
            county_id=plan.county_id,
            now=now,
        )
