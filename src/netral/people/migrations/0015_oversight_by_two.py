"""The database itself: who gives somebody the oversight of a government does not confirm it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0014_oversight_waits'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='duty',
            name='duty_powerful_needs_two',
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['personnel', 'oversight', 'custodian', 'examiner', 'decider', 'auditor']), _negated=True), ('confirmed_by', None), ('granted_by', None), models.Q(('confirmed_by', models.F('granted_by')), _negated=True), _connector='OR'), name='duty_powerful_needs_two'),
        ),
    ]
