"""Once closed, the wall goes on to the thanks and the reminder before the group photo."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
        ('people', '0002_append_only'),
        ('pledges', '0004_witnesses'),
    ]

    operations = [
        migrations.AddField(
            model_name='ceremony',
            name='after',
            field=models.CharField(choices=[('figures', 'hasil'), ('thanks', 'terima kasih'), ('photo', 'foto bersama')], db_default='figures', default='figures', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(('after', 'figures'), models.Q(('after__in', ['thanks', 'photo']), ('state', 'closed')), _connector='OR'), name='ceremony_thanks_when_closed'),
        ),
    ]
