"""What a ceremony came to is kept as it stood at the closing.

Closings from before have no such row: their pages go on counting at the moment they are opened.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from netral.base.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0012_fewer_pages'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosingFigures',
            fields=[
                ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='figures', serialize=False, to='pledges.ceremonymove')),
                ('staff', models.PositiveIntegerField()),
                ('signed', models.PositiveIntegerField()),
                ('withdrawn', models.PositiveIntegerField()),
                ('late', models.PositiveIntegerField()),
                ('by_evidence', models.JSONField()),
                ('by_status', models.JSONField()),
                ('by_unit', models.JSONField()),
            ],
            options={
                'verbose_name': 'angka saat penutupan',
                'constraints': [models.CheckConstraint(condition=models.Q(('signed__lte', models.F('staff'))), name='closing_signed_within_staff'), models.CheckConstraint(condition=models.Q(('late__lte', models.F('signed'))), name='closing_late_within_signed')],
            },
        ),
        append_only("pledges_closingfigures"),
    ]
