"""Drops indexes of a signature that nobody reads by: each costs a hall time.

SQLite writes the table of signatures anew, which loses its triggers: see 0003_withdrawals.
"""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from netral.base.append_only import append_only

KEPT = append_only("pledges_signature")


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
        ('people', '0008_register_seal_append_only'),
        ('pledges', '0009_erased_signatures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.AlterField(
            model_name='signature',
            name='ceremony',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='pledges.ceremony'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='election',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='entered_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='signature',
            name='paper',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='pledges.papersheet'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='text',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pledges.pledgetext'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('paper__isnull', False)), fields=['paper'], name='signature_by_sheet'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('entered_by__isnull', False)), fields=['entered_by'], name='signature_by_officer'),
        ),
        append_only("pledges_signature"),
    ]
