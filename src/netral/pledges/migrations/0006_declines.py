"""Not signing, with a reason: private, and the person's own to delete."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import netral.base.ids


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_append_only'),
        ('pledges', '0005_after_closing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decline',
            fields=[
                ('id', models.UUIDField(default=netral.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=500, verbose_name='alasan')),
                ('at', models.DateTimeField()),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declines', to='pledges.ceremony')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'pernyataan tidak menandatangani',
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(fields=('ceremony', 'person'), name='decline_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decline_has_a_reason')],
            },
        ),
    ]
