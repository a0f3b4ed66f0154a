"""A log signed anew, for tests whose database was rolled back under the files of the last one."""

from __future__ import annotations

import shutil

from django.conf import settings

from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogKey


def sign_afresh() -> bool:
    """Takes in everything that is in the database; what an undone database left is thrown away."""
    if not LogKey.objects.exists():
        shutil.rmtree(settings.KEY_DIR, ignore_errors=True)
    shutil.rmtree(settings.LOG_DIR, ignore_errors=True)
    while work_once():
        pass
    return True
