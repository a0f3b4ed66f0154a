"""A proposal that was decided says yes or no: NULL made the rule neither true nor false."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0015_oversight_by_two'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='accountrecovery',
            name='recovery_granted_by_another',
        ),
        migrations.RemoveConstraint(
            model_name='erasureproposal',
            name='erasure_granted_by_another',
        ),
        migrations.AddConstraint(
            model_name='accountrecovery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_granted', None), ('refusal', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('refusal', ''), ('is_granted', True), ('is_granted__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_granted', False), ('is_granted__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='recovery_granted_by_another'),
        ),
        migrations.AddConstraint(
            model_name='erasureproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_granted', None), ('refusal', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('refusal', ''), ('is_granted', True), ('is_granted__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_granted', False), ('is_granted__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='erasure_granted_by_another'),
        ),
    ]
