"""A proof that cannot be made yet: whoever asks is told why, and what to do, with a 503."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from netral.base import audit
from netral.base.audit import files
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogOpening
from netral.base.audit.recounting import recount
from netral.base.audit.standing import appended
from netral.base.audit.waiting import behind
from netral.base.ids import new_id
from netral.base.templatetags.ui import moment
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append_many
from tests.base.audit.test_rolled_back import put_back

pytestmark = pytest.mark.django_db(transaction=True)
BEHIND = "Segel log tertinggal"
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


def test_what_came_this_moment_waits_too_where_the_log_has_long_stood_still(deeds: Deeds) -> None:
    first = moment(waiting_for(deeds, 2, 600))
    append_many(deeds, 1, timezone.now())
    late = asked(2)
    said = late.content.decode()
    assert int(late["Retry-After"]) >= 60 and STOPPED in said and "beberapa detik" not in said
    assert f"Catatan pertama yang menunggu masuk pada {first}" in said
    assert "kantor yang menerbitkannya" in said
    assert f"menunggu sejak {first}" in asked(0).content.decode()
    assert "Catatan pertama" not in asked(0).content.decode(), "it is the first itself"
    assert "the office that issued it" in asked(0, language="en").content.decode()


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


def page(language: str = "id") -> str:
    client = Client()
    client.post("/bahasa", {"language": language, "next": "/"})
    return client.get("/log/").content.decode()


def waiting_for(deeds: Deeds, count: int, seconds: int) -> datetime:
    """Entries that came so many seconds ago: the key of a row says when it was made."""
    first, since = appended(), timezone.now() - timedelta(seconds=seconds)
    append_many(deeds, count, since)
    key = UUID(int=new_id().int - (seconds * 1000 << 80))
    LogOpening.objects.filter(entry=first).update(reference=key)
    return since


def test_the_public_page_says_how_many_wait_and_since_when(deeds: Deeds) -> None:
    append_many(deeds, 2)
    work_once()
    assert BEHIND not in page()
    waiting_for(deeds, 4, 5)
    assert BEHIND not in page(), "a few seconds are nothing to be told"
    work_once()
    since = moment(waiting_for(deeds, 5, 90))
    said = page()
    assert BEHIND in said and f"5 entri menunggu masuk pohon sejak {since}; biasanya" in said
    assert "5 entries have waited" in page("en")
    work_once()
    assert BEHIND not in page()


def test_an_entry_whose_key_tells_no_time_waits_since_its_hour_ended(deeds: Deeds) -> None:
    append_many(deeds, 5, timezone.now() - timedelta(hours=2))
    LogOpening.objects.filter(entry=0).update(reference=UUID(int=7))
    assert BEHIND in page() and "5 entri menunggu masuk pohon sejak" in page()


def test_what_waits_under_a_log_that_was_found_differing_is_said_with_it(deeds: Deeds) -> None:
    append_many(deeds, 3)
    work_once()
    deeds.rows.popitem()
    recount(clock=timezone.now)
    waiting_for(deeds, 4, 90)
    said = page()
    assert "Hitung ulang menemukan yang tidak cocok" in said and BEHIND not in said
    assert "4 entri menunggu masuk pohon sejak" in said and "karena perbedaan itu" in said
    assert "because of that difference" in page("en")


def test_what_waits_under_a_log_that_forgot_its_seal_is_counted_there(deeds: Deeds) -> None:
    for count in (280, 20):
        append_many(deeds, count)
        work_once()
    put_back()
    waiting_for(deeds, 3, 90)
    said = page()
    assert "tidak mengenal lagi segelnya" in said and "3 entri menunggu sejak" in said


def test_it_costs_the_same_however_large_the_log_is(
    deeds: Deeds, django_assert_max_num_queries: Any
) -> None:
    append_many(deeds, 300)
    work_once()
    waiting_for(deeds, 700, 90)
    with django_assert_max_num_queries(4):
        found = behind(timezone.now())
    assert found and found.count == 700


def test_the_reason_is_known_to_features_as_well(deeds: Deeds) -> None:
    append_many(deeds, 1)
    with pytest.raises(audit.NotYet) as caught:
        audit.prove(kind="test", reference=next(iter(deeds.rows)), show_hidden=True)
    for late, is_soon in ((timedelta(seconds=20), True), (timedelta(minutes=2), False)):
        found = audit.waiting(caught.value, logged_at=NOW, now=NOW + late)
        assert (STOPPED not in str(found.why)) is is_soon
