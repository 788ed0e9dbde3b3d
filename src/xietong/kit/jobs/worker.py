"""The worker process: `xietong worker`, or `python -m xietong.kit.jobs.worker`."""

import logging
import signal
from threading import Event, Thread, current_thread, main_thread

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from xietong.kit.jobs.beat import beat, tick
from xietong.kit.jobs.delivery import STOP

logger = logging.getLogger(__name__)
LOOK_EVERY = 0.5
AFTER_FAILURE = 5.0


def work(stop: Event | None = None, *, batch: bool = False) -> None:
    """This function will work off the queue until `stop` is set or a signal comes; with `batch`, until it is empty.

    A job that is under way then ends its batch and goes back to the queue. A database that is away
    is waited for.
    """
    stop = stop or Event()
    before = STOP.set(stop)
    try:
        if batch:
            tick()
            worker(batch=True).run()
        else:
            work_on(stop)
    finally:
        STOP.reset(before)


def work_on(stop: Event) -> None:
    if current_thread() is main_thread():
        stop_on_signals(stop)
    one = worker(batch=False)
    threads = [Thread(target=beat, args=(stop,), name="beat"), Thread(target=end, args=(one, stop), name="end")]
    for thread in threads:
        thread.start()
    try:
        run_through_failures(one, stop)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def worker(*, batch: bool) -> Worker:
    return Worker(
        queue_names=["default"],
        interval=LOOK_EVERY,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def stop_on_signals(stop: Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


def end(one: Worker, stop: Event) -> None:
    """The library's worker looks at a flag of its own."""
    stop.wait()
    one.running = False


def run_through_failures(one: Worker, stop: Event) -> None:
    while not stop.is_set():
        try:
            one.run()
        except (OperationalError, InterfaceError):
            logger.exception("the database is away")
            close_old_connections()
            stop.wait(AFTER_FAILURE)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xietong.web.settings")
    django.setup()
    work()
