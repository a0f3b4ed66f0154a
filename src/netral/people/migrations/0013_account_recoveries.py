"""Everything that opens an account taken off it, by two officers, told to its owner."""

import django.db.models.deletion
import netral.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_account_password_since'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountRecovery',
            fields=[
                ('id', models.UUIDField(default=netral.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300, verbose_name='alasan')),
                ('proposed_at', models.DateTimeField()),
                ('disputed_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_granted', models.BooleanField(null=True)),
                ('refusal', models.CharField(blank=True, max_length=500)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('account',), name='recovery_proposed_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='recovery_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_granted', None), ('refusal', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_granted', True), ('refusal', ''), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_granted', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='recovery_granted_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('account', models.F('proposed_by')), _negated=True), models.Q(('account', models.F('decided_by')), _negated=True)), name='recovery_never_of_oneself')],
            },
        ),
    ]
