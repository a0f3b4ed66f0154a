"""The load on the signing desk: wrk (written in C), so that the two cores go to the server."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("tickets.lua")


@dataclass
class Load:
    """What the phones saw in one round."""

    rate: float
    """Signatures confirmed per second."""
    p50: float
    """Milliseconds."""
    p99: float
    receipts: set[str]


def spend(
    *, port: int, wall_code: str, forms: list[str], phones: int, seconds: int, folder: Path
) -> Load:
    """``phones`` connections that sign one after the other for ``seconds``, each for a person of
    its own. AssertionError when anybody is refused, or when the tickets did not last."""
    if not shutil.which("wrk"):
        raise SystemExit("this benchmark needs wrk: apt-get install wrk")
    given, taken = folder / "forms", folder / "answers"
    given.write_text("".join(f"{form}\n" for form in forms))
    said = subprocess.run(
        [
            *f"wrk -t1 -c{phones} -d{seconds}s --timeout 20s -s {SCRIPT}".split(),
            *[f"http://127.0.0.1:{port}/", "--", str(given), f"/t/{wall_code}", str(taken)],
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    summary = json.loads(said.split("SUMMARY ")[1])
    answers = taken.read_text().split()
    statuses, places = answers[::2], answers[1::2]
    assert summary["requests"] <= len(forms), "the tickets did not last: build more people"
    assert set(statuses) == {"303"}, sorted(set(statuses))
    assert all(place.startswith("/tanda/") and "?" not in place for place in places), places[:3]
    return Load(
        rate=summary["requests"] * 1e6 / summary["microseconds"],
        p50=summary["p50"] / 1000,
        p99=summary["p99"] / 1000,
        receipts={place.split("/")[2] for place in places},
    )
