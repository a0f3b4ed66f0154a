"""One form sends one question, however often it arrives, and its key leads to nobody."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.utils import timezone

from netral.guidance import sending
from netral.guidance.models import Consultation, ConsultationStep
from netral.guidance.services.questions import receive_question
from netral.guidance.views.asking import limits
from netral.people.codes import as_typed
from netral.people.services import throttling
from tests.guidance.desk import UNCLEAR, reviewer, words
from tests.guidance.factories import NOW, TEXT, make_office
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db
CONSULT, KIOSK = "/tanya/penelaah/", "/tanya/kios/?kegiatan=Sosialisasi"
TWICE = "sudah masuk sebelumnya; tidak ada yang terkirim dua kali"


def key_on(page: str) -> str:
    """The key in the forms of a page; all of them carry the same or their own."""
    return re.findall(r'name="kiriman" value="([^"]+)"', page)[-1]


def code_on(page: str) -> str:
    return "".join(re.findall(r'code-big">([^<]+)<', page))


def form_of(client: Client) -> dict[str, str]:
    key = key_on(words(client.get(CONSULT)))
    return {"pertanyaan": TEXT, "keadaan": "Saya guru.", "kirim": "1", "kiriman": key}


def test_a_sending_that_arrives_twice_is_one_question_with_one_code() -> None:
    make_office()
    client = Client()
    told = form_of(client)
    first, second = words(client.post(CONSULT, told)), words(Client().post(CONSULT, told))
    assert TWICE not in first and TWICE in second
    assert code_on(first) == code_on(second) != ""
    assert Consultation.objects.count() == ConsultationStep.objects.count() == 1
    assert "menunggu ditelaah" in words(Client().post("/tanya/status/", {"kode": code_on(second)}))


def test_other_words_under_the_same_key_are_another_question() -> None:
    """A browser may bring a form back with its key, and somebody writes something else into it."""
    make_office()
    told = form_of(Client())
    changes = ({}, {"pertanyaan": "Bolehkah ini?"}, {"keadaan": ""}, {"email": "a@contoh.go.id"})
    codes = {code_on(words(Client().post(CONSULT, {**told, **other}))) for other in changes}
    assert len(codes) == Consultation.objects.count() == len(changes)


def test_the_same_words_from_another_form_are_another_persons_question() -> None:
    make_office()
    codes = {code_on(words(Client().post(CONSULT, form_of(Client())))) for _each in range(2)}
    without_key = {"pertanyaan": TEXT, "kirim": "1", "kiriman": "x"}
    codes |= {code_on(words(Client().post(CONSULT, without_key))) for _each in range(2)}
    assert len(codes) == Consultation.objects.count() == 4


def test_the_key_goes_along_from_the_answer_to_the_reviewers() -> None:
    make_office()
    start = words(Client().get("/tanya/"))
    answer = words(Client().post("/tanya/", {"pertanyaan": UNCLEAR, "kiriman": key_on(start)}))
    form = words(Client().post(CONSULT, {"pertanyaan": UNCLEAR, "kiriman": key_on(answer)}))
    assert key_on(start) == key_on(answer) == key_on(form)
    assert key_on(start) != key_on(words(Client().get("/tanya/")))


def test_nothing_that_is_kept_leads_from_a_key_to_its_question() -> None:
    """Nor does the key alone: without what was written it comes to another code."""
    office = make_office()
    told = form_of(Client())
    Client().post(CONSULT, told)
    made = Consultation.objects.get()
    kept = str({**model_to_dict(made), "pk": made.pk, "steps": list(made.steps.values())})
    assert told["kiriman"] not in kept and made.asker is None
    assert made.steps.get().actor is None
    guess = sending.code_of(told, [office.government.pk, "", TEXT, "", ""])
    assert as_typed(guess) == guess and sending.code_of(told, [TEXT]) != guess


def test_the_code_is_not_shown_to_who_takes_up_the_phone_later() -> None:
    make_office()
    told = form_of(Client())
    code = code_on(words(Client().post(CONSULT, told)))
    late = timezone.now() - sending.SHOWN_AGAIN - timedelta(minutes=1)
    Consultation.objects.update(received_at=late)
    page = words(Client().post(CONSULT, told))
    assert TWICE in page and code and code not in page
    assert Consultation.objects.count() == 1


def test_a_repetition_is_told_so_even_when_the_hall_has_sent_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_office()
    few = throttling.Allowance("few", uses=1, window=limits.SENDING.window)
    monkeypatch.setattr(limits, "SENDING", few)
    told = form_of(Client())
    answers = [Client().post(CONSULT, told) for _turn in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert Client().post(CONSULT, form_of(Client())).status_code == 429


def test_the_screen_in_the_foyer_sends_once_and_soon_forgets_the_code() -> None:
    make_office()
    client = Client()
    start = words(client.get(KIOSK))
    asked = words(client.post(KIOSK, {"pertanyaan": UNCLEAR, "kiriman": key_on(start)}))
    told = {"pertanyaan": UNCLEAR, "kiriman": key_on(asked), "teruskan": "1"}
    first, second = words(client.post(KIOSK, told)), words(client.post(KIOSK, told))
    assert code_on(first) == code_on(second) != "" and TWICE in second
    Consultation.objects.update(received_at=timezone.now() - timedelta(minutes=2))
    third = words(client.post(KIOSK, told))
    assert TWICE in third and code_on(third) == ""
    assert Consultation.objects.count() == 1


def test_one_person_with_an_account_sends_once_and_another_does_not_get_the_code() -> None:
    unit = factories.make_unit(make_office().government)
    told = form_of(Client())
    pages = []
    for _each in range(2):
        account = factories.make_account(factories.make_person(unit))
        client = sign_in(Client(), account, second_factor=False)
        pages += [words(client.post(CONSULT, told)) for _turn in range(2)]
    assert code_on(pages[0]) == code_on(pages[1]) != code_on(pages[2]) == code_on(pages[3])
    assert all("/tanya/pertanyaan/" in page for page in pages)
    assert Consultation.objects.values("asker").distinct().count() == 2


def test_what_an_officer_writes_down_twice_is_one_question() -> None:
    client = reviewer(make_office().first)
    key = key_on(words(client.get("/penelaahan/baru/")))
    told = {"pertanyaan": TEXT, "kegiatan": "Rapat", "kiriman": key}
    first, second = (client.post("/penelaahan/baru/", told) for _turn in range(2))
    assert first["Location"] == second["Location"]
    assert Consultation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_arrivals_at_the_same_moment_are_one_question() -> None:
    office, codes = make_office(), []

    def send() -> None:
        try:
            received = receive_question(
                government=office.government, text=TEXT, source="ask", now=NOW,
                code="0123456789AB",
            )  # fmt: skip
            codes.append((received.code, received.is_new))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [("T-0123-4567-89AB", False)] * 3 + [("T-0123-4567-89AB", True)]
    assert Consultation.objects.count() == ConsultationStep.objects.count() == 1
