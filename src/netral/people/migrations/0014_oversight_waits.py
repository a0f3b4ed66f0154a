"""Oversight reads what people wrote in confidence, so one officer alone no longer gives it.

Those who hold it by one officer's word wait for a second one; what they did stays. Ended duties
only forget who confirmed them; ``DutyDeed`` tells it. The database's own rule comes in the next
migration: PostgreSQL alters no table with rows just written.
"""

from django.db import migrations
from django.db.models import F
from django.utils import timezone

KIND = "oversight"
REASON = "Mulai versi ini tugas pengawas disetujui petugas kedua."


def let_wait(apps, schema_editor):
    Duty = apps.get_model("people", "Duty")
    DutyDeed = apps.get_model("people", "DutyDeed")
    by_one = Duty.objects.filter(kind=KIND, confirmed_by=F("granted_by"))
    now = timezone.now()
    for duty in by_one.filter(ended_at=None):
        DutyDeed.objects.create(
            government_id=duty.government_id,
            duty=duty,
            account_id=duty.account_id,
            kind="suspended",
            at=now,
            reason=REASON,
        )
    by_one.filter(ended_at=None).update(confirmed_by=None, confirmed_at=None)
    by_one.update(confirmed_by=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_account_recoveries'),
    ]

    operations = [migrations.RunPython(let_wait, migrations.RunPython.noop)]
