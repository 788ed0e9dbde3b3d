"""What a monitor asks, and what an old browser is told."""

import shutil

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from xietong.kit.accounts.request import Request
from xietong.kit.jobs.queries import oldest_waiting_seconds
from xietong.kit.ruletable.table import is_loaded

LEAST_FREE = 512 * 1024 * 1024
LONGEST_WAIT = 300


def healthz(_request: Request) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: Request) -> JsonResponse:
    """Database, migrations, rules, age of the queue, disk: 200 if all are well, else 503 naming what is not."""
    found = checks()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def checks() -> dict[str, bool]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {
        "database": connection.is_usable(),
        "migrations": not plan,
        "rules": is_loaded(),
        "queue": oldest_waiting_seconds() < LONGEST_WAIT,
        "disk": shutil.disk_usage(settings.HOME).free > LEAST_FREE,
    }


def outdated(request: Request) -> HttpResponse:
    return render(request, "pages/outdated.html")
