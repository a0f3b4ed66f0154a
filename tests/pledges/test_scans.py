"""The scan behind a paper signature cannot be exchanged: the log commits to it, the page looks."""

from __future__ import annotations

import io
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from netral.base import audit
from netral.base.audit.checking import differences
from netral.pledges.models import PaperSheet, Signature
from netral.pledges.services import scans_kept
from netral.pledges.services.logging import KIND
from netral.speaking.sentences import choose_language, told
from tests.base.audit.fresh import sign_afresh
from tests.base.audit.test_tampering import causes, sql
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_unit
from tests.pledges.factories import NOW, Hall, make_hall, signed
from tests.pledges.test_paper import LATER, PDF, attach, enter, people_of

pytestmark = pytest.mark.django_db(transaction=True)
DIGEST = sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def hall() -> Hall:
    return make_hall(units=[make_unit(make_government(), "Dinas A")])


def on_paper(hall: Hall, sheet: PaperSheet | None = None) -> Signature:
    enter(hall, sheet or attach(hall), people_of(hall, 1))
    return Signature.objects.get(evidence="paper")


def proof(signature: Signature, *, show_hidden: bool) -> str:
    """What the file opens, as text."""
    file = str(audit.prove(kind=KIND, reference=signature.pk, show_hidden=show_hidden))
    return b64decode(file.splitlines()[1].removeprefix("extra ")).decode()


def test_the_proof_of_a_paper_signature_opens_its_scan_to_its_signer_alone(hall: Hall) -> None:
    signature = on_paper(hall)
    sign_afresh()
    assert DIGEST in proof(signature, show_hidden=True)
    assert DIGEST not in proof(signature, show_hidden=False)
    assert "scan" in proof(signature, show_hidden=False), "masked, as the person is"


def test_a_signature_on_the_phone_has_no_scan(hall: Hall) -> None:
    signature = signed(hall)
    sign_afresh()
    assert "scan" not in proof(signature, show_hidden=True)


def test_an_exchanged_scan_is_noticed_in_the_database(hall: Hall) -> None:
    on_paper(hall)
    sign_afresh()
    assert causes(differences()) == []
    sql("UPDATE pledges_papersheet SET digest = %s", "0" * 64)
    row, file = causes(differences())
    assert row.endswith("the row is not what was logged") and "not the one that was up" in file


def test_sheets_from_before_stay_as_they_were_logged(hall: Hall) -> None:
    old = PaperSheet.objects.create(
        ceremony=hall.ceremony, digest=DIGEST, kind="pdf", in_log=False,
        file=default_storage.save("pledges/sheets/old.pdf", ContentFile(PDF)),
        signed_at=NOW, uploaded_by=hall.organiser, uploaded_at=LATER,
    )  # fmt: skip
    signature = on_paper(hall, old)
    sign_afresh()
    assert "scan" not in proof(signature, show_hidden=True)
    assert causes(differences()) == []


@pytest.mark.parametrize("change", [{"in_log": False}, {"digest": "0" * 64}])
def test_what_the_log_commits_to_is_fixed(hall: Hall, change: dict[str, object]) -> None:
    attach(hall)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperSheet.objects.update(**change)


def test_fsck_reads_the_scans_and_says_which_is_lost_or_exchanged(hall: Hall) -> None:
    lost, exchanged = attach(hall), attach(hall, PDF + b"2")
    for sheet in (lost, exchanged):
        sheet.file.storage.delete(sheet.file.name)
    exchanged.file.storage.save(exchanged.file.name, io.BytesIO(b"%PDF-1.7 lain"))
    sign_afresh()
    about = f"of ceremony “Ikrar bersama pegawai” ({hall.ceremony.code}): the file is"
    assert set(causes(differences())) == {
        f"scan {lost.digest[:8]} {about} missing, get it from a backup",
        f"scan {exchanged.digest[:8]} {about} not the one that was uploaded",
    }
    choose_language(["--lang", "id"])
    said = {told(one) for one in causes(differences())}
    choose_language(["--lang", "en"])
    assert f"pindaian {exchanged.digest[:8]} dari ikrar" in " ".join(said)
    assert "the file" not in " ".join(said)


# --- the page ------------------------------------------------------------------------------------
def test_a_lost_or_exchanged_file_is_reported_instead_of_sent(hall: Hall) -> None:
    sheet = attach(hall)
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    address = reverse("pledges:paper_scan", args=[hall.ceremony.pk, sheet.pk])
    sheet.file.storage.delete(sheet.file.name)
    answer = officer.get(address, follow=True).content.decode()
    assert "Pindaian lembar ini tidak ada lagi di server." in answer
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, sheet.pk])
    assert "Pindaian lembar ini tidak ada lagi di server." in officer.get(names).text
    chosen = {"orang": str(people_of(hall, 1)[0].pk), "deed": "periksa"}
    confirm = officer.post(names, chosen).text
    assert "Pindaian lembar ini tidak ada lagi di server." in confirm and address not in confirm
    sheet.file.storage.save(sheet.file.name, io.BytesIO(b"%PDF-1.7 lain"))
    assert scans_kept.state_of_scan(sheet) is scans_kept.ScanState.OTHER
    answer = officer.get(address, follow=True).content.decode()
    assert "bukan pindaian yang dahulu diunggah" in answer
