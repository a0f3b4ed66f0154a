"""Who came by slip writes a statement of their own, beside one of which they must not learn."""


from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0017_scans_in_log'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decline',
            name='decline_once',
        ),
    ]
