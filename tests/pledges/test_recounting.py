"""The list with which anybody counts a ceremony's signatures again, and what it gives away."""

from __future__ import annotations

import io
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from netral.base.audit import files, keys
from netral.base.audit.checking import differences
from netral.base.audit.models import LogEntry, LogRecount
from netral.base.audit.tracing import Follows
from netral.people.models import Person
from netral.pledges.models import Signature
from netral.pledges.services import ceremonies, paper, recounting, signing, withdrawing
from netral.project.commands import log
from netral.tlog.checkpoints import open_checkpoint
from netral.tlog.proofs import ProofError
from netral.tlog.recount import SignatureList, check_against
from netral.tlog.sources import FolderSource
from tests.base.audit.fresh import sign_afresh
from tests.base.audit.test_tampering import causes, sql
from tests.people.register.factories import make_person
from tests.pledges.factories import NOW, Hall, make_witnesses

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def staff(hall: Hall, name: str) -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), name)


def sign(hall: Hall, name: str, **changes) -> Signature:  # type: ignore[no-untyped-def]
    outcome = signing.sign(
        **{
            "person": staff(hall, name), "ceremony": hall.ceremony, "text_digest": hall.digest,
            "evidence": Signature.Evidence.ACCOUNT, "now": NOW + timedelta(minutes=5), **changes,
        }
    )  # fmt: skip
    assert isinstance(outcome, signing.Signed)
    return outcome.signature


def close(hall: Hall, reason: str = "") -> None:
    ceremonies.move(
        ceremony=hall.ceremony, name="close", actor=hall.organiser, now=CLOSED, reason=reason
    )


def on_paper(hall: Hall, *people: Person) -> list[Signature]:
    sheet = paper.attach_sheet(
        ceremony=hall.ceremony,
        upload=io.BytesIO(b"%PDF-1.7"),
        signed_at=NOW,
        text_code=hall.text_code,
        compared=False,
        witnesses=make_witnesses(hall.government),
        actor=hall.organiser,
        now=CLOSED,
    )
    ids = [person.pk for person in people]
    paper.enter_names(sheet=sheet, person_ids=ids, actor=hall.organiser, now=CLOSED)
    return list(Signature.objects.filter(paper=sheet).order_by("person__name"))


def withdraw(hall: Hall, signature: Signature) -> None:
    withdrawing.withdraw_paper(
        signature=signature, reason="Salah baca", actor=hall.organiser, now=CLOSED
    )


def listed(hall: Hall) -> SignatureList:
    """As somebody reads it who downloaded it."""
    found = recounting.signature_list(hall.ceremony)
    assert found
    return SignatureList.parse(str(found))


@pytest.fixture
def told(hall: Hall) -> SignatureList:
    """Three on the phone, the closing, two on paper of whom one is withdrawn, one who came late."""
    for name in ("Ani Rahma", "Budi Putra", "Citra Dewi"):
        sign(hall, name)
    close(hall)
    entered = on_paper(hall, staff(hall, "Dewi"), staff(hall, "Eko"))
    withdraw(hall, entered[1])
    pressed = NOW + timedelta(minutes=50)
    late = sign(hall, "Fajar", pressed=pressed, now=CLOSED + timedelta(minutes=10))
    assert late.after_closing
    sign_afresh()
    return listed(hall)


def test_each_deed_is_an_entry_of_its_own_with_its_kind_and_hour(told: SignatureList) -> None:
    kinds = [row.kind for row in LogEntry.objects.order_by("index") if row.kind != "register"]
    assert kinds == ["pledge"] * 3 + ["closing"] + ["pledge"] * 2 + ["withdrawal", "pledge"]
    late = LogEntry.objects.order_by("index").last()
    assert late and late.as_entry.hour == "2026-11-20T03Z"


def test_the_list_counts_what_stands_and_shows_what_came_after_the_closing(
    told: SignatureList, hall: Hall
) -> None:
    assert (told.count, len(told.leaves), len(told.withdrawn), len(told.closings)) == (5, 6, 1, 1)
    [closing] = told.closings
    assert len(told.standing(before=closing.index)) == 3
    assert told.count == Signature.objects.filter(withdrawal=None).count()
    assert hall.ceremony.wording_digest == told.wording


