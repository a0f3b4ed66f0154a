"""Questions of a hall: typed while it runs, pasted as a list, each once in the reviewers' queue."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from netral.guidance.models import Consultation
from netral.guidance.queries.consultations import queue_of
from netral.guidance.services.questions import collect_from_event
from tests.guidance.factories import NOW, make_office
from tests.people.accounts.factories import make_government, make_officer
from tests.people.accounts.sessions import sign_in

PATH, EVENT = "/penelaahan/kegiatan/", "Sosialisasi di Kecamatan Utara"
LIST = "1. Boleh pakai kaos calon?\n2) Istri saya caleg, bagaimana?\n\n- Boleh pakai kaos calon?\n"


@pytest.mark.django_db
def test_a_list_becomes_one_question_a_line_without_numbers_twins_and_senders() -> None:
    office = make_office()
    client = sign_in(Client(), make_officer("organiser", office.government), second_factor=True)
    answer = client.post(PATH, {"kegiatan": EVENT, "pertanyaan": LIST}, follow=True)
    page = answer.content.decode()
    assert "2 pertanyaan masuk antrean" in page
    assert f'value="{EVENT}"' in page, "the next questions of the same event need no name"
    rows = list(queue_of(office.first))
    assert [row.sent_text for row in rows] == [
        "Boleh pakai kaos calon?", "Istri saya caleg, bagaimana?",
    ]  # fmt: skip
    assert {(row.source, row.event, row.asker) for row in rows} == {("event", EVENT, None)}
    again = client.post(PATH, {"kegiatan": EVENT, "pertanyaan": LIST + "Boleh ikut doa?"})
    assert "1 pertanyaan masuk antrean" in again.content.decode()
    assert "2 sudah ada sebelumnya" in again.content.decode()


@pytest.mark.django_db
def test_too_much_at_once_is_said_and_nothing_is_taken() -> None:
    office = make_office()
    client = sign_in(Client(), office.first, second_factor=True)
    many = client.post(PATH, {"kegiatan": EVENT, "pertanyaan": "\n".join(map(str, range(201)))})
    assert many.status_code == 422 and "Paling banyak 200" in many.content.decode()
    long = client.post(PATH, {"kegiatan": EVENT, "pertanyaan": f"Boleh?\n{'a' * 2001}"})
    assert long.status_code == 422 and "ke-2 terlalu panjang" in long.content.decode()
    assert not Consultation.objects.exists()


@pytest.mark.django_db
def test_only_reviewers_and_organisers_of_that_government_collect() -> None:
    office = make_office()
    for actor in (
        make_officer("personnel", office.government), make_officer("organiser", make_government()),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            collect_from_event(
                actor=actor, government=office.government, event=EVENT, texts=["Boleh?"], now=NOW
            )
    assert not Consultation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_moderators_with_the_same_list_double_nothing() -> None:
    office = make_office()
    texts = [f"Pertanyaan ke-{number}?" for number in range(5)]

    def collect() -> None:
        try:
            collect_from_event(
                actor=office.first, government=office.government, event=EVENT, texts=texts, now=NOW
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=collect) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Consultation.objects.count() == len(texts)
