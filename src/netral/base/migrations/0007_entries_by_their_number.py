"""On SQLite an entry's number is the place of its row; the index beside the table goes.

SQLite writes both tables anew for it, which loses the triggers of the entries: they are put back.
PostgreSQL keeps its tables.
"""

from __future__ import annotations

from django.db import migrations

from netral.base.append_only import append_only
from netral.base.row_number import RowNumberField

KEPT = append_only("base_logentry")


class Migration(migrations.Migration):
    dependencies = [("base", "0006_closed_logs")]
    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.AlterField("logentry", "index", RowNumberField(primary_key=True, serialize=False)),
        append_only("base_logentry"),
    ]
