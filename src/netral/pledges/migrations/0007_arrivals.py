"""A signature may have waited on a phone without a network, until after the closing.

SQLite writes the table of signatures anew, which loses its triggers: see 0003_withdrawals.
"""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models

from netral.base.append_only import append_only

KEPT = append_only("pledges_signature")


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
        ('people', '0002_append_only'),
        ('pledges', '0006_declines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.AddField(
            model_name='signature',
            name='after_closing',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('after_closing', False), ('paper', None), _connector='OR'), name='signature_after_closing_by_phone'),
        ),
        append_only("pledges_signature"),
    ]
