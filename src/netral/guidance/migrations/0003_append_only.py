"""The history of consultations is written once."""

from __future__ import annotations

from django.db import migrations

from netral.base.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("guidance", "0002_precedents")]
    operations = [append_only("guidance_consultationstep")]
