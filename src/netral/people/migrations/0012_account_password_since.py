"""A password that is older than a slip's use shows the owner; of those set before, nobody knows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_erasures_by_two'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='password_since',
            field=models.DateTimeField(null=True),
        ),
    ]
