"""Keeps a set of processes running until told to stop.

What dies is started again after a pause that grows. TERM or Ctrl-C is passed on; who does not
leave within the grace is killed, group and all. A second Ctrl-C kills at once.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from netral.project.refusal import Refusal
from netral.project.supervision.children import Child, describe_end
from netral.speaking.sentences import told

TICK = 0.1
GIVE_UP_AFTER = 4
"""Deaths in a row, before the set was ever healthy, that mean it cannot start at all."""

Say = Callable[[str, str], None]


def say(name: str, event: str) -> None:
    """One readable line per event."""
    print(f"{time.strftime('%H:%M:%S')}  {name:<10} {told(event)}", flush=True)  # noqa: T201


class Supervisor:
    """``is_healthy`` is asked until it says yes, then ``on_healthy`` is called once."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        is_healthy: Callable[[], bool],
        on_healthy: Callable[[], None],
        grace: float = 10.0,
        say: Say = say,
    ) -> None:
        self.children = list(children)
        self.is_healthy = is_healthy
        self.on_healthy = on_healthy
        self.grace = grace
        self.say = say
        self.stop_requests = 0
        self.was_healthy = False

    def run(self) -> None:
        """Returns when everything has stopped; raises Refusal when it could never start."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        try:
            for child in self.children:
                self._start(child)
            while not self.stop_requests:
                self._look()
                time.sleep(TICK)
        finally:
            self._stop_all()

    def _request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stop_requests += 1

    def _start(self, child: Child) -> None:
        number = child.start()
        self.say(child.name, f"started (process {number})")

    def _look(self) -> None:
        for child in self.children:
            if child.has_died():
                self._after_death(child)
            elif child.process is None and time.monotonic() >= child.not_before:
                self._start(child)
        if not self.was_healthy and self.is_healthy():
            self.was_healthy = True
            self.on_healthy()

    def _after_death(self, child: Child) -> None:
        assert child.process is not None
        how = describe_end(child.process)
        pause = child.plan_restart()
        if not self.was_healthy and child.deaths >= GIVE_UP_AFTER:
            where = f"see {child.log}" if child.log else "its own words are above"
            raise Refusal(f"{child.name}: {how}, {child.deaths} times; it cannot start: {where}")
        self.say(child.name, f"{how}; starting again in {pause:g} s")

    def _stop_all(self) -> None:
        running = [child for child in self.children if child.is_running()]
        if running:
            self.say("netral", "stopping …")
        for child in running:
            child.ask_to_stop()
        requests = self.stop_requests
        end = time.monotonic() + self.grace
        while time.monotonic() < end and self.stop_requests <= requests:
            if not any(child.is_running() for child in running):
                break
            time.sleep(TICK)
        for child in self.children:
            if child.is_running():
                self.say(child.name, f"did not leave within {self.grace:g} s; killed")
            child.kill()
        self.say("netral", "stopped")
