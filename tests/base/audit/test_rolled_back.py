"""An old backup put back under a log that has signed for more: everybody is told, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from netral.base.audit import closing, files, keys
from netral.base.audit.exporting import export
from netral.base.audit.integrator import work_once
from netral.base.audit.published import forgotten
from netral.base.audit.recounting import recount
from netral.base.audit.standing import log_goes_on
from netral.base.audit.witnessing import take_cosignature
from netral.tlog.sources import FolderSource
from netral.tlog.witness import Witness
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append, append_many
from tests.base.audit.test_tampering import sql
from tests.command_alone import Alone

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
CRY = "Log ini tidak mengenal lagi segelnya sendiri"


@pytest.fixture
def grown(deeds: Deeds) -> Deeds:
    """A log of 300 entries and two checkpoints."""
    for count in (280, 20):
        append_many(deeds, count)
        work_once()
    return deeds


def put_back() -> None:
    """The database of twenty entries ago; the published files are what they were."""
    sql("DELETE FROM base_logcosignature")
    sql('DELETE FROM base_logopening WHERE "index" >= 280')
    sql('DELETE FROM base_logentry WHERE "index" >= 280')
    sql("DELETE FROM base_logcheckpoint WHERE size > 280")
    sql("UPDATE base_loghead SET size = 280")


def page_of_the_log(language: str = "id") -> str:
    client = Client()
    client.post("/bahasa", {"language": language, "next": "/"})
    return client.get("/log/").content.decode()


def test_the_public_page_says_it_and_shows_what_was_published(grown: Deeds) -> None:
    assert CRY not in page_of_the_log()
    put_back()
    said = page_of_the_log()
    assert CRY in said and "Segel atas 300 entri sudah diterbitkan" in said
    assert (files.read("checkpoint") or b"").decode().split("\n")[2] in said
    assert "A seal over 300 entries was published" in page_of_the_log("en")
    append(grown)  # goes on being stored, and nothing is signed beside what the world has seen
    assert CRY in page_of_the_log()


def test_no_copy_is_handed_out_that_hides_what_was_published(grown: Deeds, tmp_path: Path) -> None:
    put_back()
    with pytest.raises(ValueError, match="300 entries was published"):
        export(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_witness_of_the_old_log_is_no_witness_of_the_one_that_begins_anew(
    grown: Deeds, tmp_path: Path
) -> None:
    witness = Witness(tmp_path / "witness")
    keys.add_witness(verifier=str(witness.key("saksi.contoh.example").verifier), now=NOW)
    seen = witness.observe(FolderSource(files.root()), keys.log_keys(), int(NOW.timestamp()))
    take_cosignature(note=seen.note, now=NOW)
    assert "menyaksikan 300 entri" in page_of_the_log()
    closing.begin_anew(now=timezone.now())
    append(grown)
    work_once()
    said = page_of_the_log()
    assert "belum pernah menyegel log ini" in said and "menyaksikan 300 entri" not in said


def test_a_seal_that_cannot_be_read_is_said_too(grown: Deeds) -> None:
    (files.root() / "checkpoint").write_bytes(b"\xff\xfe nonsense")
    assert "Segel yang diterbitkan log ini rusak" in page_of_the_log()
    [message] = log_goes_on()
    assert message.id == "netral.E012"
    assert "the published checkpoint is damaged" in message.msg


def test_a_database_that_is_newer_than_what_was_published_is_no_alarm(grown: Deeds) -> None:
    """The integrator was killed between the row of a checkpoint and its file."""
    before = files.read("checkpoint") or b""
    append(grown)
    work_once()
    files.write("checkpoint", before)
    assert forgotten() is None and CRY not in page_of_the_log()


def test_the_check_of_the_installation_names_it_and_does_not_wait(grown: Deeds) -> None:
    assert log_goes_on() == []
    put_back()
    [message] = log_goes_on()
    assert message.id == "netral.E012"
    assert "a checkpoint of 300 entries was published" in message.msg
    sql("UPDATE base_loghead SET size = 279")
    (files.root() / "checkpoint").unlink()
    [message] = log_goes_on()
    assert "280 entries were signed for and the database holds 279" in message.msg


def test_a_witness_hears_that_the_log_denies_its_own_seal(
    grown: Deeds, live_server: Any, alone: Alone, tmp_path: Path
) -> None:
    made = alone("witness", "--name", "saksi.contoh.example")
    keys.add_witness(verifier=made.stdout.splitlines()[0], now=NOW)
    address = f"{live_server.url}/log/"
    assert alone("witness", address, "--key", str(keys.log_keys()[0])).returncode == 0
    put_back()
    done = alone("witness", address)
    assert done.returncode == 3 and "HAS FORGOTTEN WHAT IT SIGNED" in done.stderr
    [evidence] = (tmp_path / ".netral-witness").glob("evidence-*.txt")
    kept = evidence.read_text("utf-8")
    assert str(evidence) in done.stderr
    assert "\n300\n" in kept and "an older copy was put back" in kept


def test_a_seal_that_was_never_ours_is_refused_as_before(grown: Deeds, alone: Alone) -> None:
    """Only the log's own signature makes it a contradiction: nobody can cry wolf with another."""
    put_back()
    stranger = keys.SignerKey.generate(keys.origin())
    text = (files.read("checkpoint") or b"").decode().split("\n\n")[0] + "\n"
    note = f"{text}\n" + f"{_signed(text, stranger)}"
    answer = Client().post("/log/add-cosignature", note, content_type="text/plain")
    assert answer.status_code == 422 and b"never signed" in answer.content


def _signed(text: str, signer: keys.SignerKey) -> str:
    from netral.tlog.notes import Note

    return "".join(map(str, Note(text).signed_by(signer).signatures))


@pytest.mark.browser
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_visitor_is_alarmed_and_nothing_beside_it_sounds_well(
    grown: Deeds, new_page: Callable[..., Page], axe: Callable[[Page], list[str]], size: str
) -> None:
    page = new_page(size)
    page.goto("/log/")
    page.locator("[data-watch]").get_by_text("sekarang mengingat").wait_for()
    put_back()
    page.goto("/log/")
    page.get_by_role("alert").get_by_role("heading", name=CRY).wait_for()
    page.wait_for_load_state("networkidle")
    assert not page.locator("[data-watch]").is_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_beside_the_alarm_sounds_as_if_all_were_well(grown: Deeds, tmp_path: Path) -> None:
    """What the older database says of recounts and witnesses is of another log than was shown."""
    witness = Witness(tmp_path / "witness")
    keys.add_witness(verifier=str(witness.key("saksi.contoh.example").verifier), now=NOW)
    seen = witness.observe(FolderSource(files.root()), keys.log_keys(), int(NOW.timestamp()))
    take_cosignature(note=seen.note, now=NOW)
    recount(clock=timezone.now)
    assert "tidak ada yang berbeda" in page_of_the_log()
    put_back()
    said = page_of_the_log()
    assert CRY in said and "Entri yang masih dikenal" in said
    assert "tidak ada yang berbeda" not in said and "belum pernah menyegel" not in said
