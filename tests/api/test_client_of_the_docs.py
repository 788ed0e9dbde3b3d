"""The client in docs/reference/api.md does what the page says, word for word."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import build, planning
from xietong.areas.plans.models import Report

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
TEXT = "五月例会已开。"


def client() -> str:
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(code)


def run(site: str, secret: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "XIETONG_SITE": site, "XIETONG_TOKEN": secret, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-I", "-c", client(), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.django_db(transaction=True)
def test_the_client_files_the_progress_of_a_school_once(live_server: Any) -> None:
    planning.rules()
    cast = build.cast()
    build.clock()
    secret = f"xt_{7:040}"
    build.token(cast.liaison, secret=secret)
    planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way", number="17")

    first, again = (run(live_server.url, secret, "17", TEXT) for _ in range(2))

    report = Report.objects.get()
    assert (report.text, report.author_name, report.unit) == (TEXT, "曾小雨", cast.school)
    assert (first.returncode, first.stdout, first.stderr) == (0, f"{report.pk} 待审核\n", "")
    assert again.stdout == first.stdout


@pytest.mark.once
def test_the_client_has_twenty_lines_or_about() -> None:
    assert len([line for line in client().splitlines() if line]) <= 20
