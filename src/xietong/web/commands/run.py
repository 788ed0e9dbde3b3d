"""Serve the site with a worker beside it; migrates first."""

import argparse
import os
import signal
import subprocess
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web processes (use 1 with SQLite)")
    parser.add_argument("--no-worker", action="store_true", help="a worker runs elsewhere")
    parser.add_argument(
        "--demonstration",
        action="store_true",
        help="fill an empty database with the demonstration counties first",
    )


def execute(args: argparse.Namespace) -> int:
    from django.core.management import call_command  # noqa: PLC0415

    from xietong.web.commands import demo, migrate  # noqa: PLC0415

    migrate.bring_up_to_date()
    if args.demonstration:
        demo.fill_if_empty()
    call_command("collectstatic", interactive=False, verbosity=0)
    signal.signal(signal.SIGTERM, interrupt)
    worker = None if args.no_worker else subprocess.Popen([sys.executable, "-m", "xietong.web.cli", "worker"])
    print(f"Xietong: http://{args.host}:{args.port}/  (Ctrl+C ends it)", flush=True)  # noqa: T201
    try:
        return serve(args)
    finally:
        if worker:
            end(worker)


def serve(args: argparse.Namespace) -> int:
    command = [
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            args.host,
            "--port",
            str(args.port),
        ),
        *("--workers", str(args.workers), "--blocking-threads", "4", "--no-ws", "--log-level", "error"),
        "xietong.web.wsgi:application",
    ]
    server = subprocess.Popen(command, env=os.environ)  # noqa: S603
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        end(server)


def end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    child.wait(timeout=30)


def interrupt(_number: int, _frame: object) -> None:
    """A service manager's SIGTERM ends the site as Ctrl+C does: with its children, none left on its port."""
    raise KeyboardInterrupt
