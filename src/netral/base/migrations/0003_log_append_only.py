"""Entries and checkpoints of the log are written once."""

from __future__ import annotations

from django.db import migrations

from netral.base.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("base", "0002_the_log")]
    operations = [append_only("base_logentry", "base_logcheckpoint")]
