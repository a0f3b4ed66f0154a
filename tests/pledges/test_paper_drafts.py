"""A scan that came with a form full of mistakes is not sent twice, and is nobody else's."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Duty, NameListView
from netral.pledges.models import PaperSheet
from netral.pledges.services import paper_drafts
from tests.people.register.factories import make_officer
from tests.pledges.factories import Hall, make_hall, make_witnesses
from tests.pledges.test_paper import FILLED_IN, PDF
from tests.pledges.test_paper import files_of_the_test as files_of_the_test
from tests.pledges.test_paper import hall as hall
from tests.pledges.test_paper import officer as officer

pytestmark = pytest.mark.django_db


def test_a_scan_chosen_once_stays_chosen_when_the_form_comes_back(
    hall: Hall, officer: Client
) -> None:
    make_witnesses(hall.government)
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    values = {"signed_at": "2026-11-20T10:30", **FILLED_IN}
    scan = SimpleUploadedFile("daftar.pdf", PDF)
    back = officer.post(page, {**values, "file": scan, "second_witness": "Tidak Ada"})
    assert back.status_code == 422
    text = back.content.decode()
    assert "tersimpan untuk Anda sampai" in text and "(sudah tersimpan)" in text
    assert 'value="2026-11-20T10:30"' in text and 'value="Tidak Ada"' in text
    again = officer.post(page, {**values, "draft": noted(text), "second_witness": "Entah"})
    assert "tersimpan untuk Anda sampai" in again.content.decode(), "and the second time too"
    assert not PaperSheet.objects.exists()
    done = officer.post(page, {**values, "draft": noted(text)})
    assert done.status_code == 302
    with PaperSheet.objects.get().file.open("rb") as kept:
        assert kept.read() == PDF
    assert default_storage.listdir(paper_drafts.FOLDER)[1] == []


def test_searching_a_witness_by_the_button_keeps_the_scan(hall: Hall, officer: Client) -> None:
    make_witnesses(hall.government)
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    asked = {"file": SimpleUploadedFile("a.pdf", PDF), "witness": "Saksi", "witness_cari": ""}
    text = officer.post(page, asked).content.decode()
    assert "Saksi 2" in text and "tersimpan untuk Anda sampai" in text
    listed = NameListView.objects.get(what="people.search").shown
    assert {person.name for person in listed.all()} == {"Saksi 1", "Saksi 2"}


def test_another_scan_replaces_the_one_that_was_kept(hall: Hall, officer: Client) -> None:
    make_witnesses(hall.government)
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    first = officer.post(page, {"file": SimpleUploadedFile("a.pdf", PDF)}).content.decode()
    wrong = {"draft": noted(first), "file": SimpleUploadedFile("b.pdf", b"<html>")}
    text = officer.post(page, wrong).content.decode()
    assert "bukan PDF, JPEG, atau PNG" in text
    assert noted(text) == noted(first), "what is no scan replaces nothing"
    other = {"draft": noted(first), "file": SimpleUploadedFile("b.pdf", PDF + b"2")}
    second = noted(officer.post(page, other).content.decode())
    assert len(default_storage.listdir(paper_drafts.FOLDER)[1]) == 1
    officer.post(page, {"draft": second, "signed_at": "2026-11-20T10:30", **FILLED_IN})
    with PaperSheet.objects.get().file.open("rb") as kept:
        assert kept.read() == PDF + b"2"


def test_a_kept_scan_is_its_officers_alone_for_one_ceremony_and_one_day(hall: Hall) -> None:
    now = timezone.now()
    mine = {"ceremony": hall.ceremony, "actor": hall.organiser}
    draft = paper_drafts.keep(upload=ContentFile(PDF), now=now, **mine)  # type: ignore[arg-type]
    colleague, other = make_officer(hall.government, Duty.Kind.ORGANISER), make_hall(code="67")
    for note, changes, at, is_found in (
        (draft.note, {}, now, True),
        (draft.note, {"actor": colleague}, now, False),
        (draft.note, {"ceremony": other.ceremony}, now, False),
        (draft.note + "x", {}, now, False),
        ("", {}, now, False),
        (draft.note, {}, now + paper_drafts.KEPT_FOR, False),
    ):
        found = paper_drafts.find(note=note, now=at, **{**mine, **changes})  # type: ignore[arg-type]
        assert (found == draft) is is_found
    with pytest.raises(PermissionDenied):
        paper_drafts.keep(
            upload=ContentFile(PDF), ceremony=other.ceremony, actor=hall.organiser, now=now
        )
    assert paper_drafts.forget_old(now=now) == 0
    assert paper_drafts.forget_old(now=now + timedelta(hours=25)) == 1
    assert paper_drafts.find(note=draft.note, now=now, **mine) is None  # type: ignore[arg-type]


def noted(page: str) -> str:
    return html.unescape(re.findall(r'name="draft" value="([^"]+)"', page)[0])
