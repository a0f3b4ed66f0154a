"""The one letter that says there is an answer: only if wished, and with nothing of what was asked."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from netral.guidance.models import Consultation
from netral.guidance.services import notices, precedents, questions
from tests.guidance.factories import DRAFT, NOW, TEXT, Office, make_office, send
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db
ADDRESS, SECRET = "pegawai@contoh.example", "kenangabiru"
FORM = {"pertanyaan": TEXT, "keadaan": SECRET, "kirim": "1"}


def asked_by_stranger(email: str) -> Consultation:
    assert Client().post("/tanya/penelaah/", {**FORM, "email": email}).status_code == 200
    return Consultation.objects.get()


def decline(office: Office, one: Consultation) -> None:
    client = sign_in(Client(), office.first, second_factor=True)
    client.post(f"/penelaahan/{one.pk}/decline", {"alasan": "Bukan urusan netralitas"})


def test_an_answer_sends_one_letter_without_the_question_and_forgets_the_address(
    run_jobs: Callable[[], int], settings: Any
) -> None:
    settings.PUBLIC_URL = "https://netral.contoh.example"
    office = make_office()
    one = asked_by_stranger(ADDRESS)
    assert notices.send_answer_notices() == 0, "nothing is answered yet"
    client = sign_in(Client(), office.first, second_factor=True)
    client.post(f"/penelaahan/{one.pk}/take")
    precedents.save(consultation=one, draft=DRAFT, actor=office.first, now=NOW)
    client.post(f"/penelaahan/{one.pk}/submit")
    second = sign_in(Client(), office.second, second_factor=True)
    second.post(f"/penelaahan/{one.pk}/publish")
    run_jobs()
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    told = letter.subject + letter.body
    assert "https://netral.contoh.example/tanya/status/" in told
    for private in (SECRET, TEXT, DRAFT.question, DRAFT.answer, str(one.pk), office.first.name):
        assert private not in told
    one.refresh_from_db()
    assert one.state == "published" and one.notify == ""
    assert notices.send_answer_notices() == 0
    assert len(mail.outbox) == 1


def test_who_gives_no_address_gets_no_letter(run_jobs: Callable[[], int]) -> None:
    office = make_office()
    decline(office, asked_by_stranger(""))
    run_jobs()
    assert mail.outbox == []


def test_a_wrong_address_is_said_and_nothing_is_sent() -> None:
    make_office()
    answer = Client().post("/tanya/penelaah/", {**FORM, "email": "pegawai@"})
    assert answer.status_code == 422
    assert "Alamat email ini salah tulis" in answer.content.decode()
    assert not Consultation.objects.exists()


def test_what_the_mail_server_refuses_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    one = send(office, notify=ADDRESS)
    precedents.decline(consultation=one, reason="Bukan netralitas", actor=office.first, now=NOW)

    def refuse(self: object) -> int:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert notices.send_answer_notices() == 0
    assert notices.send_answer_notices() == 1
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_an_address_that_was_never_reached_goes_with_the_personal_words() -> None:
    office = make_office()
    one = send(office, notify=ADDRESS)
    precedents.decline(consultation=one, reason="Bukan netralitas", actor=office.first, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.update(erased_at=NOW, sent_text="", circumstances="")
    assert questions.erase_personal(now=NOW + timedelta(days=91)) == 1
    assert Consultation.objects.get().notify == ""


def test_an_english_reader_gets_an_english_letter() -> None:
    office = make_office()
    office.second.language = "en"
    office.second.save()
    one = send(office, notify=ADDRESS, asker=office.second)
    precedents.decline(consultation=one, reason="Not about neutrality", actor=office.first, now=NOW)
    notices.send_answer_notices()
    assert "Your question" in mail.outbox[0].subject
