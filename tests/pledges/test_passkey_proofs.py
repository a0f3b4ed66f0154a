"""What a signer takes home of a signature by passkey, and who can check it without the server."""

from __future__ import annotations

import io
import re
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from bench.ceremony.passkeys import SoftwareKey
from django.test import Client
from django.utils import timezone

from netral.base import audit
from netral.base.audit import keys
from netral.pledges.models import Signature
from netral.pledges.queries.results import result_of
from netral.pledges.services import minutes, receipts, signing
from netral.tlog.assertions import ALGORITHMS, Assertion
from tests.base.audit.fresh import sign_afresh
from tests.base.audit.test_browser import PROVED, drop
from tests.command_alone import Alone
from tests.people.register.factories import make_person
from tests.pledges.factories import Hall
from tests.pledges.keys import ORIGIN, OpenPage, open_page, take

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db
SAYS = "Kunci sandi (sidik jari, wajah, atau PIN ponsel)"


@pytest.fixture
def page(hall: Hall) -> OpenPage:
    return sign(hall, SoftwareKey())


def sign(hall: Hall, key: SoftwareKey) -> OpenPage:
    """Somebody signs by passkey, and the log signs for it."""
    take(hall, "preferred")
    type(hall.ceremony).objects.filter(pk=hall.ceremony.pk).update(opened_at=timezone.now())
    person = make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")
    page = open_page(hall, person, key)
    page.send(page.fields(time.time_ns() // 1_000_000))
    sign_afresh()
    return page


def file_of(page: OpenPage) -> str:
    """The signer's own proof file."""
    address = f"/tanda/{Signature.objects.get().receipt_code}/bukti"
    return page.browser.get(address).content.decode()


def check_offline(alone: Alone, folder: Path, proof: str) -> tuple[int, str]:
    (folder / "bukti.tlog-proof").write_text(proof, "utf-8")
    (folder / "kunci.txt").write_text(f"{keys.log_keys()[0]}\n")
    done = alone("verify", "bukti.tlog-proof", "--key", "kunci.txt")
    return done.returncode, done.stdout + done.stderr


def test_page_and_pdf_name_the_evidence_and_the_pdf_carries_the_proof(page: OpenPage) -> None:
    kept = Signature.objects.get()
    assert SAYS in page.browser.get(f"/tanda/{kept.receipt_code}/").content.decode()
    assert SAYS in Client().get(f"/periksa/{kept.receipt_code}/").content.decode()
    pdf = page.browser.get(f"/tanda/{kept.receipt_code}/pdf").content
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert SAYS in " ".join(reader.pages[0].extract_text().split())
    [attached] = reader.attachments[receipts.PROOF_NAME]
    assert attached.decode() == file_of(page)


def test_anybody_checks_the_signers_file_offline(
    page: OpenPage, alone: Alone, tmp_path: Path
) -> None:
    code, said = check_offline(alone, tmp_path, file_of(page))
    assert code == 0, said
    kept = Signature.objects.get()
    assert "PROVED: a passkey signed this ceremony, person and wording" in said
    assert re.search(rf"on {ORIGIN}, at [^:]+, \d\d:{kept.signed_at:%M:%S} [WU]", said)
    assert (
        f"person (its number in the register of the office, not a NIP): {kept.person_id}" in said
        and kept.assertion not in said
    )


def test_the_public_file_shows_neither_key_nor_person(
    page: OpenPage, alone: Alone, tmp_path: Path
) -> None:
    kept = Signature.objects.get()
    public = Client().get(f"/periksa/{kept.receipt_code}/bukti").content.decode()
    code, said = check_offline(alone, tmp_path, public)
    assert code == 0 and "only the signer's own proof file" in said
    inside = b64decode(re.search("^extra (.*)$", public, re.M)[1]).decode()
    assert str(kept.person_id) not in inside and "authenticator_data" not in inside


def test_another_assertion_is_not_what_the_log_committed_to(
    page: OpenPage, alone: Alone, tmp_path: Path
) -> None:
    kept = Assertion.parse(Signature.objects.get().assertion)
    proof = file_of(page)
    line = re.search("^extra (.*)$", proof, re.M)[1]
    inside = b64decode(line).decode()
    forged = inside.replace(kept.encode(), kept._replace(key=SoftwareKey().spki).encode())
    assert forged != inside
    altered = proof.replace(line, b64encode(forged.encode()).decode())
    code, said = check_offline(alone, tmp_path, altered)
    assert code == 1 and "NOT PROVED" in said and "committed to" in said


@pytest.mark.parametrize("change", ["person", "ceremony", "time", "key"])
def test_an_office_that_logs_a_made_up_assertion_is_found_out(
    hall: Hall, page: OpenPage, alone: Alone, tmp_path: Path, change: str
) -> None:
    """Whoever holds database and log key still cannot sign for a phone."""
    good = Assertion.parse(Signature.objects.get().assertion)
    person = make_person(hall.government.units.get(name="Dinas A"), "Budi")
    other = open_page(hall, person)
    facts = dict(other.facts)
    if change in facts:
        facts[change] = page.facts["person"]
    pressed = good.pressed
    made = other.key.answer(facts, pressed=pressed, origin=ORIGIN)
    assertion = good._replace(
        key=other.key.spki, nonce=facts["nonce"], credential=other.key.credential, **made
    )
    if change == "time":
        assertion = assertion._replace(pressed=pressed - 60_000)
    if change == "key":
        assertion = assertion._replace(key=SoftwareKey().spki)
    outcome = signing._sign_once(
        person.pk, hall.ceremony.pk, hall.digest, Signature.Evidence.PASSKEY, None,
        assertion.encode(), timezone.now(),
    )  # fmt: skip
    assert isinstance(outcome, signing.Signed)
    sign_afresh()
    proof = audit.prove(kind="pledge", reference=outcome.signature.pk, show_hidden=True)
    code, said = check_offline(alone, tmp_path, str(proof))
    assert code == 1 and "NOT PROVED" in said, said


def test_erased_it_says_nothing_any_more(page: OpenPage) -> None:
    kept = Signature.objects.get()
    audit.erase(subject=kept.person_id, now=timezone.now())
    sign_afresh()
    assert page.browser.get(f"/tanda/{kept.receipt_code}/bukti").status_code == 404


def test_result_and_minutes_count_passkeys_by_themselves(hall: Hall, page: OpenPage) -> None:
    found = dict(result_of(hall.ceremony).by_evidence)
    assert found[SAYS[0].lower() + SAYS[1:]] == 1 and sum(found.values()) == 1
    made = minutes.minutes_pdf(hall.ceremony)
    text = " ".join(pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert SAYS in text and "kunci sandi bila ada" in text


def test_the_data_about_oneself_hold_what_the_phone_signed(page: OpenPage) -> None:
    held = page.browser.get("/saya/data/").content.decode()
    assert Assertion.parse(Signature.objects.get().assertion).nonce in held


# --- in the browser of whoever checks ----------------------------------------------------------------
PASSKEY = "Kunci sandi di ponsel menandatangani naskah, ikrar, dan orang ini"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("algorithm", sorted(ALGORITHMS))
def test_a_browser_checks_the_passkey_too(
    hall: Hall, new_page: Callable[..., Page], axe: Callable[[Page], list[str]], algorithm: int
) -> None:
    """P-256 many times: one number in 256 is written shorter than the others."""
    signer, visitor = sign(hall, SoftwareKey(algorithm)), new_page("phone")
    visitor.goto("/log/periksa/")
    kept = Signature.objects.get()
    good = Assertion.parse(kept.assertion)
    said = drop(visitor, file_of(signer))
    assert PROVED in said and f"{PASSKEY} di {ORIGIN}" in said
    assert axe(visitor) == []
    facts = {"ceremony": str(kept.ceremony_id), "person": str(kept.person_id)}
    contents = {**facts, "wording": kept.wording_digest, "assertion": kept.assertion}
    wrong = [
        {**contents, name: "other"} for name in ("ceremony", "person", "wording")
    ] + [
        {**contents, "assertion": good._replace(**change).encode()}
        for change in (
            {"pressed": good.pressed + 1}, {"nonce": "00"}, {"site": "go.id"},
            {"signature": good.signature[:-1] + bytes([good.signature[-1] ^ 1])},
            {"key": SoftwareKey(algorithm).spki},
            {"authenticator_data": good.authenticator_data[:32] + b"\x01" + bytes(4)},
        )
    ]  # fmt: skip
    fine = [{**contents, "assertion": again(signer, good).encode()} for _ in range(300)]
    assert judged(visitor, wrong) == ["wrong_assertion"] * len(wrong)
    assert judged(visitor, fine if algorithm == -7 else fine[:3]) == [True] * (
        300 if algorithm == -7 else 3
    )


def again(page: OpenPage, good: Assertion) -> Assertion:
    """The same statement, signed once more."""
    made = page.key.answer(page.facts, pressed=good.pressed, origin=ORIGIN)
    return good._replace(**made)


def judged(visitor: Page, contents: list[dict[str, str]]) -> list[Any]:
    """Whether each holds, or the name of what the browser finds wrong."""
    found: list[Any] = visitor.evaluate(
        """async ([address, all]) => {
            const { passkeyIn } = await import(address);
            return Promise.all(all.map((one) =>
                passkeyIn(one).then((shown) => shown.holds, (problem) => problem.code)));
        }""",
        ["/static/netral/js/log/assertion.js", contents],
    )
    return found
