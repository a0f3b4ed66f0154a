"""Drops the index of openings by subject: a page of it for each signature of a hall.

Only an erasure asks by subject, for one person and perhaps once a month; it reads the table.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0003_log_append_only'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='logopening',
            name='log_opening_by_subject',
        ),
    ]
