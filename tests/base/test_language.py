"""Indonesian first; English for whoever asks for it here."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def language_of(answer) -> str:
    return answer.headers["Content-Language"]


def test_an_english_phone_still_gets_indonesian() -> None:
    answer = Client(headers={"Accept-Language": "en-US,en;q=0.9"}).get("/")
    assert language_of(answer) == "id"
    assert '<html lang="id"' in answer.content.decode()


def test_english_by_choice_stays_chosen() -> None:
    client = Client()
    client.post("/bahasa", {"language": "en", "next": "/"})
    assert language_of(client.get("/")) == "en"
    assert '<html lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize("nonsense", ["", "xx", "../../etc/passwd", "id-ID; DROP"])
def test_a_nonsense_choice_is_indonesian(nonsense: str) -> None:
    client = Client()
    client.cookies["bahasa"] = nonsense
    assert language_of(client.get("/")) == "id"
