from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from netral.people.models import Account, ClaimCode, Government, SlipBatch, Unit
from netral.people.queries.slips import Whom
from netral.people.services import claiming, sealing, slip_drawing, slips
from tests.people.accounts.factories import (
    NOW,
    give_duty,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)
from tests.people.accounts.sessions import sign_in

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def make_ready(actor: Account, unit: Unit) -> tuple[SlipBatch, str]:
    batch, private = slips.request_batch(
        actor=actor, government=unit.government, unit=unit, now=NOW
    )
    slips.make_batch(batch=batch, now=NOW)
    batch.refresh_from_db()
    return batch, private


def test_a_slip_opens_its_account_through_its_qr(personnel: Account, unit: Unit) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    pillow = pytest.importorskip("PIL.Image")
    import typst

    person = make_person(unit, name="Rina Hasanah")
    issued = claiming.draw_codes(person_ids=[person.pk], now=NOW)
    claiming.keep_codes(actor=personnel, issued=issued, now=NOW)
    captured: dict[str, object] = {}
    original = typst.compile

    def compile_as_png(path: str, **options: object) -> bytes:
        captured["png"] = original(path, format="png", ppi=150, **options)
        return original(path, **options)

    slip_drawing.typst.compile = compile_as_png  # type: ignore[assignment]
    try:
        pdf = slip_drawing.draw(issued=issued, government=unit.government, title="Slip", now=NOW)
    finally:
        slip_drawing.typst.compile = original
    assert "Rina Hasanah" in text_of(pdf)
    assert CODE.search(text_of(pdf))
    png = captured["png"]
    image = pillow.open(io.BytesIO(png[0] if isinstance(png, list) else png))  # type: ignore[arg-type]
    address = zxingcpp.read_barcodes(image)[0].text
    assert address == slip_drawing.claim_address(issued[0].code)
    page = Client().get(address.removeprefix("http://127.0.0.1:8000"))
    assert "Rina Hasanah" in page.content.decode()


def test_names_are_never_read_as_markup(personnel: Account, unit: Unit) -> None:
    person = make_person(unit, name='#read("/etc/passwd") $x$ *Budi* \\ "kutip"')
    pdf = slips.print_for_person(actor=personnel, person=person, now=NOW)
    assert '#read("/etc/passwd")' in text_of(pdf).replace("“", '"').replace("”", '"')


def test_a_chosen_unit_is_one_file_with_each_unit_on_its_own_pages(
    personnel: Account, government: Government
) -> None:
    office = make_unit(government, "Dinas Pendidikan")
    school = make_unit(government, "SMA Negeri 1", parent=office)
    typist = make_unit(government, "Subbagian Tata Usaha", parent=school)
    units = (office, school, typist)
    people = [make_person(at, name=f"Orang {n}") for n in range(3) for at in units]
    batch, private = make_ready(personnel, office)
    name, pieces = slips.fetch(batch=batch, private_key=private, now=NOW)
    assert name == "001-dinas-pendidikan.pdf"
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(b"".join(pieces))).pages]
    assert [len(CODE.findall(page)) for page in pages] == [3, 3, 3]
    assert pages[2].count("Dinas Pendidikan › SMA Negeri 1") == 4  # on the page and on each slip
    codes = CODE.findall("".join(pages))
    opened = {claiming.claim_with_code(code=code, now=NOW).person for code in codes}
    assert opened == set(people)


def test_the_whole_government_is_a_file_for_each_office(
    personnel: Account, government: Government
) -> None:
    office = make_unit(government, "Dinas Pendidikan")
    make_person(make_unit(government, "SMA Negeri 1", parent=office))
    make_person(make_unit(government, "Badan Pendapatan"))
    batch, private = slips.request_batch(actor=personnel, government=government, now=NOW)
    slips.make_batch(batch=batch, now=NOW)
    batch.refresh_from_db()
    _name, pieces = slips.fetch(batch=batch, private_key=private, now=NOW)
    names = zipfile.ZipFile(io.BytesIO(b"".join(pieces))).namelist()
    assert [name[4:] for name in names] == ["badan-pendapatan.pdf", "dinas-pendidikan.pdf"]


