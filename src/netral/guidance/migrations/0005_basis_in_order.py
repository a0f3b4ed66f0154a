"""The cited provisions become a list of pairs: PostgreSQL reorders the keys of an object."""

from __future__ import annotations

from django.db import migrations, models


def into_pairs(apps, schema_editor):
    """What order an object had on SQLite is kept; on PostgreSQL it is lost already."""
    rows = apps.get_model("guidance", "Consultation").objects
    for key, basis in list(rows.values_list("pk", "basis")):
        rows.filter(pk=key).update(basis=list(basis.items()))


def into_objects(apps, schema_editor):
    rows = apps.get_model("guidance", "Consultation").objects
    for key, basis in list(rows.values_list("pk", "basis")):
        rows.filter(pk=key).update(basis=dict(basis))


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_answer_notices")]
    operations = [
        migrations.RenameField("consultation", "provisions", "basis"),
        migrations.AlterField("consultation", "basis", models.JSONField(default=list)),
        migrations.RunPython(into_pairs, into_objects),
    ]
