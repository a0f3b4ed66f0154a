from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from netral.people.models import Account, ColumnMapping, Import, NameListView, Person, Posting
from netral.people.services import imports
from netral.people.services.imports import keeping

from .factories import (
    NOW,
    make_government,
    make_officer,
    make_person,
    make_unit,
    new_number,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]
HEAD = ["NIP BARU", "Nama", "Status Pegawai", "Unit Kerja", "Jabatan", "NIK", "Agama"]
NIK = "6401010101900001"


@pytest.fixture(autouse=True)
def uploads(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.UPLOAD_DIR = tmp_path / "uploads"  # type: ignore[attr-defined]
    return settings.UPLOAD_DIR  # type: ignore[attr-defined]


@pytest.fixture
def world() -> dict[str, object]:
    government = make_government()
    top = make_unit(government, "Dinas Kesehatan")
    return {
        "government": government,
        "top": top,
        "siti": make_person(top, "Siti Rahma"),
        "gone": make_person(top, "Tidak Tercantum"),
        "officer": make_officer(government),
    }


def workbook(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Pegawai")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return out.getvalue()


def a_register(world: dict) -> bytes:
    return workbook(
        [
            ["DAFTAR PEGAWAI 2026"],
            HEAD,
            [world["siti"].number, "Siti Rahma", "PNS", "Dinas Kesehatan", "Bidan", NIK, "Islam"],
            [new_number(), "Baru Sekali", "PNS", "Dinas Kesehatan", "Perawat", NIK, "Hindu"],
            ["", "Honorer Lama", "Non ASN", "Dinas Kesehatan", "Sopir", NIK, "Kristen"],
            ["123", "Nomor Rusak", "PNS", "Dinas Kesehatan", "Staf", NIK, "Budha"],
        ]
    )


def upload(client: Client, content: bytes, *, scope: str = "full", name: str = "pegawai.xlsx"):
    return client.post(
        reverse("people:imports_new"),
        {
            "scope": scope,
            "effective_on": "2026-11-22",
            "file": SimpleUploadedFile(name, content),
        },
    )


def previewed(client: Client, content: bytes, **how: str) -> tuple[Import, str]:
    address = upload(client, content, **how).headers["Location"]
    source = Import.objects.latest("created_at")
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    return source, address


def test_from_upload_to_undone_without_javascript(
    world: dict, sign_in: SignIn, uploads: Path
) -> None:
    client = sign_in(world["officer"])
    address = upload(client, a_register(world)).headers["Location"]
    source = Import.objects.get()
    assert address == reverse("people:imports_import", args=[source.pk])
    reading = client.get(address).text
    assert "Berkas sedang dibaca" in reading
    assert '<meta http-equiv="refresh"' in reading
    assert [path.name for path in uploads.iterdir()] == [Path(source.file_path).name]

    imports.read(str(source.pk), NOW)
    preview = client.get(address)
    assert "Terapkan impor" in preview.text
    assert NIK not in preview.text
    codes = [tab.code for tab in preview.context["tabs"]]
    assert codes[0] == "masalah"
    for code in codes:
        page = client.get(address, {"lihat": code})
        assert page.status_code == 200
        assert page.context["current"] == code
        assert NIK not in page.text
    assert "Baru Sekali" in client.get(address, {"lihat": "create"}).text
    change = client.get(address, {"lihat": "change"}).text
    assert "Bidan" in change
    assert "Tidak Tercantum" in client.get(address, {"lihat": "missing"}).text
    assert "Catat 1 pegawai yang tidak tercantum sebagai berhenti" in preview.text

    confirmed = client.post(reverse("people:imports_confirm", args=[source.pk]))
    assert confirmed.headers["Location"] == address
    assert "Perubahan sedang diterapkan" in client.get(address).text
    imports.apply(str(source.pk), NOW)
    assert [path.suffixes[-2:] for path in uploads.iterdir()] == [[".marked", ".sealed"]]
    applied = client.get(address)
    assert "Diterapkan pada 22 November 2026, pukul 11.00 WITA" in applied.text
    assert applied.context["new_local_ids"] == 1
    assert [tab.code for tab in applied.context["tabs"]] == ["masalah", "bad", "missing"]
    assert "Nomor Rusak" in client.get(address, {"lihat": "bad"}).text
    again = client.get(reverse("people:imports_problems", args=[source.pk]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(again)))
    assert book.get_sheet_by_name("Pegawai").to_python()[5][0] == "123"
    assert Posting.objects.get(person=world["siti"], valid_to=None).position == "Bidan"
    assert Posting.objects.filter(person=world["gone"], valid_to=None).exists()

    undo = reverse("people:imports_undo", args=[source.pk])
    assert "dihapus atau dikembalikan" in client.get(undo).text
    client.post(undo)
    assert "Impor sedang ditarik kembali" in client.get(address).text
    imports.carry_out_undo(str(source.pk), NOW)
    assert "ditarik kembali seluruhnya" in client.get(address).text
    assert not Person.objects.filter(name="Baru Sekali").exists()


def test_columns_that_were_not_used_are_named_without_a_value(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    head = ["No", *HEAD, "Hobi Rahasia", "Tgl Lahir"]
    row = ["1", new_number(), "Adi", "PNS", "Dinas Kesehatan", "Staf", NIK, "Konghucu"]
    content = workbook([head, [*row, "memancing", "01-02-1985"]])
    _source, address = previewed(client, content, scope="part")
    page = client.get(address)
    groups = {group.why: group.headers for group in page.context["unused"]}
    assert groups == {
        "forbidden": ("NIK", "Agama"),
        "checked": ("Tgl Lahir",),
        "unknown": ("Hobi Rahasia",),
        "unneeded": ("No",),
    }
    assert "NIK, Agama" in page.text
    assert not any(value in page.text for value in (NIK, "Konghucu", "memancing", "01-02-1985"))


def test_problems_are_counted_by_kind_and_shown_one_kind_at_a_time(
    world: dict, sign_in: SignIn
) -> None:
    page = sign_in(world["officer"])
    rows = [["NIP", "Nama", "Unit Kerja"], *(["123", f"Orang {n}", "Dinas A"] for n in range(3))]
    content = workbook([*rows, ["198502012010011001", "", "Dinas A"]])
    _source, address = previewed(page, content, scope="part")
    text = page.get(address).text
    assert "Menurut jenisnya" in text
    assert "jenis=number_wrong_length" in text
    one_kind = page.get(address, {"lihat": "masalah", "jenis": "name_missing"})
    assert [line.problem.code for line in one_kind.context["problems"]] == ["name_missing"]
    shapes = page.get(f"{address}kolom").text
    assert "3 angka" in shapes, "the shape of every column, also of those that are known"


def test_the_missing_are_closed_only_when_the_box_is_ticked(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    source, _address = previewed(client, a_register(world))
    client.post(reverse("people:imports_confirm", args=[source.pk]), {"close_missing": "on"})
    imports.apply(str(source.pk), NOW)
    world["gone"].refresh_from_db()
    assert world["gone"].left_on is not None


def test_local_ids_and_problems_can_be_downloaded(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    source, _address = previewed(client, a_register(world))
    marked = client.get(reverse("people:imports_problems", args=[source.pk]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(marked))).get_sheet_by_name(
        "Pegawai"
    )
    cells = [str(cell) for row in sheet.to_python() for cell in row]
    assert "Nomor Rusak" in cells, cells
    assert not any(NIK in cell or cell in {"Islam", "Hindu"} for cell in cells)
    client.post(reverse("people:imports_confirm", args=[source.pk]))
    imports.apply(str(source.pk), NOW)
    answer = client.get(reverse("people:imports_local_ids", args=[source.pk]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    rows = book.get_sheet_by_index(0).to_python()
    person = Person.objects.get(name="Honorer Lama")
    assert rows[1:] == [[person.local_id, "Honorer Lama", "Dinas Kesehatan", ""]]
    recorded = set(NameListView.objects.values_list("what", flat=True))
    assert {"people.import.problems", "people.import.local_ids"} <= recorded
    told = NameListView.objects.get(what="people.import.local_ids")
    assert (told.is_listed, list(told.shown.all())) == (True, [person])


def test_what_is_exported_changes_nothing_when_it_comes_back(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    school = make_unit(world["government"], "SMA 1", world["top"])
    make_person(school, "Honorer Satu", status="non_asn")
    for kind in ("xlsx", "csv"):
        exported = b"".join(client.get(reverse("people:register_export", args=[kind])))
        source, address = previewed(client, exported, name=f"pegawai.{kind}")
        assert source.state == "preview", source.failure
        assert source.counts["same"] == 3, source.counts
        assert "Isi sama, tidak ada yang berubah" in client.get(address).text


def test_unknown_columns_are_asked_once_and_remembered(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    odd = workbook(
        [["Kode A", "Kode B", "Kode C"], [new_number(), "Orang Aneh", "Dinas Kesehatan"]]
    )
    source, address = previewed(client, odd, scope="part")
    assert source.state == "mapping", source.failure
    page = client.get(address)
    assert "Belum ada kolom untuk" in page.text
    assert "Orang Aneh" not in page.text
    columns = reverse("people:imports_columns", args=[source.pk])
    names = [field.html_name for _c, field in page.context["sheets"][0]["form"].rows()]
    twice = client.post(columns, dict.fromkeys(names, "name"))
    assert twice.status_code == 422
    assert "Dua kolom tidak dapat berarti sama" in twice.text
    client.post(columns, dict(zip(names, ["number", "name", "unit_name"], strict=True)))
    assert ColumnMapping.objects.count() == 3
    imports.read(str(source.pk), NOW)
    assert "Orang Aneh" in client.get(address, {"lihat": "create"}).text
    again, _address = previewed(client, odd, scope="part", name="lagi.xlsx")
    assert again.state == "preview"


def test_a_question_is_answered_on_the_page(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    make_person(world["top"], "Ani", status="non_asn")
    make_person(world["top"], "Ani", status="non_asn")
    rows = [["Nama", "Status", "Unit Kerja"], ["Ani", "Non ASN", "Dinas Kesehatan"]]
    source, address = previewed(client, workbook(rows), scope="part")
    page = client.get(address, {"lihat": "ask"})
    line = page.context["rows"][0]
    assert len(line.candidates) == 2
    decide = reverse("people:imports_decide", args=[source.pk])
    shown = NameListView.objects.get(what="people.import")
    assert set(shown.shown.values_list("name", flat=True)) == {"Ani"}  # nobody else was
    choice = {f"baris-{line.row.pk}": line.candidates[0].key, "baris-x": "new"}
    answered = client.post(decide, choice, follow=True)
    assert "1 keputusan disimpan" in answered.text
    source.refresh_from_db()
    assert "ask" not in source.counts
    assert "sudah diputuskan" in answered.text  # and may still be changed
    assert f'value="{line.candidates[0].key}" checked' in answered.text
    assert "Pilih dahulu" in client.post(decide, choice, follow=True).text
    nothing = client.post(decide, {}, follow=True)
    assert "Pilih dahulu satu jawaban" in nothing.text
    strange = make_person(make_unit(make_government("65", "Lain"), "Sana"))
    refused = client.post(decide, {f"baris-{line.row.pk}": str(strange.pk)}, follow=True)
    assert "tidak ada di register" in refused.text


def test_a_misspelled_unit_is_settled_on_the_page(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    rows = [["Nama", "Status", "Unit Kerja"], ["Siti Dua", "Non ASN", "Dinas Kesehatn"]]
    source, address = previewed(client, workbook(rows), scope="part")
    assert "1 unit baru mirip unit yang sudah ada" in client.get(address).text
    page = client.get(address, {"lihat": "unit"})
    assert "Pakai unit ini: Dinas Kesehatan" in page.text
    asked = page.context["doubtful"][0].unit
    settle = reverse("people:imports_units", args=[source.pk])
    meant = str(world["top"].pk)
    client.post(settle, {f"unit-{asked.pk}": meant, "unit-x": meant, "unit-9999999": "nonsense"})
    assert "Berkas sedang dibaca" in client.get(address).text
    imports.read(str(source.pk), NOW)
    page = client.get(address, {"lihat": "unit"})
    assert page.context["counts"] == {"rows": 1, "create": 1, "unit_same": 1}
    assert "sudah diputuskan" in page.text


def test_units_that_resemble_others_are_created_only_when_that_is_said(
    world: dict, sign_in: SignIn
) -> None:
    client = sign_in(world["officer"])
    other = make_unit(world["government"], "Badan Daerah")
    for top in (world["top"], other):
        make_unit(world["government"], "Sekretariat", top)
    rows = [["Nama", "Status", "Unit Kerja"], ["Siti Dua", "Non ASN", "Sekretarat"]]
    source, address = previewed(client, workbook(rows), scope="part")
    page = client.get(address, {"lihat": "unit"}).text
    assert page.index("Unit mana yang dimaksud?") < page.index("Sekretariat · Dinas Kesehatan")
    assert "Sekretariat · Badan Daerah" in page
    confirm = reverse("people:imports_confirm", args=[source.pk])
    refused = client.post(confirm, follow=True)
    assert (
        "Putuskan dahulu di tab Unit" in refused.text and "Unit mana yang dimaksud?" in refused.text
    )
    box = page[page.index('name="new_units_are_meant"') :].partition(">")[0]
    assert "required" not in box, "the browser would urge to tick it, in its own words"
    client.post(confirm, {"new_units_are_meant": "on"})
    source.refresh_from_db()
    assert source.state == "applying"


def test_a_file_beyond_the_limit_gets_a_clear_answer(
    world: dict, sign_in: SignIn, uploads: Path, settings: object
) -> None:
    settings.IMPORT_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    answer = upload(sign_in(world["officer"]), b"x" * (3 * 1024 * 1024))
    assert answer.status_code == 422
    assert "lebih besar dari 1 MB" in answer.text
    assert answer.text.index("lebih besar dari 1 MB") < answer.text.index("multipart/form-data")
    assert list(uploads.iterdir()) == []
    assert not Import.objects.exists()


def test_fifty_megabytes_are_taken_and_more_is_not(
    world: dict, sign_in: SignIn, uploads: Path
) -> None:
    client = sign_in(world["officer"])
    line = b"," * 4 + b"x" * 10_000 + b"\n"
    row = f"{new_number()},Baru Sekali,PNS,Dinas Kesehatan,\n".encode()
    head = b"NIP,Nama,Status,Unit Kerja,Keterangan\n" + row
    megabyte = 1024 * 1024
    assert upload(client, head + line * (51 * megabyte // len(line))).status_code == 422
    source, _address = previewed(client, head + line * (49 * megabyte // len(line)), scope="part")
    assert (source.state, source.counts["create"]) == ("preview", 1)


def test_a_form_with_problems_leaves_no_file_behind(
    world: dict, sign_in: SignIn, uploads: Path
) -> None:
    answer = upload(sign_in(world["officer"]), b"x", scope="nonsense")
    assert answer.status_code == 422
    assert list(uploads.iterdir()) == []
    assert "Pilih berkas" in (
        sign_in(world["officer"])
        .post(reverse("people:imports_new"), {"scope": "part", "effective_on": "2026-11-22"})
        .text
    )


def test_uploading_needs_the_token(world: dict, uploads: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world["officer"])
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(world["officer"].pk)
    session.save()
    assert upload(client, b"x").status_code == 403
    assert not uploads.exists() or list(uploads.iterdir()) == []


def test_a_file_that_is_no_register_says_what_to_do(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    source, address = previewed(client, b"%PDF-1.7 bukan lembar kerja", name="surat.pdf")
    assert source.state == "failed"
    text = client.get(address).text
    assert "tidak dapat diimpor" in text
    assert "Unggah" in text


def test_failed_and_discarded_uploads_stand_aside_and_expire(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    previewed(client, b"%PDF-1.7", name="surat.pdf")
    kept, _address = previewed(client, a_register(world), name="benar.xlsx")
    page = client.get(reverse("people:imports"))
    assert [source.pk for source in page.context["page"]] == [kept.pk]
    assert [source.file_name for source in page.context["set_aside"]] == ["surat.pdf"]
    keeping.drop_staged(before=NOW + timedelta(days=1))
    Import.objects.update(created_at=NOW)
    keeping.drop_staged(before=NOW + timedelta(days=1))
    assert not Import.objects.filter(file_name="surat.pdf").exists()


def test_the_same_file_again_says_when_it_was_applied(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    broken = a_register(world)
    source, _address = previewed(client, broken, scope="part")
    client.post(reverse("people:imports_confirm", args=[source.pk]))
    imports.apply(str(source.pk), NOW)
    _again, address = previewed(client, broken, scope="part", name="lagi.xlsx")
    text = client.get(address).text
    assert "Isi sama, tidak ada yang berubah" in text
    assert "Berkas ini sama persis dengan yang diterapkan pada 22 November 2026" in text
    assert "1 baris tidak dapat dipakai" in text
    assert "Terapkan impor" not in text


def test_discarding_changes_nothing(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    source, address = previewed(client, a_register(world))
    client.post(reverse("people:imports_discard", args=[source.pk]))
    assert "Register tidak berubah" in client.get(address).text
    late = client.post(reverse("people:imports_confirm", args=[source.pk]), follow=True)
    assert "tidak lagi menunggu persetujuan" in late.text
    source.refresh_from_db()
    assert source.state == "discarded"


def test_progress_says_where_to_go(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    upload(client, a_register(world))
    source = Import.objects.get()
    Import.objects.update(progress_done=1500, progress_total=18000)
    address = reverse("people:imports_progress", args=[source.pk])
    assert client.get(address).json() == {
        "done": 1500,
        "total": 18000,
        "text": "1.500 dari 18.000",
        "finished": False,
        "next": None,
    }
    imports.read(str(source.pk), NOW)
    finished = client.get(address).json()
    assert finished["finished"] is True
    assert finished["next"] == reverse("people:imports_import", args=[source.pk])


def test_only_officers_of_the_whole_government_may_look(world: dict, sign_in: SignIn) -> None:
    officer = sign_in(world["officer"])
    source, _address = previewed(officer, a_register(world))
    stranger = sign_in(make_officer(make_government("65", "Lain")))
    of_subtree = sign_in(make_officer(world["government"], "personnel", world["top"]))
    head = sign_in(make_officer(world["government"], "head", world["top"]))
    reads = ["import", "progress", "columns", "undo", "problems", "local_ids"]
    writes = ["decide", "confirm", "discard", "columns", "undo"]
    for name in reads:
        address = reverse(f"people:imports_{name}", args=[source.pk])
        assert officer.get(address).status_code in {200, 302}, name
        assert stranger.get(address).status_code == 404, name
        assert of_subtree.get(address).status_code == 403, name
        assert head.get(address).status_code == 403, name
        assert Client().get(address).status_code == 302, name
    for name in writes:
        address = reverse(f"people:imports_{name}", args=[source.pk])
        assert stranger.post(address).status_code == 404, name
        assert head.post(address).status_code == 403, name
    assert "pegawai.xlsx" in officer.get(reverse("people:imports")).text
    assert "pegawai.xlsx" not in stranger.get(reverse("people:imports")).text
    assert head.get(reverse("people:imports_new")).status_code == 403
    for name in ("decide", "confirm", "discard"):
        assert officer.get(reverse(f"people:imports_{name}", args=[source.pk])).status_code == 405
    source.refresh_from_db()
    assert source.state == "preview"


def test_a_unit_tree_is_previewed_by_unit(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    rows = [
        ["Id", "NamaUnor", "DiatasanId"],
        ["A1", "Dinas Baru", ""],
        ["A2", "--Bidang Satu", "A1"],
    ]
    source, address = previewed(client, workbook(rows), scope="units", name="unor.xlsx")
    assert source.state == "preview", source.failure
    text = client.get(address, {"lihat": "unit"}).text
    assert "Bidang Satu" in text
    assert "Dinas Baru" in text


def test_no_import_yet(world: dict, sign_in: SignIn) -> None:
    assert "Belum ada impor" in sign_in(world["officer"]).get(reverse("people:imports")).text
