"""Keeps how the log was looked over, by night or by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0004_openings_without_subjects'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogRecount',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('seconds', models.FloatField()),
                ('entries', models.BigIntegerField()),
                ('differences', models.PositiveIntegerField()),
                ('found', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='log_recount_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('differences', 0), ('found', '')), models.Q(('differences__gt', 0), models.Q(('found', ''), _negated=True)), _connector='OR'), name='log_recount_says_what_it_found')],
            },
        ),
    ]
