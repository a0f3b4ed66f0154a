"""A signature from paper commits to the scan it was read off; on sheets uploaded before, it does not.

SQLite writes the table of sheets anew, which loses the trigger of 0015.
"""

from __future__ import annotations

from django.db import migrations, models

from netral.base.append_only import fixed_from

SHEETS = "pledges_papersheet"
KEPT = fixed_from(SHEETS, "text_check", when="uploaded_at IS NOT NULL")


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0016_sheet_corrections'),
    ]

    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.AddField(
            model_name='papersheet',
            name='in_log',
            field=models.BooleanField(db_default=False, default=True),
        ),
        KEPT,
        fixed_from(SHEETS, "in_log", when="uploaded_at IS NOT NULL"),
        fixed_from(SHEETS, "digest", when="uploaded_at IS NOT NULL"),
    ]