def test_the_list_names_nobody_and_opens_no_signature(told: SignatureList) -> None:
    text = str(told) + "".join(one.opened.decode() for one in (*told.withdrawn, *told.closings))
    for signature in Signature.objects.select_related("person"):
        for secret in (signature.receipt_code, str(signature.person_id), signature.person.name):
            assert secret not in text
    assert "Salah baca" not in text


def test_the_whole_log_confirms_the_list(told: SignatureList) -> None:
    stated = open_checkpoint(told.checkpoint, keys.log_keys()[0])
    found = check_against(told, FolderSource(files.root()), stated.size, stated.root)
    assert (found.signatures, found.withdrawals) == (6, 1)


def _text(octets: bytes) -> str:
    return b64encode(octets).decode()


def _without(told: SignatureList, index: int) -> SignatureList:
    return _changed(told, leaves=tuple(leaf for leaf in told.leaves if leaf[0] != index))


def _changed(told: SignatureList, **changes) -> SignatureList:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(told, **changes)


def test_a_list_that_was_tampered_with_contradicts_itself_or_the_log(told: SignatureList) -> None:
    stated = open_checkpoint(told.checkpoint, keys.log_keys()[0])
    first, last = told.leaves[0][0], told.leaves[-1][0]
    [withdrawn], [closing] = told.withdrawn, told.closings
    other_leaf = ((first, bytes(32)), *told.leaves[1:])
    cases = {
        "the count": str(told).replace("\ncount 5\n", "\ncount 6\n"),
        "the root": str(told).replace(_text(told.root), _text(bytes(32))),
        "a dropped one from before the closing": str(_without(told, first)),
        "one slipped in before the closing": str(
            _changed(told, leaves=tuple(sorted([*told.leaves, (closing.index - 9, bytes(32))])))
        ),
        "a withdrawal left out, signature before it left in": str(
            _changed(told, leaves=tuple(sorted([*told.leaves, (withdrawn.by, bytes(32))])))
        ),
        "another leaf": str(_changed(told, leaves=other_leaf)),
        "a withdrawal of another": str(told).replace(
            f"withdrawn {withdrawn.index} ", f"withdrawn {last - 3} "
        ),
        "twice": str(_changed(told, leaves=(*told.leaves, told.leaves[-1]))),
        "another kind of entry": str(
            _changed(told, leaves=tuple(sorted([*told.leaves, (closing.index, bytes(32))])))
        ),
        "one beyond the checkpoint": str(_changed(told, leaves=(*told.leaves, (999, bytes(32))))),
    }
    unnoticed = []
    for name, text in cases.items():
        assert text != str(told), name
        try:
            read = SignatureList.parse(text)
            check_against(read, FolderSource(files.root()), stated.size, stated.root)
        except ProofError:
            continue
        unnoticed.append(name)
    assert not unnoticed


def test_fsck_and_the_list_agree_and_a_changed_withdrawal_is_noticed(told: SignatureList) -> None:
    assert list(differences()) == []
    sql("UPDATE pledges_signaturewithdrawal SET reason = 'Lain'")
    said = list(differences())
    assert [
        one
        for one in said
        if "(withdrawal of a signature on paper): the row is not what was logged" in one
    ]


def test_a_withdrawal_that_was_taken_back_in_the_database_is_noticed(told: SignatureList) -> None:
    sql("DELETE FROM pledges_signaturewithdrawal")
    found = list(differences())
    assert [
        one
        for one in found
        if "(withdrawal of a signature on paper): the row it is about is gone" in one
    ]


def test_an_edited_entry_does_not_accuse_the_closing_that_counts_it(told: SignatureList) -> None:
    number = told.leaves[1][0]
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = %s', number)
    found = list(differences())
    assert [one.split(":")[0] for one in causes(found)] == [
        f"entry {number} (signature under a pledge)"
    ]
    assert [
        one
        for one in found
        if isinstance(one, Follows) and "(closing of the signing) is counted" in one
    ]


