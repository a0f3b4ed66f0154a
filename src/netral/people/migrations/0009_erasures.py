"""That somebody was erased, by whom and why; written once."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from netral.base.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_register_seal_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='erasure', serialize=False, to='people.person')),
                ('reason', models.CharField(max_length=300, verbose_name='dasar penghapusan')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='erasure_has_a_reason')],
            },
        ),
        append_only("people_erasure"),
    ]
