"""A paper sheet says how it is known that it bears the text of its ceremony; for good.

On SQLite the trigger goes where the table of sheets is written anew: a later migration that does
so has to put it back.
"""

from __future__ import annotations

from django.db import migrations, models

from netral.base.append_only import fixed_from


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0014_one_index_of_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='papersheet',
            name='text_check',
            field=models.CharField(blank=True, choices=[('', 'naskah di lembar tidak diperiksa'), ('code', 'kode naskah di lembar cocok'), ('compared', 'naskah di lembar dibandingkan petugas kata demi kata')], db_default='', default='', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='papersheet',
            constraint=models.CheckConstraint(condition=models.Q(('text_check__in', ['', 'code', 'compared'])), name='paper_sheet_known_text_check'),
        ),
        fixed_from("pledges_papersheet", "text_check", when="uploaded_at IS NOT NULL"),
    ]
