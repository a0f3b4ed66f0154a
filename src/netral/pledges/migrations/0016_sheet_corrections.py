"""Wrongly named witnesses of a paper sheet are put right, and who was named before is kept."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from netral.base.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_erasures_by_two'),
        ('pledges', '0015_text_check'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='papersheet',
            name='text_check',
            field=models.CharField(blank=True, choices=[('', 'naskah di lembar tidak diperiksa'), ('code', 'kode naskah di lembar cocok (disalin petugas)'), ('compared', 'naskah di lembar dibandingkan petugas kata demi kata')], db_default='', default='', max_length=8),
        ),
        migrations.CreateModel(
            name='SheetCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='alasan')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='pledges.papersheet')),
                ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'perbaikan saksi lembar',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sheet_correction_has_a_reason')],
            },
        ),
        append_only("pledges_sheetcorrection"),
    ]
