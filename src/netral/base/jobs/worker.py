"""The worker process: takes jobs until told to stop, and looks after the jobs of dead workers."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Collection
from types import FrameType

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from netral.base.jobs import engine, leases, schedule

log = structlog.get_logger("netral.jobs")
POLL_SECONDS = 0.25
LOOK_AFTER_SECONDS = 5.0


class Worker:
    """Runs the jobs of ``queues`` (all when empty), one at a time.

    On SIGTERM or SIGINT it finishes the job in hand and leaves; whoever cannot wait kills it, and
    the job is run again.
    """

    def __init__(self, queues: Collection[str] = ()) -> None:
        self.queues = tuple(queues)
        self.id = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self._looked_after = 0.0

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self.stopping.set()

    def run(self, *, until_empty: bool = False) -> None:
        """Works until stopped, or, with ``until_empty``, until nothing is ready any more."""
        autodiscover_modules("tasks")
        with leases.presence(self.id, ",".join(self.queues), timezone.now()):
            beating = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
            beating.start()
            log.info("worker started", worker=self.id, queues=list(self.queues) or "all")
            try:
                self._work(until_empty)
            finally:
                self.stopping.set()
                beating.join(timeout=5)
        log.info("worker stopped", worker=self.id)

    def _work(self, until_empty: bool) -> None:
        while not self.stopping.is_set():
            busy = False
            try:
                close_old_connections()
                self._look_after_others()
                busy = self._run_next()
            except DatabaseError as error:
                # A database that restarts or a lock held too long: wait, do not die with it.
                log.warning("worker waits for the database", error=type(error).__name__)
                self.stopping.wait(2)
            if not busy:
                if until_empty:
                    return
                self.stopping.wait(POLL_SECONDS)

    def _run_next(self) -> bool:
        job = engine.take(self.queues, self.id)
        if job is None:
            return False
        engine.run(job)
        return True

    def _look_after_others(self) -> None:
        if time.monotonic() - self._looked_after < LOOK_AFTER_SECONDS:
            return
        self._looked_after = time.monotonic()
        leases.give_back_lost_jobs(timezone.now())
        schedule.enqueue_due(timezone.now())

    def _beat(self) -> None:
        while not self.stopping.wait(leases.BEAT.total_seconds()):
            try:
                leases.beat(self.id, timezone.now())
            except DatabaseError as error:
                log.warning("heartbeat missed", error=type(error).__name__)
        connection.close()


def run_worker(queues: Collection[str] = (), *, until_empty: bool = False) -> None:
    worker = Worker(queues)
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run(until_empty=until_empty)
