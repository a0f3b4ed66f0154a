"""Signatures and the moves of a ceremony are written once."""

from __future__ import annotations

from django.db import migrations

from netral.base.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]
    operations = [append_only("pledges_signature", "pledges_ceremonymove")]
