"""A name in a file may resemble several units of the register."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_erasures'),
    ]

    operations = [
        migrations.AddField(
            model_name='importunit',
            name='candidates',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
