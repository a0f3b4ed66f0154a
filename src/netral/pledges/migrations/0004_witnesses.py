"""A paper sheet names the two who saw it being signed."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_append_only'),
        ('pledges', '0003_withdrawals'),
    ]

    operations = [
        migrations.AddField(
            model_name='papersheet',
            name='second_witness',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='papersheet',
            name='witness',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='papersheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('second_witness', None), ('witness', None)), models.Q(('second_witness__isnull', False), ('witness__isnull', False), models.Q(('witness', models.F('second_witness')), _negated=True)), _connector='OR'), name='paper_sheet_two_witnesses'),
        ),
    ]
