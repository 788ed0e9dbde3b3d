"""Forecasts, made outside of any transaction."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from xietong.areas.places import actions, queries
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Stale
from xietong.kit.jobs.run import Hopeless, Outside, Run
from xietong.kit.words import said


def project(run: Run) -> Iterator[Outside | None]:
    """Reads, reckons, keeps; a scenario that was changed meanwhile has another job."""
    actor, version = run.actor(), run.payload["version"]
    try:
        row = queries.scenario_to_keep(actor, run.payload["scenario"])
    except Http404 as error:
        raise Hopeless(_("这个方案已不在您的权限范围内，没有测算。")) from error
    told = queries.forecasting(row, day_of(run.now))
    found: Any = yield told
    if "sentence" in found:
        raise Hopeless(said(found["sentence"], found["values"]))
    try:
        actions.keep_result(actor, row, result=found, version=version, now=run.now)
    except Stale:
        run.message = _("方案已经改过，另有任务在测算。")
    yield None
