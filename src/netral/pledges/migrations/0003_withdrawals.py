"""Paper signatures can be withdrawn, and their person can then still sign.

SQLite writes the table of signatures anew, which loses its triggers: they are lifted first and
put back at the end.
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
        ('people', '0002_append_only'),
        ('pledges', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.CreateModel(
            name='SignatureWithdrawal',
            fields=[
                ('signature', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='pledges.signature')),
                ('reason', models.CharField(max_length=300, verbose_name='alasan')),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'pencabutan tanda tangan kertas',
            },
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_once',
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_counts_once',
        ),
        migrations.AddField(
            model_name='signature',
            name='turn',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('ceremony', 'person', 'turn'), name='signature_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('counts_for_coverage', True)), fields=('election', 'person', 'turn'), name='signature_counts_once'),
        ),
        migrations.AddField(
            model_name='signaturewithdrawal',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='signaturewithdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_has_a_reason'),
        ),
        append_only("pledges_signature", "pledges_signaturewithdrawal"),
    ]
