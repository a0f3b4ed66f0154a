"""Who came by slip writes a statement of their own, beside one of which they must not learn."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0017_scans_in_log'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decline',
            name='decline_once',
        ),
        migrations.AddField(
            model_name='decline',
            name='first_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(
            'UPDATE pledges_decline SET first_at = "at"', migrations.RunSQL.noop
        ),
        migrations.AlterField(
            model_name='decline',
            name='first_at',
            field=models.DateTimeField(),
        ),
    ]
