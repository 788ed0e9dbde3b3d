"""A cycle is opened, so many units at a time. Killed in between it goes on behind the last batch that was kept."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xietong.areas.dispatch import actions, queries
from xietong.kit.jobs.run import Run

UNITS_A_BATCH = 100


def open_cycle(run: Run) -> Iterator[None]:
    """Batches follow the keys of the units; the sums of what was asked travel in the cursor."""
    actor, cycle = run.actor(), queries.cycle_of(run.payload["cycle"])
    kept = {"after": 0, "units": 0, "fields": 0, **run.cursor}
    run.total = kept["units"] + queries.unasked_units(cycle, after=kept["after"]).count()
    while units := [one.pk for one in queries.unasked_units(cycle, after=kept["after"])[:UNITS_A_BATCH]]:
        asked, fields = actions.ask_units(actor, cycle, units, now=run.now)
        kept = {"after": units[-1], "units": kept["units"] + asked, "fields": kept["fields"] + fields}
        run.cursor, run.done = kept, kept["units"]
        yield
    actions.opened(actor, cycle, units=kept["units"], fields=kept["fields"], now=run.now)
    said = {"units": kept["units"], "fields": kept["fields"]}
    run.message = _("已向 %(units)d 个单位下发，共 %(fields)d 项需要填写。") % said