def test_a_changed_closing_is_accused_itself(told: SignatureList) -> None:
    sql("UPDATE pledges_ceremonymove SET at = %s WHERE move = 'close'", NOW)
    [closing] = told.closings
    assert causes(differences()) == [
        f"entry {closing.index} (closing of the signing): the row is not what was logged"
    ]


def test_fsck_says_of_each_which_receipt_and_ceremony_and_never_whose(
    told: SignatureList, hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    sql("UPDATE pledges_signaturewithdrawal SET reason = 'Lain'")
    sql("UPDATE pledges_ceremonymove SET at = %s WHERE move = 'close'", NOW)
    sql("UPDATE pledges_signature SET wording_digest = 'x' WHERE evidence = 'account'")
    assert log.main(["fsck", "--rinci"]) == 3
    said = capsys.readouterr().out
    own = Signature.objects.filter(evidence="account")
    assert own
    for signature in own:
        assert f"kode tanda terima {signature.receipt_code}, ikrar “{hall.ceremony}”" in said
    assert f"ikrar “{hall.ceremony}” ({hall.ceremony.code})" in said
    for kind in (
        "tanda tangan ikrar",
        "pencabutan tanda tangan kertas",
        "penutupan penandatanganan",
    ):
        assert f"({kind})" in said
    for word in (
        "pledge",
        "closing",
        "withdrawal",
        "Salah",
        *Person.objects.values_list("name", flat=True),
    ):
        assert word not in said
    assert "menurut basis data sekarang" in said
    kept = LogRecount.objects.get()
    assert not any(one.receipt_code in kept.found for one in own), "an erasure must reach it"


def test_a_row_that_is_gone_is_known_by_its_hour(
    told: SignatureList, capsys: pytest.CaptureFixture[str]
) -> None:
    sql("DELETE FROM pledges_signature WHERE evidence = 'account'")
    log.main(["fsck", "--lang", "en"])
    said = capsys.readouterr().out
    assert "(signature under a pledge): the row it is about is gone\n" in said
    assert "recorded in the hour 20 November 2026, " in said


def test_a_signature_moved_to_another_ceremony_breaks_the_closing_too(
    told: SignatureList, hall: Hall
) -> None:
    from tests.pledges.factories import make_ceremony

    other = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    key = other.pk.hex if connection.vendor == "sqlite" else str(other.pk)
    moved = Signature.objects.order_by("recorded_at", "id").first()
    assert moved
    own = moved.pk.hex if connection.vendor == "sqlite" else str(moved.pk)
    sql("UPDATE pledges_signature SET ceremony_id = %s WHERE id = %s", key, own)
    found = list(differences())
    number = told.leaves[0][0]
    assert causes(found) == [
        f"entry {number} (signature under a pledge): the row is not what was logged"
    ]
    assert [
        one
        for one in found
        if isinstance(one, Follows) and "(closing of the signing) is counted" in one
    ]


def test_an_opened_again_ceremony_has_two_closings(hall: Hall) -> None:
    sign(hall, "Ani")
    close(hall)
    ceremonies.move(
        ceremony=hall.ceremony,
        name="reopen",
        actor=hall.organiser,
        now=CLOSED,
        reason="Terlalu cepat",
    )
    sign(hall, "Budi", now=CLOSED)
    close(hall)
    sign_afresh()
    told = listed(hall)
    assert [len(told.standing(before=one.index)) for one in told.closings] == [1, 2]
    assert list(differences()) == []


# --- the joint document, the public page, the command ---------------------------------------------
def test_the_joint_document_names_count_root_and_seal(
    told: SignatureList, hall: Hall, tmp_path: Path
) -> None:
    import pypdf

    from netral.base import sealing
    from netral.pledges.services.joint import joint_pdf
    from tests.base.documents.validating import accepted_by_openssl, verdict_on

    hall.ceremony.refresh_from_db()
    for size in ("a4", "a3"):
        made = joint_pdf(hall.ceremony, size)  # type: ignore[arg-type]
        [page] = pypdf.PdfReader(io.BytesIO(made)).pages
        said = "".join(page.extract_text().split())
        stated = open_checkpoint(told.checkpoint, keys.log_keys()[0])
        for wanted in (told.root.hex(), _text(stated.root), f"{stated.size}entri", "menyusul"):
            assert (wanted in said) is (wanted != "menyusul"), wanted
        assert "2diantaranya" not in said and "1diantaranyamenandatanganidikertas" in said
        assert "1ditandatanganisebelumpenutupanmenurutponsel" in said
        assert "1tandatangankertasyangkelirutelahdicabut" in said
        assert verdict_on(made, sealing.document_seal().certificate).bottom_line
        assert accepted_by_openssl(made, sealing.certificate_pem(), tmp_path)


def test_before_the_log_has_signed_the_root_follows(hall: Hall) -> None:
    import pypdf

    from netral.pledges.services.joint import joint_pdf

    sign(hall, "Ani")
    [page] = pypdf.PdfReader(io.BytesIO(joint_pdf(hall.ceremony, "a4"))).pages
    said = " ".join(page.extract_text().split())
    assert "Akar semua tanda tangan menyusul" in said and "SEMENTARA" in said


def test_the_command_counts_a_downloaded_list_alone_and_with_the_log(
    told: SignatureList, hall: Hall, live_server, alone, tmp_path: Path
) -> None:
    import urllib.request

    (tmp_path / "keys.txt").write_text(f"{keys.log_keys()[0]}\n")
    address = f"{live_server.url}/bersama/{hall.ceremony.code}/daftar.txt"
    text = urllib.request.urlopen(address).read().decode()
    assert text == str(told)
    (tmp_path / "daftar.txt").write_text(text)
    done = alone("recount", "daftar.txt", "--key", "keys.txt")
    assert done.returncode == 0, done.stderr
    assert "COUNTED: 5 signatures stand" in done.stdout and told.root.hex() in done.stdout
    assert "6 were given, 1 of them withdrawn" in done.stdout
    assert "3 stood at the closing" in done.stdout and "not compared with the log" in done.stdout
    done = alone("recount", "daftar.txt", "--key", "keys.txt", "--log", f"{live_server.url}/log/")
    assert "each is in the log, read whole: it has 6 signatures" in done.stdout, done.stderr
    twice = alone("recount", "daftar.txt", "daftar.txt", "--key", "keys.txt")
    assert twice.returncode == 1 and "stands in another list as well" in twice.stderr
    (tmp_path / "daftar.txt").write_text(str(_without(told, told.leaves[0][0])))
    done = alone("recount", "daftar.txt", "--key", "keys.txt")
    assert done.returncode == 1 and "DOES NOT ADD UP: at the closing" in done.stderr
    done = alone("recount", "daftar.txt")
    assert done.returncode == 1 and "give the public key" in done.stderr


@pytest.mark.browser
def test_the_visitors_browser_counts_again(told: SignatureList, hall: Hall, new_page, axe) -> None:
    page = new_page("phone")
    page.goto(f"/bersama/{hall.ceremony.code}/")
    assert "Tanda tangan yang berlaku\n5" in page.inner_text("main")
    page.get_by_role("button", name="Hitung ulang di peramban ini").click()
    page.get_by_role("heading", name="Jumlah dan akarnya cocok").wait_for()
    said = page.inner_text("[data-result]")
    assert "5 tanda tangan yang berlaku dari 6 entri; 1 dicabut" in said
    assert told.root.hex() in said and "ada 3, sama dengan yang dicatat" in said
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tampered = str(_without(told, told.leaves[0][0]))
    page.route("**/daftar.txt", lambda route: route.fulfill(body=tampered))
    page.get_by_role("button", name="Hitung ulang di peramban ini").click()
    page.get_by_role("heading", name="Tidak cocok").wait_for()
