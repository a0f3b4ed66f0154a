"""Deny by default: what carries no rule does not answer, whoever asks."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from netral.base.access import allow, anyone, signed_in
from tests.people.accounts.factories import make_government, make_officer
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Orang Zamrudhijau")


class Forgotten:
    """A view that is an object, as those of libraries are."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return forgotten(request)


@pytest.fixture(autouse=True)
def addresses(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from netral.project import urls

    made = ModuleType("addresses_of_the_test")
    rules = (("siapa-saja", anyone), ("masuk", signed_in))
    made.urlpatterns = [  # type: ignore[attr-defined]
        *(path(name, allow(rule)(lambda request: forgotten(request))) for name, rule in rules),
        path("lupa", forgotten),
        path("lupa-juga", Forgotten()),
        *urls.urlpatterns,
    ]
    monkeypatch.setitem(sys.modules, made.__name__, made)
    settings.ROOT_URLCONF = made.__name__


def test_a_view_without_a_rule_answers_nobody() -> None:
    government = make_government()
    officer = sign_in(Client(), make_officer("personnel", government), second_factor=True)
    for client in (Client(), officer):
        assert client.get("/siapa-saja").text == "Orang Zamrudhijau"
        for address in ("/lupa", "/lupa-juga"):
            for answer in (client.get(address), client.post(address)):
                assert answer.status_code == 403
                assert "Zamrudhijau" not in answer.text
    assert Client().get("/masuk").status_code == 302
    assert officer.get("/masuk").text == "Orang Zamrudhijau"
