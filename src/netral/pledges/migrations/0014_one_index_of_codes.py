"""PostgreSQL had a second index of receipt codes, made by Django for searches by their beginning.

Nobody searches so, and each signature paid for it. SQLite never had it.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_NAME = "pledges_signature_receipt_code_f1e6ef5a_like"
_ANEW = f"CREATE INDEX {_NAME} ON pledges_signature (receipt_code varchar_pattern_ops)"


def _drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {_NAME}")


def _put_back(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_ANEW)


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0013_figures_at_closing"),
    ]

    operations = [migrations.RunPython(_drop, _put_back)]
