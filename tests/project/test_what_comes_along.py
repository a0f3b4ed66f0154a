"""What an installation has without anybody doing anything: the elections, and a way for letters."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest

from tests.project.conftest import Place

SETTINGS = {"DJANGO_SETTINGS_MODULE": "netral.project.settings"}
ELECTIONS = """
import django; django.setup()
from netral.elections.models import Election
for one in Election.objects.order_by("code"):
    print(one.code, one.certainty, one.phases.count(), one.parties.count(), one.tickets.count())
"""
LETTER = """
import django; django.setup()
from django.conf import settings
from django.core.mail import EmailMessage
print(settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS)
if not settings.EMAIL_HOST:
    EmailMessage("Pengingat", "Tiga pegawai belum berikrar.", to=["kepala@contoh.go.id"]).send()
"""


def test_the_known_elections_come_loaded(new_place: Callable[..., Place]) -> None:
    place = new_place("one", **SETTINGS)
    done = place.python("-c", ELECTIONS)
    found = {words[0]: words[1:] for words in map(str.split, done.stdout.splitlines())}
    assert found["pemilu-2024"] == ["fixed", "19", "24", "3"], done.stderr
    assert found["pemilihan-2024"][0] == "fixed"
    assert found["pemilihan-2024-64"][3] == "2"
    for coming in ("pemilu-2029", "pemilu-daerah-2031"):
        assert found[coming][:2] == ["forecast", "0"]
    place.must("upgrade")
    assert place.python("-c", ELECTIONS).stdout == done.stdout, "loaded once"


@pytest.mark.parametrize("demo", ["true", "false"])
def test_without_a_mail_host_letters_are_files(lite: Place, demo: str) -> None:
    lite.settings |= {**SETTINGS, "NETRAL_DEMO": demo, "NETRAL_SECRET_KEY": "k" * 50}
    done = lite.python("-c", LETTER)
    assert done.stdout.startswith("django.core.mail.backends.filebased"), done.stderr
    (file,) = (lite.folder / "var/mail").iterdir()
    content = file.read_bytes().rsplit(b"\n---", 1)[0]
    letter = message_from_bytes(content, policy=policy.default)
    assert letter["To"] == "kepala@contoh.go.id"
    assert "Tiga pegawai belum berikrar." in letter.get_content()


def test_the_mail_server_is_a_setting(lite: Place) -> None:
    lite.settings |= {
        **SETTINGS,
        "NETRAL_MAIL_HOST": "surat.contoh.go.id",
        "NETRAL_MAIL_PORT": "2525",
        "NETRAL_MAIL_TLS": "false",
    }
    done = lite.python("-c", LETTER)
    assert done.stdout.split() == [
        "django.core.mail.backends.smtp.EmailBackend",
        "surat.contoh.go.id",
        "2525",
        "False",
    ], done.stderr
