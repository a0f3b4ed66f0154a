"""Ports for servers that tests and benchmarks start as processes of their own."""

from __future__ import annotations

import secrets
import socket

FIRST, LAST = 10_000, 31_999
"""Below what Linux and macOS hand out to connections (from 32768): no client can be given them."""


def free_port() -> int:
    """A port that is free, as the next one is: the desk of ``netral run`` takes that.

    Drawn, and not by ``random``, which other tools of the tests seed: workers of one run and runs
    side by side would choose alike.
    """
    for _turn in range(200):
        port = FIRST + 2 * secrets.randbelow((LAST - FIRST) // 2)
        if _is_free(port) and _is_free(port + 1):
            return port
    raise AssertionError(f"no two free ports between {FIRST} and {LAST} in 200 tries")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
