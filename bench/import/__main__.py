"""python -m bench.import [--rows 18000] [--rounds 3] [--million postgresql://…] [--skip-peer]

Prints the ratios of the goals in README.md. The XLSX part runs on SQLite; ``--million`` runs
``netral import`` on the PostgreSQL at that address (its database is filled: give it an empty one).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from . import command, make_files, measure
from .measure import CHECKOUT, Measured


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.import", description=__doc__)
    parser.add_argument("--rows", type=int, default=18_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip-peer", action="store_true", help="without django-import-export")
    parser.add_argument("--million", metavar="ADDRESS", help="1,000,000 CSV rows, PostgreSQL")
    parser.add_argument("--csv-rows", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="netral-bench-") as folder:
        if options.million:
            million(Path(folder), options.million, options.csv_rows)
        else:
            workbook(Path(folder), options.rows, options.rounds, peer=not options.skip_peer)


def workbook(folder: Path, rows: int, rounds: int, *, peer: bool) -> None:
    path = folder / "pegawai.xlsx"
    make_files.write_workbook(path, rows)
    print(f"{rows:,} rows of XLSX, {path.stat().st_size / 1e6:.1f} MB, SQLite, {rounds} rounds")
    found: dict[str, list[Measured]] = {}
    for turn in range(rounds):
        own = {"NETRAL_VAR": str(folder / f"var-{turn}")}
        Path(own["NETRAL_VAR"]).mkdir()
        contenders = {
            "Netral": ("register", [str(path)], own),
            "floor": ("floor_sqlite", [str(path), str(folder / "floor.db")], {}),
        }
        if peer:
            database = str(folder / "peer.db")
            for how in ("tuned", "valid", "whole"):
                arguments = [str(path), database, how]
                contenders[f"import-export, {how}"] = ("import_export", arguments, {})
        for name, (module, arguments, environment) in contenders.items():
            found.setdefault(name, []).append(measure.run(module, arguments, environment))
    report(found)
    waits(folder, path)


def report(found: dict[str, list[Measured]]) -> None:
    """Medians, and Netral's ratio to each other contender by the clock and by the processor."""
    clock = {name: statistics.median(run.seconds for run in runs) for name, runs in found.items()}
    cpu = {name: statistics.median(run.cpu for run in runs) for name, runs in found.items()}
    for name, runs in found.items():
        peak = max(run.megabytes for run in runs)
        print(f"  {name:<24} {clock[name]:7.2f} s  {cpu[name]:7.2f} s cpu  {peak:5.0f} MB")
        print(f"  {'':<24} {runs[-1].facts}")
    for name in found:
        if name == "floor":
            ratios = clock["Netral"] / clock[name], cpu["Netral"] / cpu[name]
            print(f"  Netral / floor: {ratios[0]:.1f} by the clock, {ratios[1]:.1f} cpu; goal 5")
        elif name != "Netral":
            ratios = clock[name] / clock["Netral"], cpu[name] / cpu["Netral"]
            print(f"  {name} / Netral: {ratios[0]:.1f} by the clock, {ratios[1]:.1f} cpu; goal 20")


def waits(folder: Path, path: Path) -> None:
    """The longest wait of a small durable write while the import runs beside it."""
    own = {"NETRAL_VAR": str(folder / "var-waits")}
    Path(own["NETRAL_VAR"]).mkdir()
    few = folder / "few.xlsx"
    make_files.write_workbook(few, 10)
    measure.run("register", [str(few)], own)
    longest = beside(str(folder / "var-waits" / "netral.sqlite3"), path, own)
    print(
        f"  longest wait of a writer {longest.seconds:8.3f} s   (goal: below 0.5) {longest.facts}"
    )


def beside(address: str, path: Path, environment: dict[str, str]) -> Measured:
    signer = subprocess.Popen(
        [sys.executable, "-m", "bench.import.contenders.signer", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
    )
    measure.run("register", [str(path)], environment)
    said, _nothing = signer.communicate()
    facts = json.loads(said)
    return Measured(facts.pop("seconds"), 0.0, 0.0, facts)


def million(folder: Path, address: str, rows: int) -> None:
    path = folder / "pegawai.csv"
    make_files.write_csv(path, rows)
    print(f"{rows:,} rows of CSV, {path.stat().st_size / 1e6:.0f} MB, PostgreSQL, one round")
    own = {"NETRAL_VAR": str(folder / "var"), "NETRAL_DATABASE": address}
    Path(own["NETRAL_VAR"]).mkdir()
    measure.run("office", [], own)
    arguments = [str(path), "--government", "64", "--scope", "full", "--yes"]
    found = {
        "floor": [measure.run("floor_postgresql", [str(path), address], {})],
        "Netral": [command.run(arguments, own)],
    }
    report(found)


if __name__ == "__main__":
    main()
