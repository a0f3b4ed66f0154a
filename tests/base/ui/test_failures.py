"""When something is wrong the page is calm, says what to do, and needs nothing broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from netral.base import views


@contextmanager
def database_gone() -> Iterator[None]:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the page asked the database")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_a_broken_page_needs_no_database() -> None:
    with database_gone(), translation.override("id"):
        answer = views.broken(RequestFactory().get("/pegawai/"))
    assert answer.status_code == 500
    assert "Ada gangguan di pihak kami" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_words(client: Client) -> None:
    answer = client.get("/tidak/ada", headers={"accept-language": "id"})
    assert answer.status_code == 404
    assert "Tidak ada halaman di alamat ini" in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_does_not_say_what_is_behind_it(rf: RequestFactory) -> None:
    request = rf.get("/pegawai/")
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    with translation.override("id"):
        answer = views.not_allowed(request, PermissionDenied("netral.secret has no access rule"))
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "bukan untuk akun Anda" in text
    assert "netral.secret" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/gaya/", "http://testserver/gaya/"),
        ("https://elsewhere.example/", "/"),
        ("http://testserver/i/sw.js", "/"),
        ("", "/"),
    ],
)
def test_a_stale_form_leads_back_to_its_page_and_nowhere_else(
    came_from: str, leads_to: str
) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer: HttpResponse = strict.post(
        "/bahasa", headers={"referer": came_from, "accept-language": "id"}
    )
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "yang baru saja dikirim tidak disimpan" in text
    assert "Yang sudah tercatat sebelumnya tetap tercatat" in text
    assert f'class="button" href="{leads_to}"' in text
