"""A log signed anew, for tests whose database was rolled back under the files of the last one."""

from __future__ import annotations

import shutil

from django.conf import settings

from netral.base.audit.integrator import work_once


def sign_afresh() -> None:
    """Takes in everything that is in the database, as if nothing had ever been published."""
    shutil.rmtree(settings.LOG_DIR, ignore_errors=True)
    shutil.rmtree(settings.KEY_DIR, ignore_errors=True)
    while work_once():
        pass
