"""What is written once: the database itself refuses to change it, on both engines.

Used in migrations::

    operations = [append_only("people_change", "people_dutydeed")]

and, for a column of a row that otherwise goes on changing, ``fixed_from``.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION netral_append_only()
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION netral_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
  USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only(*tables: str) -> migrations.RunPython:
    """The migration operation that makes ``tables`` append-only; reversible."""

    def refuse(apps: Any, schema_editor: Any) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        if not is_sqlite:
            # params=None: the percent sign in the message is not a placeholder.
            schema_editor.execute(_POSTGRESQL_FUNCTION, params=None)
        for table, verb in _each(tables):
            sql = (_SQLITE if is_sqlite else _POSTGRESQL).format(table=table, verb=verb)
            schema_editor.execute(sql, params=None)

    def allow(apps: Any, schema_editor: Any) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for table, verb in _each(tables):
            on_table = "" if is_sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")

    return migrations.RunPython(refuse, allow)


def _each(tables: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(table, verb) for table in tables for verb in ("UPDATE", "DELETE")]


_SQLITE_FIXED = """
CREATE TRIGGER {table}_{column}_fixed BEFORE UPDATE ON {table}
WHEN OLD.{when} AND OLD.{column} IS NOT NEW.{column}
BEGIN SELECT RAISE(ABORT, '{column} is fixed by now'); END
"""
_POSTGRESQL_FIXED_FUNCTION = """
CREATE OR REPLACE FUNCTION netral_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is fixed by now', TG_ARGV[0]
  USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL_FIXED = """
CREATE TRIGGER {table}_{column}_fixed BEFORE UPDATE ON {table}
FOR EACH ROW WHEN (OLD.{when} AND OLD.{column} IS DISTINCT FROM NEW.{column})
EXECUTE FUNCTION netral_fixed('{column}')
"""


def fixed_from(table: str, column: str, *, when: str) -> migrations.RunPython:
    """The migration operation that keeps ``column`` of rows for which ``when`` holds; reversible.

    ``when``: SQL that begins with the name of a column, such as ``opened_at IS NOT NULL``.
    """

    def refuse(apps: Any, schema_editor: Any) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        if not is_sqlite:
            schema_editor.execute(_POSTGRESQL_FIXED_FUNCTION, params=None)
        sql = (_SQLITE_FIXED if is_sqlite else _POSTGRESQL_FIXED).format(
            table=table, column=column, when=when
        )
        schema_editor.execute(sql, params=None)

    def allow(apps: Any, schema_editor: Any) -> None:
        on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {table}_{column}_fixed{on_table}")

    return migrations.RunPython(refuse, allow)
