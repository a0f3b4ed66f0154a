"""A proof that cannot be made yet: whoever asks is told why, and what to do, with a 503."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from netral.base import audit
from netral.base.audit import files
from netral.base.audit.integrator import work_once
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append_many
from tests.base.audit.test_rolled_back import put_back

pytestmark = pytest.mark.django_db(transaction=True)
STOPPED = "proses yang menyegel sedang berhenti"


def asked(index: int = 0, accept: str = "text/html,*/*", language: str = "id") -> HttpResponse:
    client = Client()
    client.post("/bahasa", {"language": language, "next": "/"})
    answer: Any = client.get(f"/log/bukti/{index}", headers={"Accept": accept})
    assert (answer.status_code == 503) == ("Retry-After" in answer)
    return answer


def test_while_the_log_stands_still_a_page_says_so_and_when_to_come_again(deeds: Deeds) -> None:
    append_many(deeds, 1, NOW - timedelta(days=1))
    answer = asked()
    said = answer.content.decode()
    assert answer.status_code == 503 and int(answer["Retry-After"]) >= 60
    assert "Bukti belum siap" in said and STOPPED in said and "Coba lagi nanti" in said
    assert answer["Cache-Control"] == "no-store" and "Accept" in answer["Vary"]
    assert "The proof is not ready" in asked(language="en").content.decode()
    work_once()
    assert asked().content.startswith(b"c2sp.org/tlog-proof@v1\n")


def test_a_script_gets_the_same_in_plain_words(deeds: Deeds) -> None:
    append_many(deeds, 1, NOW - timedelta(days=1))
    answer = asked(accept="*/*")
    assert answer.status_code == 503 and answer["Content-Type"].startswith("text/plain")
    assert STOPPED in answer.content.decode() and "<" not in answer.content.decode()


def test_what_came_this_moment_is_ready_soon(deeds: Deeds) -> None:
    append_many(deeds, 1, timezone.now())
    answer = asked()
    assert answer.status_code == 503 and int(answer["Retry-After"]) < 60
    assert "beberapa detik" in answer.content.decode() and STOPPED not in answer.content.decode()


def test_an_entry_that_was_never_given_is_not_found(deeds: Deeds) -> None:
    assert asked(7).status_code == 404


def test_a_log_that_contradicts_itself_points_to_its_own_page(deeds: Deeds) -> None:
    for count in (280, 20):
        append_many(deeds, count)
        work_once()
    put_back()
    append_many(deeds, 3)
    said = asked(281).content.decode()
    assert "sedang berhenti menyegel" in said and "Baca sebabnya" in said


def test_files_that_are_missing_after_a_restore_are_named(deeds: Deeds) -> None:
    append_many(deeds, 300)
    work_once()
    published = files.read("checkpoint") or b""
    shutil.rmtree(files.root())
    files.write("checkpoint", published)
    assert "netral log fsck --repair" in asked().content.decode()


def test_the_public_page_counts_what_waits(deeds: Deeds) -> None:
    append_many(deeds, 2)
    work_once()
    assert STOPPED not in Client().get("/log/").content.decode().lower()
    append_many(deeds, 1, timezone.now())
    assert STOPPED not in Client().get("/log/").content.decode().lower()
    work_once()
    append_many(deeds, 5, timezone.now() - timedelta(hours=2))
    said = Client().get("/log/").content.decode()
    assert "Proses yang menyegel sedang berhenti" in said and "semestinya: 5." in said


def test_the_reason_is_known_to_features_as_well(deeds: Deeds) -> None:
    append_many(deeds, 1)
    with pytest.raises(audit.NotYet) as caught:
        audit.prove(kind="test", reference=next(iter(deeds.rows)), show_hidden=True)
    for late, is_soon in ((timedelta(seconds=20), True), (timedelta(minutes=2), False)):
        found = audit.waiting(caught.value, logged_at=NOW, now=NOW + late)
        assert (STOPPED not in str(found.why)) is is_soon
