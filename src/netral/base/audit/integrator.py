"""The integrator process: looks five times a second whether something was appended."""

from __future__ import annotations

import gc
import signal
import threading
from types import FrameType

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from netral.base.audit import files, keys
from netral.base.audit.before import before_each_round
from netral.base.audit.integrating import Contradiction, integrate
from netral.base.audit.models import LogKey

log = structlog.get_logger("netral.log")
POLL_SECONDS = 0.2
"""One primary-key read. With the round itself well below the second that is promised, and
nobody who appends has to know that somebody listens, or on which machine."""
REST_SECONDS = 0.5
"""After a round that found something: while a hall signs, more is coming, and a round costs the
same for ten entries or a thousand."""
WAIT_AFTER_TROUBLE = 5.0


class Integrator:
    """Goes on until it is told to stop. Killed in the middle, the next one finishes its work."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._complaint = ""

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self.stopping.set()

    def run(self) -> None:
        log.info("log.integrator_started")
        while not self.stopping.is_set():
            self.stopping.wait(self._one_round())

    def _one_round(self) -> float:
        """Does a round; returns how many seconds to wait before the next."""
        try:
            close_old_connections()
            done = work_once()
        except (Contradiction, keys.KeyTrouble, OSError, ValueError) as trouble:
            self._complain(str(trouble))
            return WAIT_AFTER_TROUBLE
        except DatabaseError as error:
            connection.close()
            self._complain(f"the database does not answer ({type(error).__name__})")
            return WAIT_AFTER_TROUBLE / 5
        self._complaint = ""
        return REST_SECONDS if done else POLL_SECONDS

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            log.error("log.stands_still", reason=sentence)
        self._complaint = sentence


def work_once() -> bool:
    """One round with all that belongs to it; whether there was something to do."""
    make_first_key()
    before_each_round(timezone.now())
    done = integrate(timezone.now())
    return done.after > done.before


def make_first_key() -> None:
    """A log begins with a key. One that had a key and lost it is not given another silently."""
    if LogKey.objects.filter(role=LogKey.Role.LOG).exists():
        return
    with files.in_turn():
        if not LogKey.objects.filter(role=LogKey.Role.LOG).exists():
            keys.add_key(now=timezone.now())


def run_integrator() -> None:
    gc.freeze()  # all of Django is here to stay: the collector need not walk it again and again
    integrator = Integrator()
    signal.signal(signal.SIGTERM, integrator.stop)
    signal.signal(signal.SIGINT, integrator.stop)
    integrator.run()
