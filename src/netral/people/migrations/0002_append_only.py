"""The history of the register is written once: the database itself refuses more."""

from __future__ import annotations

from django.db import migrations

SQLITE = """
CREATE TRIGGER people_change_no_{verb} BEFORE {verb} ON people_change
BEGIN SELECT RAISE(ABORT, 'people_change is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION people_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
  USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER people_change_no_{verb} BEFORE {verb} ON people_change
FOR EACH ROW EXECUTE FUNCTION people_append_only()
"""


def refuse_changes(apps, schema_editor) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute((SQLITE if is_sqlite else POSTGRESQL).format(verb=verb))


def allow_changes(apps, schema_editor) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for verb in ("UPDATE", "DELETE"):
        on_table = "" if is_sqlite else " ON people_change"
        schema_editor.execute(f"DROP TRIGGER people_change_no_{verb}{on_table}")
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION people_append_only()")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
