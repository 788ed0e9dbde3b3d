"""`xietong run` as a service manager starts and stops it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 90


def wait_until(is_so: object) -> None:
    begun = time.monotonic()
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() - begun < LONGEST
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def children(pid: int) -> list[int]:
    return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_run_takes_its_children_with_it_when_it_is_told_to_end(tmp_path: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"XIETONG_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment["DJANGO_SETTINGS_MODULE"] = "xietong.web.settings"
    command = [sys.executable, "-m", "xietong.web.cli", "run", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path) as site:
        try:
            wait_until(lambda: answers(port))
            below = children(site.pid)
        finally:
            site.send_signal(signal.SIGTERM)
        assert site.wait(timeout=LONGEST) == 0
    assert len(below) == 2
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
    assert not answers(port)