@pytest.mark.parametrize("offices", [1, 2])
def test_slips_of_a_demonstration_say_so_in_the_names_of_their_files(
    settings: Any, personnel: Account, government: Government, offices: int
) -> None:
    settings.DEMO = True
    for name in ("Biro Hukum", "Biro Umum")[:offices]:
        make_person(make_unit(government, name))
    batch, private = slips.request_batch(actor=personnel, government=government, now=NOW)
    slips.make_batch(batch=batch, now=NOW)
    batch.refresh_from_db()
    name, pieces = slips.fetch(batch=batch, private_key=private, now=NOW)
    assert name == ("peragaan-001-biro-hukum.pdf" if offices == 1 else "peragaan-slip.zip")
    if offices == 2:
        inside = zipfile.ZipFile(io.BytesIO(b"".join(pieces))).namelist()
        assert inside == ["peragaan-001-biro-hukum.pdf", "peragaan-002-biro-umum.pdf"]


def test_a_slip_anew_for_those_who_cannot_come_in_again(personnel: Account, unit: Unit) -> None:
    make_person(unit)
    make_account(make_person(unit))
    make_account(make_person(unit), password="kata-sandi-yang-panjang")
    totals = {
        whom: slips.request_batch(
            actor=personnel, government=unit.government, unit=unit, whom=whom, now=NOW, opening=1
        )[0].total
        for whom in Whom
    }
    assert totals == {Whom.UNCLAIMED: 1, Whom.STUCK: 2, Whom.ALL: 3}


def test_a_big_office_is_cut_into_parts(
    personnel: Account, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "PER_PART", 3)
    for _turn in range(7):
        make_person(unit)
    batch, _private = make_ready(personnel, unit)
    assert batch.parts.count() == 3
    assert batch.done == batch.total == 7
    assert batch.state == SlipBatch.State.READY


def test_codes_are_nowhere_but_in_the_opened_file(
    personnel: Account, unit: Unit, tmp_path: Path
) -> None:
    make_person(unit)
    batch, private = make_ready(personnel, unit)
    _name, pieces = slips.fetch(batch=batch, private_key=private, now=NOW)
    code = CODE.findall(text_of(b"".join(pieces)))[0]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert code.encode() not in content
            assert not content.startswith(b"%PDF")
    with connection.cursor() as cursor:
        for table in ("people_claimcode", "people_slipbatch", "people_slippart"):
            cursor.execute(f"SELECT * FROM {table}")
            rows = str(cursor.fetchall())
            assert code not in rows
            assert code.replace("-", "") not in rows
            assert private not in rows


def test_another_key_opens_nothing(personnel: Account, unit: Unit) -> None:
    make_person(unit)
    batch, _private = make_ready(personnel, unit)
    stranger, _public = sealing.new_pair()
    for key in (stranger, "", "not a key", "AAAA"):
        with pytest.raises(sealing.CannotOpen):
            slips.fetch(batch=batch, private_key=key, now=NOW)


def test_a_changed_file_is_refused() -> None:
    private, public = sealing.new_pair()
    sealed = bytearray(sealing.seal(b"secret", public))
    assert sealing.unseal(bytes(sealed), private) == b"secret"
    sealed[-1] ^= 1
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(bytes(sealed), private)


