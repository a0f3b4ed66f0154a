"""What stays of a signature in the log once its person was erased."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0008_passkeys'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasedSignature',
            fields=[
                ('entry', models.BigIntegerField(primary_key=True, serialize=False)),
                ('withdrawn_by', models.BigIntegerField(null=True)),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pledges.ceremony')),
            ],
            options={
                'verbose_name': 'tanda tangan yang kaitannya dihapus',
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_by', None), ('withdrawn_by__gt', models.F('entry')), _connector='OR'), name='erased_signature_withdrawn_later')],
            },
        ),
    ]
