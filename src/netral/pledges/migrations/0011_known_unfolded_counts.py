"""Makes "not folded yet" a column, whose few rows PostgreSQL can know of: see 0005-coverage-figures."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
        ('people', '0009_erasures'),
        ('pledges', '0010_fewer_indexes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='coveragecount',
            name='coverage_not_yet_folded',
        ),
        migrations.AddField(
            model_name='coveragecount',
            name='differs',
            field=models.GeneratedField(db_persist=True, expression=models.ExpressionWrapper(models.Q(models.Q(('signed', models.F('folded_signed')), _negated=True), models.Q(('staff', models.F('folded_staff')), _negated=True), _connector='OR'), output_field=models.BooleanField()), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='coveragecount',
            index=models.Index(condition=models.Q(('differs', True)), fields=['government', 'election'], name='coverage_not_yet_folded'),
        ),
    ]
