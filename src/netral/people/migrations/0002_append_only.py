"""The history of the register and of duties is written once."""

from __future__ import annotations

from django.db import migrations

from netral.base.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [append_only("people_change", "people_dutydeed")]
