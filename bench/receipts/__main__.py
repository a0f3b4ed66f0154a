"""python -m bench.receipts [--receipts 200] [--peer 20] [--rounds 3]

Sealed receipts with QR code per second of one core: ours through ``receipt_pdf`` on rows read
from the database, against the same content as HTML set by WeasyPrint, with segno's QR code, and
signed by pyHanko with a P-256 key. In turn, medians of CPU seconds. Every receipt of ours in the
last round is then shown to pyHanko's validator, to ``pdfsig`` and to ``openssl cms -verify``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netral.pledges.models import Signature


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--receipts", type=int, default=200, help="of ours per round")
    options.add_argument("--peer", type=int, default=20, help="of the peer's per round")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="netral-bench-") as folder:
        signatures = _signatures(folder, chosen.receipts)
        _compare(signatures, chosen, Path(folder))


def _signatures(folder: str, count: int) -> list[Signature]:
    os.environ["NETRAL_VAR"] = folder
    os.environ["NETRAL_DATABASE"] = ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from bench.pages import world
    from netral.pledges.models import Signature

    call_command("migrate", verbosity=0)
    world.build(3 * count, units_per_top=12, tops=5)
    found = Signature.objects.select_related(
        "person", "unit", "ceremony__government", "ceremony__election"
    ).order_by("receipt_code")[:count]
    return list(found)


def _compare(signatures: list[Signature], chosen: argparse.Namespace, folder: Path) -> None:
    from django.utils import timezone

    from bench.receipts.acceptance import refused
    from bench.receipts.peer import Peer
    from netral.pledges.services.receipts import receipt_pdf

    peer = Peer(folder)

    def ours(signature: Signature) -> bytes:
        return receipt_pdf(signature, now=timezone.now(), proof=b"proof" * 300)

    ours(signatures[0]), peer.receipt(signatures[0])  # masters and fonts are set once
    costs: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(chosen.rounds):
        seconds, made = _cpu(ours, signatures)
        costs["ours"].append(seconds)
        costs["peer"].append(_cpu(peer.receipt, signatures[: chosen.peer])[0])
    ours_ms, peer_ms = (1000 * statistics.median(costs[name]) for name in ("ours", "peer"))
    print(
        f"{chosen.rounds} rounds of {len(signatures)} and {chosen.peer} receipts, CPU of one core:"
        f" ours {ours_ms:.2f} ms ({1000 / ours_ms:,.0f}/s), WeasyPrint with pyHanko"
        f" {peer_ms:.1f} ms ({1000 / peer_ms:.0f}/s), {peer_ms / ours_ms:.0f} times"
        " (goal 20 or more)"
    )
    for reader, count in refused(made, folder).items():
        print(f"  {reader}: {len(made) - count} of {len(made)} accepted")


def _cpu(make: Callable[[Signature], bytes], signatures: list[Signature]) -> tuple[float, list]:
    """CPU seconds for one, and what was made."""
    started = time.process_time()
    made = [make(signature) for signature in signatures]
    return (time.process_time() - started) / len(made), made


if __name__ == "__main__":
    main()
