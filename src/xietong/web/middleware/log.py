"""One JSON line a request: request id, actor id, role, status, duration; no personal data."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("xietong.request")
SLOW_QUERY_SECONDS = 0.5
EXTRA = (
    "request_id",
    "account",
    "role",
    "method",
    "path",
    "status",
    "ms",
    "seal_seq",
    "seal_mac",
    "sql",
    "job",
    "kind",
)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class LogMiddleware:
    """Gives the request an id, times it, and notes queries that take too long."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from django.db import connection  # noqa: PLC0415  (settings import this module for the formatter)

        request_id = uuid.uuid4().hex[:12]
        started = time.perf_counter()
        with connection.execute_wrapper(SlowQueries(request_id)):
            response = self.respond(request)
        actor = getattr(request, "actor", None)
        logger.info(
            "request",
            extra={
                "request_id": request_id,
                "account": actor.account_id if actor else None,
                "role": actor.role if actor else None,
                "method": request.method,
                "path": told(request),
                "status": response.status_code,
                "ms": round(1000 * (time.perf_counter() - started), 1),
            },
        )
        response["X-Request-Id"] = request_id
        return response


def told(request: HttpRequest) -> str:
    """The path without the secret that an invitation or a calendar is opened with."""
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    return request.path.replace(token, "***") if token else request.path


class SlowQueries:
    """Logs the statement, never its parameters, of a query over half a second."""

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  (Django calls it)
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = time.perf_counter() - started
            if seconds > SLOW_QUERY_SECONDS:
                logger.warning(
                    "slow query",
                    extra={"request_id": self.request_id, "sql": sql, "ms": round(1000 * seconds)},
                )
