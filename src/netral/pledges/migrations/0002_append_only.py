"""Signatures and the moves of a ceremony are written once: the database itself refuses more."""

from __future__ import annotations

from django.db import migrations

TABLES = ("pledges_signature", "pledges_ceremonymove")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION pledges_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION pledges_append_only()
"""


def refuse_changes(apps, schema_editor) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)  # its % is PL/pgSQL's
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute((SQLITE if is_sqlite else POSTGRESQL).format(table=table, verb=verb))


def allow_changes(apps, schema_editor) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            on_table = "" if is_sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION pledges_append_only()")


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
