"""python -m bench [NAME …]: runs the named benchmarks, or all but storm, one after another.

Each is a module of its own and can be run by itself with its own options; see README.md.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = {
    "import": ["-m", "bench.import"],
    "pages": ["-m", "bench.pages"],
    "posts": ["-m", "bench.posts"],
    "ceremony": ["-m", "bench.ceremony"],
    "ask": ["-m", "bench.ask.questions"],
    "law": ["-m", "bench.law.judgments"],
    "log": ["-m", "bench.log"],
    "receipts": ["-m", "bench.receipts"],
    "wall": ["-m", "bench.wall"],
    "storm": ["-m", "bench.storm"],
}


def main() -> int:
    chosen = sys.argv[1:] or [name for name in BENCHMARKS if name != "storm"]
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}")
        return 2
    failed = []
    for name in chosen:
        print(f"== {name}", flush=True)
        command = [sys.executable, *BENCHMARKS[name]]
        if subprocess.run(command, cwd=Path(__file__).parents[1], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"Did not finish: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
