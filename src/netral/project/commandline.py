"""The command line ``netral``."""

from __future__ import annotations

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
    import django  # noqa: PLC0415

    django.setup()
    from netral.base.jobs.worker import run_worker  # noqa: PLC0415

    run_worker()
    return 0


if __name__ == "__main__":
    sys.exit(main())
