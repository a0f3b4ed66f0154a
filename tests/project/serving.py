"""``netral run`` as its own process, and what a terminal and a visitor see of it."""

from __future__ import annotations

import contextlib
import http.client
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.ports import free_port
from tests.project.conftest import Place


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


def codes_read(text: str) -> list[str]:
    """What a phone reads off the QR codes of half-block characters in a terminal."""
    import zxingcpp
    from PIL import Image

    picture = _drawn(text)
    image = Image.new("L", (len(picture[0]), len(picture)))
    image.putdata([value for row in picture for value in row])
    big = image.resize((image.width * 8, image.height * 8))
    return [code.text for code in zxingcpp.read_barcodes(big)]


def _drawn(text: str) -> list[list[int]]:
    """Rows of grey values; lines that hold letters are no part of the picture."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    halves = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    rows: list[list[int]] = []
    for line in plain.splitlines():
        if set(line) & set("█▀▄") and set(line) <= halves.keys():
            pairs = [halves[character] for character in line]
            rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    width = max(map(len, rows))
    return [row + [255] * (width - len(row)) for row in rows if row]


@contextlib.contextmanager
def serving(place: Place, *words: str) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """``netral run`` as its own process, healthy; yields it, its port and what it says."""
    port = free_port()
    said = place.folder / "said.txt"
    command = [sys.executable, "-m", "netral.project.commandline", "run", "--port", str(port)]
    with said.open("w") as file:
        process = subprocess.Popen(
            [*command, "--workers", "1", *words],
            env=place.environment, stdout=file, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_until(lambda: "Ctrl-C stops it" in said.read_text() or process.poll() is not None,
                   "health", 90)  # fmt: skip
        assert process.poll() is None, said.read_text()
        yield process, port, said
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def get(port: int, path: str, host: str = "127.0.0.1", at: str = "127.0.0.1") -> int:
    """The status of the answer to a visitor who calls the server ``host``, at one address."""
    connection = http.client.HTTPConnection(at, port, timeout=20)
    connection.request("GET", path, headers={"Host": host})
    status = connection.getresponse().status
    connection.close()
    return status
