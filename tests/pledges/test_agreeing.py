"""Nothing is closed or sealed while the record of a ceremony is not what the log has of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from netral.base.audit import files
from netral.base.audit.checking import differences
from netral.base.audit.integrator import work_once
from netral.base.audit.recounting import recount
from netral.people.models import Duty, Person
from netral.pledges.models import Ceremony, CeremonyMove, Signature
from netral.pledges.queries.results import result_of
from netral.pledges.rules import moves
from netral.pledges.rules.moves import LONGEST_REASON
from netral.pledges.services import ceremonies
from netral.pledges.services.agreeing import (
    Contradicted,
    differ,
    require_agreement,
    with_contradiction,
)
from netral.pledges.services.joint import joint_pdf
from netral.pledges.services.minutes import minutes_pdf
from netral.pledges.services.recounting import signature_list
from tests.base.audit.fresh import sign_afresh
from tests.base.audit.test_tampering import sql
from tests.contracts.showing import Screen
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_officer
from tests.pledges.factories import NOW, Hall, make_ceremony
from tests.pledges.test_recounting import CLOSED, close, sign
from tests.pledges.test_results import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def signed(hall: Hall) -> Hall:
    for name in ("Ani Rahma", "Budi Putra", "Citra Dewi"):
        sign(hall, name)
    sign_afresh()
    return hall


def key_of(row: Signature | Ceremony | Person) -> str:
    return row.pk.hex if connection.vendor == "sqlite" else str(row.pk)


def _first() -> Signature:
    return Signature.objects.order_by("recorded_at", "id")[0]


def _change(hall: Hall) -> None:
    sql("UPDATE pledges_signature SET receipt_code = 'AAAAAAAA' WHERE id = %s", key_of(_first()))


def _delete(hall: Hall) -> None:
    sql("DELETE FROM pledges_signature WHERE id = %s", key_of(_first()))


def _move_away(hall: Hall) -> None:
    other = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    key = key_of(_first())
    sql("UPDATE pledges_signature SET ceremony_id = %s WHERE id = %s", key_of(other), key)


def _unlog(hall: Hall) -> None:
    """As if it had been slipped in: a row that has no entry."""
    sql("DELETE FROM base_logopening WHERE reference = %s", key_of(_first()))


def _edit_the_entry(hall: Hall) -> None:
    sql("UPDATE base_logentry SET hour = hour - 1 WHERE kind = 'pledge' AND \"index\" > 1")


TAMPERINGS: list[Callable[[Hall], None]] = [_change, _delete, _move_away, _unlog, _edit_the_entry]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_record_that_is_not_the_logs_is_neither_closed_nor_sealed(
    signed: Hall, tamper: Callable[[Hall], None]
) -> None:
    tamper(signed)
    with pytest.raises(Contradicted):
        close(signed)
    with pytest.raises(Contradicted):
        joint_pdf(signed.ceremony, "a4")
    signed.ceremony.refresh_from_db()
    assert signed.ceremony.state == moves.SIGNING
    assert not CeremonyMove.objects.filter(move="close").exists()
    sign(signed, "Dewi Lestari")  # nothing is lost: whoever comes can sign


def test_the_officer_reads_what_is_wrong_and_what_to_do(signed: Hall) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    address = reverse("pledges:lead_move", args=[signed.ceremony.pk, "close"])
    assert "tidak ditutup" not in client.get(address).content.decode()
    _change(signed)
    answer = client.post(address)
    said = answer.content.decode()
    assert answer.status_code == 409 and "Penandatanganan tidak ditutup" in said
    for words in ("1 tanda tangan sejak jam ikrar ini dibuka", "netral log fsck", "inspektorat"):
        assert words in said
    assert "Nomor entrinya: 0 (kode tanda terima AAAAAAAA)." in said
    joint = client.get(reverse("pledges:joint", args=[signed.ceremony.pk]))
    assert joint.status_code == 409 and "Ikrar bersama tidak disegel" in joint.content.decode()
    client.post("/bahasa", {"language": "en", "next": "/"})
    said = client.post(address).content.decode()
    assert "The signing was not closed" in said and "0 (receipt code AAAAAAAA)" in said
    _delete(signed)
    assert "0 (the record is gone)" in client.post(address).content.decode()


@pytest.mark.browser
def test_a_refusal_is_an_accessible_page(
    signed: Hall, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    _delete(signed)
    key, screen = [signed.ceremony.pk], Screen(browser, axe)
    try:
        for answer in (
            client.post(reverse("pledges:lead_move", args=[*key, "close"])),
            client.post(reverse("pledges:lead_move", args=[*key, "close"]), {"reason": ""}),
            client.get(reverse("pledges:joint", args=key)),
        ):
            assert answer.status_code == 409
            assert not screen.show(answer)
        assert not screen.show(client.get(reverse("pledges:agreement", args=key)))
    finally:
        screen.close()


def test_signing_need_not_stay_open_for_ever(signed: Hall, run_jobs: Callable[[], int]) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    address = reverse("pledges:lead_move", args=[signed.ceremony.pk, "close"])
    _delete(signed)
    again = client.post(address, {"reason": " "})
    assert again.status_code == 409 and "Tulis alasannya" in again.content.decode()
    assert client.post(address, {"reason": "Aula harus <b>kosong</b>"}).status_code == 302
    signed.ceremony.refresh_from_db()
    assert signed.ceremony.state == moves.CLOSED
    kept = CeremonyMove.objects.get(move="close").reason
    assert kept == "Aula harus <b>kosong</b> [Netral: 1 tanda tangan tidak seperti di log, entri 0]"
    trail = client.get(reverse("pledges:ceremony", args=[signed.ceremony.pk])).text
    assert "1 tanda tangan tidak seperti di log" in trail
    page = client.get(reverse("pledges:result", args=[signed.ceremony.pk])).content.decode()
    assert "Ditutup meskipun catatannya bertentangan dengan log" in page
    assert "Aula harus &lt;b&gt;kosong" in page
    assert "lembar ini tidak dibuat" in page and "Seluruh log sedang dihitung ulang" in page
    lead = client.get(reverse("pledges:lead", args=[signed.ceremony.pk])).text
    assert "Ditutup meskipun catatannya bertentangan dengan log" in lead
    public = Client().get(reverse("pledges:recount", args=[signed.ceremony.code])).text
    assert "Yang tercatat sekarang" in public and "Yang tertulis di ikrar bersama" not in public
    while work_once():
        pass
    assert run_jobs() == 1
    assert "Hitung ulang menemukan yang tidak cocok" in Client().get(reverse("log:page")).text
    minutes = text_of(minutes_pdf(signed.ceremony))
    assert "Ditutup meskipun" in minutes and "Aula harus <b>kosong</b>" in minutes
    with pytest.raises(Contradicted):
        joint_pdf(signed.ceremony, "a4")


@pytest.mark.parametrize(
    "reason", ["x", "Aula ditutup", "x x x x x x x x x", "ya ya ya", "123 456 78901234"]
)
def test_a_closing_against_the_log_needs_a_sentence(signed: Hall, reason: str) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    address = reverse("pledges:lead_move", args=[signed.ceremony.pk, "close"])
    _delete(signed)
    answer = client.post(address, {"reason": reason})
    assert answer.status_code == 409 and "sekurangnya tiga kata" in answer.text
    with pytest.raises(Contradicted):
        close(signed, reason=reason)
    assert not CeremonyMove.objects.filter(move="close").exists()


def test_what_is_kept_of_a_contradiction_has_room_beside_the_longest_reason(signed: Hall) -> None:
    why = Contradicted("", kept=differ(list(range(4_699_000, 4_717_000))))
    assert len(with_contradiction("x" * LONGEST_REASON, why)) <= 300


def test_a_record_that_is_put_right_passes_everywhere(signed: Hall) -> None:
    right = _first()
    _change(signed)
    close(signed, reason="Aula harus segera dikosongkan")
    public = Client().get(reverse("pledges:recount", args=[signed.ceremony.code])).text
    assert "catatan ikrar ini bertentangan dengan log" in public
    ceremonies.move(
        ceremony=Ceremony.objects.get(pk=signed.ceremony.pk), name="reopen",
        actor=signed.organiser, now=CLOSED, reason="Masih ada yang antre",
    )  # fmt: skip
    public = Client().get(reverse("pledges:recount", args=[signed.ceremony.code])).text
    assert "catatan ikrar ini bertentangan dengan log" in public, "opening it again undoes nothing"
    signed.ceremony.refresh_from_db()
    close(signed, reason="Aula harus segera dikosongkan")
    code, key = right.receipt_code, key_of(right)
    sql("UPDATE pledges_signature SET receipt_code = %s WHERE id = %s", code, key)
    while work_once():
        pass
    assert list(differences()) == []
    signed.ceremony.refresh_from_db()
    assert result_of(signed.ceremony).since is None
    assert joint_pdf(signed.ceremony, "a4").startswith(b"%PDF")
    listed = signature_list(signed.ceremony)
    assert listed and len(listed.leaves) == 3 and not listed.closings


def test_a_closing_with_nothing_to_explain_keeps_no_reason(signed: Hall) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    address = reverse("pledges:lead_move", args=[signed.ceremony.pk, "close"])
    page = client.post(address, {"reason": "Untuk berjaga-jaga saja"}, follow=True).text
    assert "Penandatanganan ditutup" in page and "Ditutup meskipun" not in page
    assert not DBTaskResult.objects.exists(), "nothing to look over"
    public = Client().get(reverse("pledges:recount", args=[signed.ceremony.code])).text
    assert "Yang tercatat sekarang" not in public
    assert CeremonyMove.objects.get(move="close").reason == ""
    assert result_of(signed.ceremony).closed_despite == ""
    assert "Ditutup meskipun" not in text_of(minutes_pdf(signed.ceremony))


def test_a_log_that_stopped_signing_closes_nothing(signed: Hall) -> None:
    files.write(files.CHECKPOINT, b"bent")
    with pytest.raises(Contradicted, match="berhenti menyegel"):
        close(signed)


def test_what_the_log_has_not_signed_yet_and_lost_files_are_no_contradiction(signed: Hall) -> None:
    for path in (files.root() / "tile").rglob("*"):
        if path.is_file():
            path.unlink()
    sign(signed, "Dewi Lestari")
    require_agreement(signed.ceremony)
    close(signed)
    signed.ceremony.refresh_from_db()
    assert signed.ceremony.state == moves.CLOSED


def test_a_count_that_fell_after_the_closing_is_never_shown_as_a_negative_number(
    signed: Hall,
) -> None:
    close(signed)
    signed.ceremony.refresh_from_db()
    _delete(signed)
    since = result_of(signed.ceremony).since
    assert since and since.paper == -1
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    said = client.get(reverse("pledges:result", args=[signed.ceremony.pk])).content.decode()
    assert not re.search(r">\s*-\d", said)
    assert "Angka penutupan dan catatan sekarang bertentangan" in said
    assert "Dimasukkan dari kertas" not in said
    minutes = text_of(minutes_pdf(signed.ceremony))
    assert "bertentangan dengan angka penutupan" in minutes and "-1" not in minutes
    with pytest.raises(Contradicted):
        ceremonies.move(
            ceremony=_opened_again(signed), name="close", actor=signed.organiser, now=CLOSED
        )


def _opened_again(hall: Hall) -> Ceremony:
    return ceremonies.move(
        ceremony=hall.ceremony, name="reopen", actor=hall.organiser, now=CLOSED, reason="Keliru"
    )


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_minutes_say_that_the_record_is_not_the_logs(
    signed: Hall, tamper: Callable[[Hall], None]
) -> None:
    assert "Catatan dan log saat dicetak sama" in text_of(minutes_pdf(signed.ceremony))
    tamper(signed)
    said = text_of(minutes_pdf(signed.ceremony))
    assert "catatan tanda tangan ikrar ini bertentangan dengan log" in said
    assert "netral log fsck" in said and "dicetak sama" not in said


def test_minutes_of_a_closed_ceremony_say_it_too(signed: Hall) -> None:
    close(signed)
    signed.ceremony.refresh_from_db()
    _change(signed)
    assert "bertentangan dengan log" in text_of(minutes_pdf(signed.ceremony))


def test_who_reads_the_result_can_have_it_compared_with_the_log(signed: Hall) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.AUDITOR), second_factor=True
    )
    own, key = reverse("pledges:agreement", args=[signed.ceremony.pk]), [signed.ceremony.pk]
    assert own in client.get(reverse("pledges:result", args=key)).text
    page = client.get(own).text
    assert "3 tanda tangan ikrar ini" in page and "tercatat sama di log" in page
    _change(signed)
    page = client.get(own).text
    assert "Catatan ikrar ini bertentangan dengan log" in page
    assert "1 tanda tangan sejak jam ikrar ini dibuka" in page and "tercatat sama" not in page


def test_the_result_says_when_the_log_was_looked_over_last(signed: Hall) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    address = reverse("pledges:result", args=[signed.ceremony.pk])
    never = "belum dicocokkan sejak ikrar ini dibuka"
    assert never in client.get(address).text
    recount(clock=lambda: NOW - timedelta(days=1))
    assert never in client.get(address).text
    recount(clock=lambda: CLOSED)
    page = client.get(address).text
    assert never not in page and "tidak ada yang berbeda" in page
    _change(signed)
    recount(clock=lambda: CLOSED + timedelta(days=1))
    page = client.get(address).text
    assert "Perbedaan di seluruh log: 1" in page and "tidak ada yang berbeda" not in page


def test_the_result_says_at_once_that_the_log_stopped(signed: Hall) -> None:
    client = sign_in(
        Client(), make_officer(signed.government, Duty.Kind.ORGANISER), second_factor=True
    )
    address = reverse("pledges:result", args=[signed.ceremony.pk])
    assert "Log berhenti menyegel" not in client.get(address).text
    files.write(files.CHECKPOINT, b"bent")
    assert "Log berhenti menyegel" in client.get(address).text