def test_a_worker_killed_in_the_middle_leaves_no_open_code(
    personnel: Account, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "PER_PART", 2)
    for _turn in range(4):
        make_person(unit)
    batch, private = slips.request_batch(
        actor=personnel, government=unit.government, unit=unit, now=NOW
    )
    original, turns = claiming.keep_codes, []

    def killed_at_the_second(**values: object) -> None:
        turns.append(1)
        original(**values)  # type: ignore[arg-type]
        if len(turns) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(claiming, "keep_codes", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        slips.make_batch(batch=batch, now=NOW)
    assert ClaimCode.objects.count() == 2
    monkeypatch.setattr(claiming, "keep_codes", original)
    slips.make_batch(batch=SlipBatch.objects.get(), now=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.done) == (SlipBatch.State.READY, 4)
    _name, pieces = slips.fetch(batch=batch, private_key=private, now=NOW)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    codes = [
        code for name in archive.namelist() for code in CODE.findall(text_of(archive.read(name)))
    ]
    assert len({claiming.claim_with_code(code=code, now=NOW).person_id for code in codes}) == 4


def test_running_the_job_twice_makes_each_slip_once(personnel: Account, unit: Unit) -> None:
    make_person(unit)
    batch, private = make_ready(personnel, unit)
    part = batch.parts.get()
    slips.make_part(batch=batch, part=part, now=NOW)
    slips.make_batch(batch=batch, now=NOW)
    assert ClaimCode.objects.count() == 1
    _name, pieces = slips.fetch(batch=batch, private_key=private, now=NOW)
    code = CODE.findall(text_of(b"".join(pieces)))[0]
    assert claiming.claim_with_code(code=code, now=NOW)


def test_files_go_a_while_after_the_download_and_after_a_day_anyway(
    personnel: Account, unit: Unit
) -> None:
    make_person(unit)
    batch, private = make_ready(personnel, unit)
    for _piece in slips.fetch(batch=batch, private_key=private, now=NOW)[1]:
        pass
    again = NOW + timedelta(minutes=5)
    batch.refresh_from_db()
    assert slips.fetch(batch=batch, private_key=private, now=again)
    assert slips.forget_old(now=again) == 0
    later = NOW + timedelta(minutes=16)
    with pytest.raises(slips.NotReady):
        slips.fetch(batch=batch, private_key=private, now=later)
    assert slips.forget_old(now=later) == 1
    assert not slips.folder_of(batch.pk).exists()
    assert not batch.parts.exists()


def test_who_has_an_account_is_left_out_unless_asked_for(personnel: Account, unit: Unit) -> None:
    make_account(make_person(unit))
    with pytest.raises(slips.NobodyLeft):
        slips.request_batch(actor=personnel, government=unit.government, unit=unit, now=NOW)
    batch, _private = slips.request_batch(
        actor=personnel, government=unit.government, unit=unit, whom=Whom.ALL, now=NOW
    )
    assert batch.total == 1


def test_an_officer_whose_duty_ended_gets_no_slips(personnel: Account, unit: Unit) -> None:
    make_person(unit)
    batch, _private = slips.request_batch(
        actor=personnel, government=unit.government, unit=unit, now=NOW
    )
    personnel.duties.update(ended_at=NOW)
    slips.make_batch(batch=batch, now=NOW)
    assert batch.state == SlipBatch.State.FAILED
    assert not ClaimCode.objects.exists()


def test_nobody_prints_beyond_their_reach(government: Government) -> None:
    top = make_unit(government)
    officer = make_account(make_person(top))
    give_duty(officer, "personnel", government, top)
    elsewhere = make_unit(make_government("Kota Lain"))
    for unit in (None, make_unit(government), elsewhere):
        with pytest.raises(claiming.NotYours):
            slips.request_batch(actor=officer, government=government, unit=unit, now=NOW)
    with pytest.raises(claiming.NotYours):
        slips.print_for_person(actor=officer, person=make_person(elsewhere), now=NOW)


# --- the pages ------------------------------------------------------------------------------------


def test_from_asking_to_downloading_on_the_pages(
    officer_client: Client, unit: Unit, run_jobs: Callable[[], int]
) -> None:
    make_person(unit, name="Rina Hasanah")
    asked = officer_client.post("/slip/", {"unit_choice": unit.pk, "whom": "unclaimed"})
    assert asked.status_code == 302
    address = asked["Location"]
    batch = SlipBatch.objects.get()
    cookie = asked.cookies[f"slip_{batch.pk.hex}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (address, True, "Strict")
    waiting = officer_client.get(address)
    assert "data-progress" in waiting.content.decode()
    state = officer_client.get(address, headers={"accept": "application/json"}).json()
    assert (state["done"], state["total"], state["finished"]) == (0, 1, False)
    assert run_jobs() >= 1
    assert "siap dicetak" in officer_client.get(address).content.decode()
    answer = officer_client.post(f"{address}unduh/")
    assert answer["Content-Type"] == "application/pdf"
    assert "Rina Hasanah" in text_of(b"".join(answer.streaming_content))


def test_another_officer_and_another_browser_do_not_get_them(
    officer_client: Client, personnel: Account, unit: Unit, run_jobs: Callable[[], int]
) -> None:
    make_person(unit)
    address = officer_client.post("/slip/", {"unit_choice": unit.pk, "whom": "unclaimed"})[
        "Location"
    ]
    run_jobs()
    other = sign_in(Client(), make_officer("personnel", unit.government), second_factor=True)
    assert other.get(address).status_code == 404
    assert other.post(f"{address}unduh/").status_code == 404
    same_officer = sign_in(Client(), personnel, second_factor=True)
    assert "hanya dapat dibuka di peramban" in same_officer.get(address).content.decode()
    assert same_officer.post(f"{address}unduh/").status_code == 302


def test_one_slip_for_one_person(officer_client: Client, unit: Unit) -> None:
    person = make_person(unit, name="Rina Hasanah")
    answer = officer_client.post(f"/slip/pegawai/{person.pk}/")
    code = CODE.findall(text_of(answer.content))[0]
    assert claiming.claim_with_code(code=code, now=timezone.now()).person == person


def test_a_slip_in_somebodys_hand_is_replaced_only_after_asking(
    officer_client: Client, unit: Unit
) -> None:
    person = make_person(unit, name="Rina Hasanah")
    address = f"/slip/pegawai/{person.pk}/"
    assert "tidak mempunyai slip lain yang masih berlaku" in officer_client.get(address).text
    first = CODE.findall(text_of(officer_client.post(address).content))[0]
    held = ClaimCode.objects.get()
    asked = officer_client.post(address)  # without having been told of the first
    assert "Ganti slip yang masih berlaku?" in asked.text
    assert f'name="instead_of" value="{held.pk}"' in asked.text
    assert ClaimCode.objects.get().revoked_at is None, "nothing happened yet"
    for wrong in ("", "bukan-kunci", str(person.pk)):
        assert "Ganti slip" in officer_client.post(address, {"instead_of": wrong}).text
    second = officer_client.post(address, {"instead_of": str(held.pk)})
    assert second["Content-Type"] == "application/pdf"
    with pytest.raises(claiming.ClaimRefused):
        claiming.claim_with_code(code=first, now=timezone.now())
    third = officer_client.post(address, {"instead_of": str(held.pk)})
    assert "Ganti slip" in third.text, "the page of before knows nothing of the slip made since"
    new = CODE.findall(text_of(second.content))[0]
    assert claiming.claim_with_code(code=new, now=timezone.now()).person == person


def test_a_slip_that_ran_out_or_was_used_is_nothing_to_ask_about(
    officer_client: Client, personnel: Account, unit: Unit
) -> None:
    old, come = make_person(unit), make_person(unit)
    long_ago = timezone.now() - claiming.VALID_FOR - timedelta(days=1)
    claiming.issue_for(actor=personnel, person_ids=[old.pk], now=long_ago)
    (issued,) = claiming.issue_for(actor=personnel, person_ids=[come.pk], now=timezone.now())
    claiming.claim_with_code(code=issued.code, now=timezone.now())
    for person in (old, come):
        answer = officer_client.post(f"/slip/pegawai/{person.pk}/")
        assert answer["Content-Type"] == "application/pdf"


def test_for_whom_is_chosen_from_the_start_and_never_said_to_be_optional(
    officer_client: Client, unit: Unit
) -> None:
    text = officer_client.get("/slip/").text
    [legend] = re.findall(r"<legend>Untuk siapa(.*?)</legend>", text)
    assert legend == ""
    assert re.search(r'name="whom" value="unclaimed"[^>]* checked', text)
    left_out = officer_client.post("/slip/", {"unit_choice": str(unit.pk)})
    assert "whom" in left_out.context["form"].errors
    assert not SlipBatch.objects.exists()


def test_slips_of_a_whole_office_are_replaced_only_after_saying_how_many(
    officer_client: Client, personnel: Account, unit: Unit, run_jobs: Callable[[], int]
) -> None:
    held, ran_out = [make_person(unit) for _each in range(2)], make_person(unit)
    make_person(unit)
    claiming.issue_codes(actor=personnel, people=held, now=timezone.now())
    long_ago = timezone.now() - claiming.VALID_FOR - timedelta(days=1)
    claiming.issue_codes(actor=personnel, people=[ran_out], now=long_ago)
    chosen = {"unit_choice": str(unit.pk), "whom": "unclaimed"}
    asked = officer_client.post("/slip/", chosen)
    assert asked.status_code == 200
    assert "2 orang dalam pilihan ini memegang slip yang masih berlaku" in asked.text
    assert 'name="replacing" value="2"' in asked.text
    assert re.search(rf'name="unit_choice" value="{unit.pk}"[^>]* checked', asked.text)
    for too_few in ("1", "", "-5", "dua", "9" * 30):
        again = officer_client.post("/slip/", {**chosen, "replacing": too_few})
        assert "memegang slip yang masih berlaku" in again.text
    assert not SlipBatch.objects.exists()
    assert officer_client.post("/slip/", {**chosen, "replacing": "2"}).status_code == 302
    run_jobs()
    assert SlipBatch.objects.get().done == 4
    assert ClaimCode.objects.filter(revoked_at=None, used_at=None).count() == 4
