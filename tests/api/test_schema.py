"""Every operation keeps to its own description: requests made from the document, none of them by us.

Schemathesis turns the document into requests that keep to it and requests that break it, and checks each answer:
its status, type, shape and headers, that broken values are refused and good ones taken, that nobody gets in without a
token. The rows are those of two counties; what a request files is undone before the next.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import translation
from hypothesis import HealthCheck, settings, strategies
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from tests import build, planning
from tests.kit.handing_in import PDF
from xietong.kit.api.paging import cursor_after
from xietong.web import api

MOST = 20
SECRET = f"xt_{0:040}"
CONFIG = SchemathesisConfig.from_dict(
    {
        "auth": {"openapi": {"BearerToken": {"bearer": SECRET}}},
        "generation": {"mode": "all", "deterministic": True},
        # A report that waits (409) and a row of others (404) are refused however well the request is made.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 304, 403, 404, 409]}},
    }
)

# What is kept is told by its bytes; any others are refused, however well they are sent.
schemathesis.openapi.format("binary", strategies.just(PDF))
with translation.override("zh-hans"):
    SCHEMA = schemathesis.openapi.from_dict(api.document(), config=CONFIG)


class Site(WSGIHandler):
    """The site as a server runs it: the body is sent to its end, then the answer is closed."""

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        answer = super().__call__(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()


SCHEMA.app = Site()


@pytest.fixture
def rows(db: None, settings: Any, tmp_path: Any) -> Iterator[dict[str, int]]:
    """A task that can be reported on, another with a report and its file, and the token of the school's liaison."""
    settings.FILES_ROOT, settings.API_PER_MINUTE = tmp_path, 10**9
    planning.rules()
    cast = build.cast()
    build.clock()
    build.token(cast.liaison, secret=SECRET)
    plan = planning.plan()
    planning.objective(plan=plan, clause=planning.clause(plan=plan), target="4.5", comparison="at_least")
    open_task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", supports=(cast.other_school,))
    report = planning.report(task=planning.task(plan=plan, lead_unit=cast.school, state="claimed"))
    file = planning.stored(report=report, content=PDF)
    # The handler is called inside the transaction of the test, which its connection must outlive.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield {"plan_id": plan.pk, "task_id": open_task.pk, "report_id": report.pk, "file_id": file.pk}
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)
    cache.clear()


def point(case: Case, rows: dict[str, int]) -> None:
    """Puts in what nobody can guess from the document: keys of rows, in two requests of three; and in good requests
    a cursor that the site gave, and no upload of somebody else."""
    for name, value in case.path_parameters.items():
        if isinstance(value, int) and value % 3:
            case.path_parameters[name] = rows[name]
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if "cursor" in (case.query or {}):
        case.query["cursor"] = cursor_after(0)
    if isinstance(case.body, dict) and "uploads" in case.body:
        case.body["uploads"] = []


@pytest.fixture
def answers() -> Iterator[Counter[int]]:
    """Statuses of the answers. An operation that never succeeded would keep to its description for nothing."""
    counted: Counter[int] = Counter()
    yield counted
    assert counted[200] + counted[201] > 0, counted


@SCHEMA.parametrize()
@settings(
    max_examples=MOST, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
def test_operation_keeps_to_its_description(case: Case, rows: dict[str, int], answers: Counter[int]) -> None:
    point(case, rows)
    with transaction.atomic():
        try:
            response = case.call_and_validate()
        finally:
            transaction.set_rollback(True)
    answers[response.status_code] += 1
