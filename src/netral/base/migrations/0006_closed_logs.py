"""Keeps what a log had published when it was closed; written once."""

import netral.base.ids
from django.db import migrations, models

from netral.base.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0005_log_recounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogClosed',
            fields=[
                ('id', models.UUIDField(default=netral.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('origin', models.CharField(max_length=300)),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('shared', models.BigIntegerField()),
                ('lost', models.BinaryField()),
                ('folder', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('shared__lte', models.F('size'))), name='log_closed_shares_its_own')],
            },
        ),
        append_only("base_logclosed"),
    ]
