"""The way of a member of staff: from the code on the wall to the receipt, and every side road."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Account, ClaimCode, Person
from netral.people.services import claiming
from netral.pledges.models import Signature
from netral.pledges.rules import codes, moves
from netral.pledges.services import ceremonies
from tests.base.audit.test_tampering import sql
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_account, make_government, make_person, make_unit
from tests.pledges.factories import NOW, Hall, account_of, make_hall, signed
from tests.pledges.test_agreeing import key_of

pytestmark = pytest.mark.django_db
NOT_THEIRS = "tidak tercatat atas nama akun yang Anda pakai masuk"
SIGN_BUTTON = "Saya menandatangani ikrar ini"


@pytest.fixture
def person(hall: Hall) -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=False)


def slip_of(person: Person) -> str:
    issued = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())
    return issued[0].code


def staff(person: Person) -> Client:
    return sign_in(Client(), account_of(person), second_factor=False)


def invitation(hall: Hall) -> str:
    return reverse("pledges:invitation", args=[hall.ceremony.code])


def sign_page(hall: Hall) -> str:
    return reverse("pledges:sign", args=[hall.ceremony.code])


# --- the code ------------------------------------------------------------------------------------
def test_the_code_can_be_typed_in_any_case(hall: Hall, phone: Client) -> None:
    answer = phone.get("/i/", {"kode": hall.ceremony.code.lower()})
    assert (answer.status_code, answer["Location"]) == (302, invitation(hall))
    answer = phone.get(f"/i/{hall.ceremony.code.lower()}")
    assert (answer.status_code, answer["Location"]) == (302, invitation(hall))


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_code_is_answered_with_the_field(hall: Hall, phone: Client, method: str) -> None:
    for path in ("/i/QQQQ", "/i/QQQQ/slip", "/i/QQQQ/tanda-tangan"):
        answer = getattr(phone, method)(path)
        if method == "get" or path != "/i/QQQQ":
            assert answer.status_code == 404
            assert "Tidak ada ikrar dengan kode ini" in answer.content.decode()
    assert "Tidak ada ikrar" in phone.get("/i/?kode=QQQQ").content.decode()


# --- with an account on this phone ---------------------------------------------------------------
def test_one_button_from_text_to_receipt(hall: Hall, person: Person) -> None:
    phone = staff(person)
    text = phone.get(invitation(hall)).content.decode()
    assert "Siti Rahma" in text
    assert text.count(SIGN_BUTTON) == 1
    for point in hall.ceremony.wording["points"]:
        assert point in text
    answer = phone.post(sign_page(hall), {"naskah": hall.digest})
    kept = Signature.objects.get()
    assert kept.evidence == "account"
    receipt = reverse("pledges:receipt", args=[kept.receipt_code])
    assert (answer.status_code, answer["Location"]) == (302, receipt)
    page = phone.get(receipt).content.decode()
    assert kept.receipt_code in page
    assert "Ikrar Anda tercatat" in page


FOR_GOOD = "Sekali ditandatangani, tidak dapat dicabut atau dihapus oleh siapa pun"


@pytest.mark.parametrize("by", ["account", "slip"])
def test_that_it_is_for_good_is_said_before_the_button(
    hall: Hall, person: Person, phone: Client, by: str
) -> None:
    """Not first on the receipt, when nothing can be done any more."""
    if by == "account":
        text = staff(person).get(invitation(hall)).content.decode()
    else:
        sent = {"slip": slip_of(person)}
        text = phone.post(f"{invitation(hall)}/slip", sent).content.decode()
    assert "<form" in text[: text.index(FOR_GOOD)]
    between = text[text.index(FOR_GOOD) : text.index(SIGN_BUTTON)]
    assert "</form>" not in between and between.count("<button") == 1


def test_opening_again_leads_to_the_receipt(hall: Hall, person: Person) -> None:
    phone = staff(person)
    first = phone.post(sign_page(hall), {"naskah": hall.digest})["Location"]
    for _time in range(3):
        assert phone.get(invitation(hall))["Location"] == first + "?lagi=1"


def test_a_second_tap_gets_the_same_receipt_and_a_calm_sentence(hall: Hall, person: Person) -> None:
    phone = staff(person)
    first = phone.post(sign_page(hall), {"naskah": hall.digest})["Location"]
    second = phone.post(sign_page(hall), {"naskah": hall.digest})["Location"]
    assert urlsplit(second).path == first
    page = phone.get(second).content.decode()
    assert "Anda sudah menandatangani" in page
    assert "tidak ada yang dicatat dua kali" in page
    assert Signature.objects.count() == 1


def test_an_account_that_is_nobody_of_the_register_is_told_so(hall: Hall) -> None:
    outsider = make_account(hall.government)
    phone = sign_in(Client(), outsider, second_factor=False)
    assert "bukan akun pegawai" in phone.get(invitation(hall)).content.decode()
    assert phone.post(sign_page(hall), {"naskah": hall.digest}).status_code == 422
    assert not Signature.objects.exists()


def test_nothing_in_the_form_can_name_another_person(hall: Hall, person: Person) -> None:
    other = make_person(hall.government.units.get(name="Dinas A"), "Orang Lain")
    account_of(other)
    staff(person).post(
        sign_page(hall),
        {
            "naskah": hall.digest, "person": str(other.pk), "orang": str(other.pk),
            "person_id": str(other.pk), "nip": other.number, "username": other.number,
        },
    )  # fmt: skip
    assert Signature.objects.get().person == person


def test_the_form_holds_nothing_but_a_ticket(hall: Hall, person: Person) -> None:
    """Nobody can put another person into it: only this server makes tickets."""
    text = staff(person).get(invitation(hall)).content.decode()
    form = text[text.index(f'action="/t/{hall.ceremony.code}"') : text.index(SIGN_BUTTON)]
    assert set(re.findall(r'name="(\w+)"', form)) == {"tiket"}


def test_coming_back_to_an_answer_leads_to_the_page_of_the_qr(hall: Hall, phone: Client) -> None:
    """The language switch, a reload and the back button ask by GET for what was posted."""
    for path in (f"{invitation(hall)}/slip", sign_page(hall)):
        answer = phone.get(path)
        assert (answer.status_code, answer["Location"]) == (302, invitation(hall))
    wrong = phone.post(f"{invitation(hall)}/slip", {"slip": "salah"}).content.decode()
    assert f'?next={invitation(hall)}"' in wrong


# --- with a slip ---------------------------------------------------------------------------------
def test_a_slip_reads_signs_and_claims_the_account(
    hall: Hall, person: Person, phone: Client
) -> None:
    slip = slip_of(person)
    assert "Ketik kode pada slip Anda" in phone.get(invitation(hall)).content.decode()
    text = phone.post(f"{invitation(hall)}/slip", {"slip": slip.lower()}).content.decode()
    assert "Siti Rahma" in text
    assert f'<a href="{invitation(hall)}">Ketik kode lain</a>' in text
    assert ClaimCode.objects.get().used_at is None  # reading uses nothing up
    answer = phone.post(sign_page(hall), {"naskah": hall.digest, "slip": slip})
    kept = Signature.objects.get()
    assert (kept.person, kept.evidence) == (person, "slip")
    assert Account.objects.get(person=person)
    assert ClaimCode.objects.get().used_at is not None
    assert kept.receipt_code in phone.get(answer["Location"]).content.decode()


def test_a_slip_sent_twice_gives_the_same_receipt_and_stays_signed_in(
    hall: Hall, person: Person, phone: Client
) -> None:
    """The answer to the first was lost on the way; the phone still has its device cookie."""
    slip = slip_of(person)
    phone.get(invitation(hall))
    sent = {"naskah": hall.digest, "slip": slip}
    first = phone.post(sign_page(hall), sent)["Location"]
    del phone.cookies["sessionid"]
    again = phone.post(sign_page(hall), sent)
    assert urlsplit(again["Location"]).path == first
    assert phone.get(again["Location"]).status_code == 200
    assert Signature.objects.count() == 1


def test_a_used_slip_typed_again_on_the_same_phone_says_so_and_asks_for_no_signature(
    hall: Hall, person: Person, phone: Client
) -> None:
    slip = slip_of(person)
    phone.get(invitation(hall))
    first = phone.post(sign_page(hall), {"naskah": hall.digest, "slip": slip})["Location"]
    text = phone.post(f"{invitation(hall)}/slip", {"slip": slip}).content.decode()
    assert "Anda sudah menandatangani ikrar ini" in text and "sudah terpakai" in text
    assert "belum terpakai" not in text and "Saya menandatangani ikrar ini" not in text
    assert "Buka tanda terima saya" in text
    again = phone.post(sign_page(hall), {"naskah": hall.digest, "slip": slip})
    assert urlsplit(again["Location"]).path == first


def test_whose_slip_is_unused_but_who_has_signed_is_told_what_it_still_opens(
    hall: Hall, person: Person, phone: Client
) -> None:
    phone.force_login(account_of(person))
    phone.post(sign_page(hall), {"naskah": hall.digest})
    phone.logout()
    slip = slip_of(person)
    text = phone.post(f"{invitation(hall)}/slip", {"slip": slip}).content.decode()
    assert "masih dapat membuka akun" in text and "Saya menandatangani" not in text


def test_a_used_slip_on_another_phone_opens_nothing(hall: Hall, person: Person) -> None:
    slip, mine, theirs = slip_of(person), Client(), Client()
    mine.get(invitation(hall))
    mine.post(sign_page(hall), {"naskah": hall.digest, "slip": slip})
    theirs.get(invitation(hall))
    answer = theirs.post(sign_page(hall), {"naskah": hall.digest, "slip": slip})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "sudah dipakai" in text
    assert f'href="{reverse("pledges:check")}"' in text
    assert "hubungi pengelola kepegawaian" in text
    other = theirs.post(f"{invitation(hall)}/slip", {"slip": "salah"}).content.decode()
    assert f'href="{reverse("pledges:check")}"' not in other
    assert "_auth_user_id" not in theirs.session


@pytest.mark.parametrize("slip", ["", "AAAA-AAAA-AAAA", "salah", "'; DROP TABLE", "x" * 5000])
def test_a_wrong_slip_is_answered_beside_the_field(hall: Hall, phone: Client, slip: str) -> None:
    for page in (f"{invitation(hall)}/slip", sign_page(hall)):
        answer = phone.post(page, {"slip": slip, "naskah": hall.digest})
        assert answer.status_code == 422
        assert "errorlist" in answer.content.decode()
    assert not Signature.objects.exists()


# --- not now, not here ---------------------------------------------------------------------------
@pytest.mark.parametrize("state", [moves.PLANNED, moves.READING])
def test_before_the_signing_the_page_waits(state: str) -> None:
    hall = make_hall(state=state)
    person = make_person(make_unit(hall.government, "Dinas A"))
    phone = staff(person)
    page = phone.get(invitation(hall))
    text = page.content.decode()
    assert page.status_code == 200
    assert "belum dibuka" in text
    assert SIGN_BUTTON not in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert f'data-live="/langsung/ikrar/{hall.ceremony.code}"' in text
    early = phone.post(sign_page(hall), {"naskah": hall.digest})
    assert early.status_code == 409
    assert "belum dibuka" in early.content.decode()
    assert not Signature.objects.exists()


def test_a_slip_that_waits_is_told_to_press_the_button() -> None:
    """A page that was posted cannot refresh itself without scripts."""
    hall = make_hall(state=moves.READING)
    slip = slip_of(make_person(make_unit(hall.government, "Dinas A")))
    text = Client().post(f"{invitation(hall)}/slip", {"slip": slip}).content.decode()
    assert "lalu tekan tombol di bawah" in text
    assert "berganti sendiri" not in text
    assert "http-equiv" not in text


def test_after_closing_the_answer_is_clear(hall: Hall, person: Person) -> None:
    phone = staff(person)
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=NOW)
    late = phone.post(sign_page(hall), {"naskah": hall.digest})
    assert late.status_code == 409
    assert "Penandatanganan sudah ditutup" in late.content.decode()
    assert phone.get(invitation(hall)).status_code == 200
    assert "sudah ditutup" in Client().get(invitation(hall)).content.decode()
    assert not Signature.objects.exists()


def test_a_stale_text_is_shown_anew_and_can_be_signed_then(hall: Hall, person: Person) -> None:
    phone = staff(person)
    stale = phone.post(sign_page(hall), {"naskah": "0" * 64})
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "diperbarui sesudah Anda membukanya" in text
    assert f'name="naskah" value="{hall.digest}"' in text
    phone.post(sign_page(hall), {"naskah": hall.digest})
    assert Signature.objects.count() == 1


def test_who_is_not_invited_is_told_so_without_blame(hall: Hall) -> None:
    person = make_person(make_unit(hall.government, "Dinas B"))
    phone = staff(person)
    early, late = phone.get(invitation(hall)), phone.post(sign_page(hall), {"naskah": hall.digest})
    for answer in (early, late):
        assert "Ikrar ini bukan untuk unit Anda" in answer.content.decode()
    assert not Signature.objects.exists()


def test_who_has_left_is_told_whom_to_ask(hall: Hall, person: Person) -> None:
    person.postings.update(valid_to=NOW.date())
    assert "pengelola kepegawaian" in staff(person).get(invitation(hall)).content.decode()


# --- receipt and check ---------------------------------------------------------------------------
def test_a_receipt_is_its_signer_s_alone(hall: Hall, person: Person) -> None:
    phone = staff(person)
    receipt = phone.post(sign_page(hall), {"naskah": hall.digest})["Location"]
    other = make_person(hall.government.units.get(name="Dinas A"), "Orang Lain")
    stranger = staff(other)
    code = Signature.objects.get().receipt_code
    for address in (receipt, f"{receipt}pdf"):
        assert phone.get(address).status_code == 200
        assert Client().get(address)["Location"].startswith("/akun/masuk/")
    assert stranger.get(f"{receipt}pdf").status_code == 404
    public = reverse("pledges:check_receipt", args=[code])
    page = stranger.get(receipt)
    assert page.status_code == 404 and NOT_THEIRS in page.text and public in page.text
    assert "Siti" not in page.text and hall.ceremony.title not in page.text
    assert phone.get(f"{receipt}pdf").content.startswith(b"%PDF-")


@pytest.mark.django_db(transaction=True)
def test_whose_row_was_given_to_somebody_else_is_not_left_before_a_bare_page(
    hall: Hall, person: Person
) -> None:
    phone = staff(person)
    receipt = phone.post(sign_page(hall), {"naskah": hall.digest})["Location"]
    assert "memegang tanda terima" not in phone.get(reverse("people:mine")).text
    other = make_person(hall.government.units.get(name="Dinas A"), "Orang Lain")
    sql("UPDATE pledges_signature SET person_id = %s", key_of(other))
    mine = phone.get(reverse("people:mine")).text
    assert "menunggu tanda tangan Anda" in mine and "memegang tanda terima" in mine
    assert reverse("pledges:check") in mine
    page = phone.get(receipt).text
    assert NOT_THEIRS in page and "laporkan kepada inspektorat" in page
    code = codes.new_receipt_code()
    unknown = phone.get(reverse("pledges:receipt", args=[code])).text
    assert NOT_THEIRS in unknown, "the same answer whether there is such a code or not"
    public = phone.get(
        reverse("pledges:check_receipt", args=[Signature.objects.get().receipt_code])
    )
    assert "Tanda terima ini tidak terbukti" in public.text


def test_the_public_check_says_all_but_the_name(hall: Hall, person: Person) -> None:
    staff(person).post(sign_page(hall), {"naskah": hall.digest})
    kept = Signature.objects.get()
    page = Client().get(reverse("pledges:check_receipt", args=[kept.receipt_code])).content.decode()
    assert kept.wording_digest in page
    assert f"{kept.ceremony.wording['title']}, versi 1" in page
    for shown in ("Tanda terima ini benar", hall.ceremony.title, hall.government.name, "2026"):
        assert shown in page
    for hidden in ("Siti", "Rahma", person.number, "Dinas A", str(person.pk)):
        assert hidden not in page
    typed = kept.receipt_code.lower().replace("-", " ")
    found = Client().get("/periksa/", {"kode": typed}, follow=True)
    assert "Tanda terima ini benar" in found.content.decode()


def test_an_unknown_receipt_is_answered_and_nonsense_too() -> None:
    unknown = Client().get(f"/periksa/{codes.new_receipt_code()}/")
    assert unknown.status_code == 404
    said = unknown.content.decode()
    assert "Tidak ada tanda tangan dengan kode ini" in said
    for advice in ("Bila kodenya sama persis", "berkas bukti", "netral log verify", "inspektorat"):
        assert advice in said
    short = Client().get("/periksa/", {"kode": "7K3"}).content.decode()
    assert "sepuluh huruf dan angka" in short and "Bila kodenya sama persis" not in short
    assert Client().get("/periksa/%00%F0/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_unknown_receipt_under_an_older_database_is_told_that_it_may_be_among_the_lost() -> None:
    from netral.base.audit import files
    from tests.base.audit.fresh import sign_afresh

    signed(make_hall())
    sign_afresh()
    address = f"/periksa/{codes.new_receipt_code()}/"
    lost = "mungkin termasuk yang hilang"
    assert lost not in Client().get(address).content.decode()
    sql("DELETE FROM base_logcheckpoint")
    assert files.read("checkpoint") and lost in Client().get(address).content.decode()


def test_trying_codes_at_random_is_slowed_down(monkeypatch) -> None:
    monkeypatch.setattr("netral.people.services.throttling.FREE_PER_ADDRESS", 3)
    answers = [Client().get(f"/periksa/{codes.new_receipt_code()}/").status_code for _ in range(6)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_times_are_those_of_the_office() -> None:
    government = make_government("91", "Pemerintah Provinsi Papua")
    government.time_zone = "Asia/Jayapura"
    government.save()
    hall = make_hall(units=[make_unit(government, "Dinas A")], code="91")
    ceremonies.move(
        ceremony=hall.ceremony, name="close", actor=hall.organiser, now=NOW + timedelta(hours=3)
    )
    text = Client().get(invitation(hall)).content.decode()
    assert "20 November 2026, pukul 14.00 WIT" in text


def test_no_page_of_a_phone_is_heavy(hall: Hall, person: Person) -> None:
    phone = staff(person)
    assert len(phone.get(invitation(hall)).content) < 20_000
    receipt = phone.post(sign_page(hall), {"naskah": hall.digest})["Location"]
    assert len(phone.get(receipt).content) < 20_000
