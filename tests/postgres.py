"""A private PostgreSQL for tests and benchmarks.

`python -m tests.postgres -- COMMAND` runs COMMAND with DATABASE_URL set to it. The programs are those of the
Debian package. The server runs on a free port of the loopback address, as somebody other than root, keeps
its files in a temporary folder, and is gone when the block ends.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNERS = ("postgres", "nobody")
NAME = "xietong"
# Nothing here outlives the test, so nothing needs to reach the disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


@contextmanager
def cluster() -> Iterator[str]:
    """A running server with an empty database; gives its address in the form of DATABASE_URL."""
    folder = programs()
    if folder is None:
        message = "PostgreSQL is not installed; on Debian: apt install postgresql"
        raise FileNotFoundError(message)
    home = Path(tempfile.mkdtemp(prefix="xietong-postgres-"))
    server = Server(folder, home)
    try:
        server.start()
        yield server.address
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


class Server:
    """One cluster in one folder."""

    def __init__(self, programs: Path, home: Path) -> None:
        self.programs = programs
        self.home = home
        self.data = home / "data"
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.owner = unprivileged()
        if self.owner:
            os.chown(home, self.owner.pw_uid, self.owner.pw_gid)

    @property
    def address(self) -> str:
        return f"postgres://{NAME}:{self.password}@127.0.0.1:{self.port}/{NAME}"

    def start(self) -> None:
        secret = self.home / "password"
        secret.write_text(self.password)
        self.run(
            "initdb", "--pgdata", self.data, "--username", NAME, "--pwfile", secret, "--no-sync",
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
        )  # fmt: skip
        settings = {**SETTINGS, "port": str(self.port)}
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self.run("pg_ctl", "start", "--wait", "--silent", "--pgdata", self.data, "--log", self.home / "log")
        self.run("createdb", "--host", "127.0.0.1", "--port", str(self.port), "--username", NAME, NAME)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate", "--pgdata", self.data)

    def run(self, program: str, *arguments: str | Path) -> None:
        """This function will run one of PostgreSQL's programs, which all refuse to be run by root."""
        whom: dict[str, Any] = {}
        if self.owner:
            whom = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        done = subprocess.run(
            [self.programs / program, *arguments],
            env={"PATH": os.defpath, "PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"},
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **whom,
        )
        if done.returncode:
            message = f"{program} failed: {done.stderr.strip()}"
            raise RuntimeError(message)


def unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as when root starts it, which PostgreSQL refuses."""
    if os.geteuid():
        return None
    return next(entry for name in OWNERS for entry in pwd.getpwall() if entry.pw_name == name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit(130)
