"""Signatures by passkey, and the evidence a ceremony takes, fixed once signing has opened.

SQLite writes the table of signatures anew, which loses its triggers: see 0003_withdrawals. The
table of ceremonies loses its own in the same way; whoever changes it later puts it back.
"""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models

from netral.base.append_only import append_only, fixed_from

KEPT = append_only("pledges_signature")


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
        ('people', '0008_register_seal_append_only'),
        ('pledges', '0007_arrivals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(KEPT.reverse_code, KEPT.code),
        migrations.AddField(
            model_name='ceremony',
            name='accepts',
            field=models.CharField(choices=[('account', 'akun atau slip'), ('preferred', 'kunci sandi bila ada; selain itu akun atau slip'), ('passkey', 'kunci sandi saja')], db_default='account', default='account', max_length=16, verbose_name='bukti yang diterima'),
        ),
        migrations.AddField(
            model_name='signature',
            name='assertion',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AlterField(
            model_name='signature',
            name='evidence',
            field=models.CharField(choices=[('account', 'akun yang sudah diaktifkan'), ('slip', 'kode pada slip perorangan'), ('passkey', 'kunci sandi (sidik jari, wajah, atau PIN ponsel)'), ('paper', 'tanda tangan di kertas')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(('accepts__in', ['account', 'preferred', 'passkey'])), name='ceremony_known_evidence'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evidence', 'passkey'), models.Q(('assertion', ''), _negated=True)), models.Q(models.Q(('evidence', 'passkey'), _negated=True), ('assertion', '')), _connector='OR'), name='signature_passkey_has_its_assertion'),
        ),
        append_only("pledges_signature"),
        fixed_from("pledges_ceremony", "accepts", when="opened_at IS NOT NULL"),
    ]
