"""Reminders to many units at once."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from xietong.areas.plans import actions
from xietong.kit.jobs.run import Run

REMIND = "plans.remind"
TASKS_A_BATCH = 300
UNITS_A_BATCH = 20


def remind_units(run: Run) -> Iterator[None]:
    """Thousands of reminders: first they are noted, batch by batch, then each unit is told once of all of its own."""
    actor, keys = run.actor(), run.payload["tasks"]
    text, now = run.payload["text"], datetime.fromisoformat(run.payload["at"])
    counted = {int(unit): n for unit, n in run.cursor.get("units", {}).items()}
    run.total = len(keys)
    for start in range(run.cursor.get("noted", 0), len(keys), TASKS_A_BATCH):
        batch = keys[start : start + TASKS_A_BATCH]
        for unit, tasks in actions.write_reminders(actor, batch, text=text, now=now).items():
            counted[unit] = counted.get(unit, 0) + len(tasks)
        run.done = start + len(batch)
        run.cursor = {"noted": run.done, "units": counted, "told": 0}
        yield
    units = sorted(counted)
    for start in range(run.cursor.get("told", 0), len(units), UNITS_A_BATCH):
        batch = units[start : start + UNITS_A_BATCH]
        actions.tell_units(actor, {unit: counted[unit] for unit in batch}, text=text, now=now)
        run.cursor = {**run.cursor, "told": start + len(batch)}
        yield
    sent = sum(counted.values())
    run.message = _("已催办 %(sent)d 项任务，通知 %(units)d 个单位；%(skipped)d 项不在办理中，没有催办。") % {
        "sent": sent,
        "units": len(units),
        "skipped": len(keys) - sent,
    }
