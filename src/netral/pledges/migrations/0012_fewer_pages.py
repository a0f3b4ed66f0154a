"""Keys that come in no order cost a page of an index for each signature: two of four go.

Whoever signs counts once for an election, by the database itself. On PostgreSQL a unique index
sees to it, as before. SQLite has one writer, so that nobody can slip in between a look and a row:
there a look is enough, and the index of whoever has signed (``signature_once``) serves it.

SQLite writes the table of signatures anew, which loses its triggers: see 0003_withdrawals. A later
migration that does the same has to put back ``COUNTS_ONCE`` too.
"""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from netral.base.append_only import append_only

KEPT = append_only("pledges_signature")
_SQLITE = """
CREATE TRIGGER signature_counts_once BEFORE INSERT ON pledges_signature
WHEN NEW.counts_for_coverage AND EXISTS (
    SELECT 1 FROM pledges_signature
     WHERE person_id = NEW.person_id AND election_id = NEW.election_id AND turn = NEW.turn
       AND counts_for_coverage)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: signature_counts_once'); END
"""
_POSTGRESQL = """
CREATE UNIQUE INDEX signature_counts_once ON pledges_signature (election_id, person_id, turn)
 WHERE counts_for_coverage
"""


def _count_once(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(_SQLITE if is_sqlite else _POSTGRESQL, params=None)


def _count_often(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(f"DROP {'TRIGGER' if is_sqlite else 'INDEX'} signature_counts_once")


COUNTS_ONCE = migrations.RunPython(_count_once, _count_often)


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0011_known_unfolded_counts'),
    ]

    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.RemoveConstraint(model_name='signature', name='signature_once'),
        migrations.RemoveConstraint(model_name='signature', name='signature_counts_once'),
        migrations.RemoveIndex(model_name='signature', name='signature_by_unit'),
        migrations.AlterField(
            model_name='signature',
            name='ceremony',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='pledges.ceremony'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('person', 'ceremony', 'turn'), name='signature_once'),
        ),
        COUNTS_ONCE,
        append_only("pledges_signature"),
    ]
