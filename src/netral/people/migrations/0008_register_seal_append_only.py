"""Seals of the register's history are written once."""

from __future__ import annotations

from django.db import migrations

from netral.base.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("people", "0007_register_seal")]
    operations = [append_only("people_registerseal")]
