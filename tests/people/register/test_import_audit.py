"""Auditors read how much each import did, and not one name out of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from netral.people.models import Account, Government, Import, Unit
from netral.people.services import imports
from tests.people.imports.factories import NOW, SIMPEG, apply, bring, read, staff, xlsx

from .factories import give_duty, make_account, make_government, make_officer, make_unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]
ADDRESS = "/impor/angka/"


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"


def auditor_of(office: Government, unit: Unit | None = None) -> Account:
    auditor = make_account(office, "Auditor")
    give_duty(auditor, office, "auditor", unit)
    return auditor


def test_an_auditor_reads_figures_and_no_name(sign_in: SignIn) -> None:
    office, elsewhere = make_government(), make_government("65", "Provinsi Lain")
    personnel = make_officer(office)
    bad = ["Nomor Rusak", "123", "", "", "", "Bidang Satu", "Dinas Contoh"]
    source = bring(office, [SIMPEG, *staff(3), bad], actor=personnel)
    Import.objects.filter(pk=source.pk).update(file_name="Daftar Bu Ratna.xlsx")
    imports.undo(actor=personnel, source=source, now=NOW)
    bring(elsewhere, [SIMPEG, *staff(7)])
    page = sign_in(auditor_of(office)).get(ADDRESS)
    ((line, closed),) = page.context["lines"]
    assert (line.counts["rows"], line.counts["create"], line.counts["bad"], closed) == (4, 3, 1, 0)
    assert 'data-label="Baru">3<' in page.text
    assert 'data-label="Tidak dapat dipakai">1<' in page.text
    assert personnel.name in page.text, "who did it is what an audit asks"
    assert line.file_digest[:12] in page.text
    for name in ("Ratna", "Orang", "Nomor Rusak", "Dinas Contoh", str(line.pk)):
        assert name not in page.text


def test_the_auditor_gets_nothing_else_of_an_import(sign_in: SignIn) -> None:
    office = make_government()
    source = read(office, xlsx([SIMPEG, *staff(2)]), actor=make_officer(office))
    page = sign_in(auditor_of(office))
    assert ADDRESS in page.get("/cakupan/").text, "the menu leads there"
    for address in ("", f"{source.pk}/", f"{source.pk}/masalah.xlsx", "baru"):
        assert page.get(f"/impor/{address}").status_code == 403
    assert page.post(ADDRESS).status_code == 405
    of_part = sign_in(auditor_of(office, make_unit(office, "Dinas Kelautan")))
    assert of_part.get(ADDRESS).status_code == 403, "imports reach beyond any unit"


def test_people_closed_by_an_import_are_counted_as_it_was_agreed(sign_in: SignIn) -> None:
    office = make_government()
    bring(office, [SIMPEG, *staff(3)])
    fewer = read(office, xlsx([SIMPEG, *staff(1)]), scope="full")
    apply(fewer, close_missing=True)
    lines = sign_in(auditor_of(office)).get(ADDRESS).context["lines"]
    assert sorted(closed for _source, closed in lines) == [0, 2]
