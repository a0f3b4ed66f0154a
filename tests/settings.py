"""Settings of the tests: the product's own, on a database of the test run's own.

``NETRAL_TEST_DATABASE`` chooses: empty for SQLite in a file (never in memory, so that threads
and processes meet as they do in life), else the address of a PostgreSQL server.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_var = Path(os.environ.setdefault("NETRAL_VAR", tempfile.mkdtemp(prefix="netral-test-")))
_var.mkdir(parents=True, exist_ok=True)
os.environ["NETRAL_ENV_FILE"] = os.devnull  # never the settings of whoever runs the tests
os.environ["NETRAL_DATABASE"] = os.environ.get("NETRAL_TEST_DATABASE", "")

from netral.project.settings import *  # noqa: E402, F403
from netral.project.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "test.sqlite3")}
# A cheap hash: the tests sign in hundreds of times and none of them is about its cost.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # what collectstatic would have made
