"""Review: many reports at once, remarks on single files, and spot checks of what was accepted."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.actions.work import accept, send_back, tell
from xietong.areas.plans.models import FileRemark, Report, SpotCheck
from xietong.areas.plans.rules import sampling
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.kit.records.writing import add, change


class NothingToDraw(Refused):
    """No report was accepted in the period."""


class FindingUnclear(Refused):
    """A check that found something wrong does not say what."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a bulk approval ended: how many were accepted, and what kept each of the others."""

    accepted: int
    skipped: tuple[str, ...]


def accept_reports(actor: Actor, reports: Iterable[Report], *, now: datetime) -> Answered:
    """This function will accept several reports, each for itself: one that cannot be is named and left."""
    outcomes = list(accept_each(actor, reports, now=now))
    return Answered(outcomes.count(""), tuple(reason for reason in outcomes if reason))


def accept_each(actor: Actor, reports: Iterable[Report], *, now: datetime) -> Iterator[str]:
    """Accepts one report after the other and tells for each why it was not, or nothing."""
    for report in reports:
        try:
            accept(actor, report, now=now)
        except Refused as refusal:
            yield _("%(task)s（%(unit)s）：%(why)s") % {"task": report.task, "unit": report.unit, "why": refusal}
        else:
            yield ""


def accept_reports_later(actor: Actor, reports: Sequence[Report], *, now: datetime) -> Job:
    """This function will have a worker accept many reports, those that nobody else has answered by then."""
    keys = [one.pk for one in reports]
    digest = sha256(",".join(map(str, keys)).encode()).hexdigest()[:16]
    return enqueue(
        "plans.accept",
        key=f"plans.accept:{actor.account_id}:{actor.term_id}:{digest}",
        payload={"reports": keys},
        actor=actor,
        now=now,
    )


def send_back_with_remarks(
    actor: Actor, report: Report, *, opinion: str, remarks: Mapping[int, str], now: datetime
) -> Report:
    """This function will return a report with an opinion, and say of single files what is wrong with them.

    A remark on a file that is not of this report is left out.

    Raises
        OpinionMissing: the opinion is empty.
        WrongState: the report has been answered already.
    """
    with transaction.atomic():
        row = send_back(actor, report, opinion=opinion, now=now)
        for file in queries.evidence_of(row):
            said = remarks.get(file.pk, "").strip()
            if said:
                remark = FileRemark(
                    county_id=row.county_id, report=row, file_id=file.pk, file_name=file.name, text=said
                )
                add(actor, remark, action="plans.remark_file", now=now)
    return row


def draw_checks(actor: Actor, *, from_on: date, to_on: date, number: int, now: datetime) -> str:
    """This function will draw accepted reports of a period by lot; returns what the draw is called.

    The name is the seed: `rules.sampling.drawn` gives the same reports again.

    Raises
        NothingToDraw: nothing was accepted in the period.
    """
    pool = queries.eligible(actor, from_on, to_on)
    if not pool:
        raise NothingToDraw(_("这个时段没有审核通过的填报，请换个时段。"))
    draw = sampling.label(from_on, to_on, number, secrets.token_hex(3))
    with transaction.atomic():
        rows = [
            SpotCheck(county_id=actor.home, report_id=pk, draw=draw, drawn_at=now, drawn_by=actor.acting_name[:120])
            for pk in sampling.drawn(draw, pool, number)
        ]
        SpotCheck.objects.bulk_create(rows)
        changes = {
            "draw": (None, draw),
            "pool": (None, len(pool)),
            "reports": (None, [row.report_id for row in rows]),
        }
        record(actor, "plans.draw_checks", None, now=now, changes=changes)
    return draw


def record_check(actor: Actor, check: SpotCheck, *, finding: str, note: str = "", now: datetime) -> SpotCheck:
    """This function will note what a spot check found; a unit whose report is not as it is learns of it.

    Raises
        FindingUnclear: something is wrong, and the note does not say what.
        Stale: somebody else has noted it meanwhile.
    """
    faulty = finding == SpotCheck.Finding.FAULTY
    if faulty and not note.strip():
        raise FindingUnclear(_("不符的须写明情况。"))
    with transaction.atomic():
        row = change(
            actor,
            check,
            action="plans.record_check",
            now=now,
            version=check.version,
            finding=finding,
            note=note.strip(),
            checked_by=actor.acting_name[:120],
            checked_at=now,
        )
        if faulty:
            task = row.report.task
            accounts = people.accounts_of_unit(task.county_id, row.report.unit_id, day_of(now))
            tell(actor, task, accounts, gettext_noop("抽查发现填报与实际不符"), kind="plans.check", now=now)
    return row
