"""Everything recorded about a person's pledges is on their own pages, and in their copy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from netral.base.audit import index_of
from netral.pledges.services import declining
from netral.pledges.services.logging import KIND
from tests.people.accounts.sessions import sign_in
from tests.pledges.factories import NOW, Hall, account_of, make_ceremony
from tests.pledges.test_recounting import CLOSED, close, files_of_the_test, on_paper, sign, withdraw

__all__ = ["files_of_the_test"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_declines_disputes_times_evidence_and_the_log_are_theirs_to_read_and_take_away(
    hall: Hall, tmp_path: Path
) -> None:
    close(hall)
    late = sign(hall, "Siti Rahma", pressed=NOW + timedelta(minutes=50), now=CLOSED)
    person = late.person
    other = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    declining.decline(person=person, ceremony=other, reason="Saya ragu", now=NOW)
    browser = sign_in(Client(), account_of(person), second_factor=False)
    dispute = reverse("pledges:dispute", args=[late.receipt_code])
    browser.post(dispute, {"note": "Ponsel saya dipinjam"})
    for page in ("/saya/data/", "/saya/data/unduh/"):
        said = browser.get(page).content.decode()
        for wanted in (
            late.receipt_code, "Saya ragu", "Ponsel saya dipinjam", "Tiba sesudah ditutup",
            "Diterima server", "Bukti", late.wording_digest, "Nomor entri log",
        ):  # fmt: skip
            assert wanted in said, (page, wanted)
    held = browser.get("/saya/data/unduh/").content.decode()
    assert '"ya"' in held and str(index_of(kind=KIND, reference=late.pk)) in held
    own = browser.get("/saya/").content.decode()
    assert "sedang diperiksa" in own and "Pernyataan Anda tentang" in own


def test_a_paper_signature_names_its_witnesses_and_why_it_was_withdrawn(hall: Hall) -> None:
    from tests.pledges.test_recounting import staff

    [entered] = on_paper(hall, staff(hall, "Dewi"))
    withdraw(hall, entered)
    browser = sign_in(Client(), account_of(entered.person), second_factor=False)
    said = browser.get("/saya/data/").content.decode()
    for wanted in ("Saksi 1, Saksi 2", "Salah baca", "tanda tangan di kertas"):
        assert wanted in said
