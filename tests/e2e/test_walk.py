"""Every page anybody may open, and every form left empty: accessible, quiet, and fitting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e import sheets
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.e2e.walking import Walk
from tests.e2e.world import SITI

FACES = pytest.mark.parametrize("size", ["desk", "phone"])
FURNISH = """
from django.utils import timezone
from netral.elections.models import Election
from netral.people.models import Account, Government, Person
from netral.people.services import claiming
from netral.pledges.models import Ceremony, PledgeText, Signature
from netral.pledges.services import ceremonies, signing
now = timezone.now()
actor = Account.objects.get(username="petugas-personnel")
siti = Person.objects.get(number="%s")
if not Ceremony.objects.filter(title="Ikrar untuk dilihat-lihat").exists():
    plan = ceremonies.Plan(
        election=Election.objects.get(name="Pemilihan Serentak Nusa Rekaan"),
        text=PledgeText.objects.get(published_at__isnull=False),
        title="Ikrar untuk dilihat-lihat", leader="Sekretaris Daerah", place="Aula",
        planned_at=now,
    )
    ceremony = ceremonies.plan_ceremony(
        government=siti.government, plan=plan, actor=actor, now=now
    )
    for name in ("start_reading", "open_signing"):
        ceremony = ceremonies.move(ceremony=ceremony, name=name, actor=actor, now=now)
ceremony = Ceremony.objects.get(title="Ikrar untuk dilihat-lihat")
signing.sign(
    person=siti, ceremony=ceremony, text_digest=ceremony.wording_digest,
    evidence=Signature.Evidence.ACCOUNT, now=now,
)
(slip,) = claiming.issue_for(actor=None, person_ids=[siti.pk], now=now)
receipt = Signature.objects.get(ceremony=ceremony, person=siti).receipt_code
print(ceremony.code, receipt, slip.code)
"""


@pytest.fixture
def furnished(site: Site) -> tuple[str, str, str]:
    """A ceremony with one signature: its code, the receipt, and a slip of who signed."""
    code, receipt, slip = site.run(FURNISH % SITI).split()
    return code, receipt, slip


def upload(officer: Visitor, folder: Path) -> str:
    """Leaves an import waiting at its preview; returns its address."""
    page = officer.go("/impor/baru")
    page.set_input_files("input[type=file]", sheets.write_dirty_register(folder / "daftar.xlsx"))
    page.locator("main form button.button").first.click()
    page.wait_for_load_state()
    page.locator("[data-progress]").wait_for(state="detached", timeout=60_000)
    return page.url


@FACES
def test_pages_of_the_personnel_officer(
    officer: Callable[..., Visitor],
    furnished: tuple[str, str, str],
    tmp_path: Path,
    size: str,
) -> None:
    somebody = officer("personnel", size)
    preview = upload(somebody, tmp_path)
    walk = Walk(somebody)
    seen = walk.from_page("/", preview, "/impor/baru", "/saya/", "/akun/keamanan/")
    assert not walk.faults, "\n\n".join(walk.faults)
    assert len(seen) > 40, sorted(seen)


@pytest.mark.parametrize(
    ("role", "first", "pages"),
    [
        ("organiser", "cakupan/", 12),
        ("head", "cakupan/", 8),
        ("oversight", "cakupan/", 6),
        ("auditor", "cakupan/", 6),
        ("installation", "tugas/", 6),
    ],
)
def test_pages_of_the_other_officers_in_both_sizes(
    officer: Callable[..., Visitor],
    furnished: tuple[str, str, str],
    role: str,
    first: str,
    pages: int,
) -> None:
    walk = Walk(officer(role), also="phone", without="hukum/")
    seen = walk.from_page("/", "/saya/")
    assert not walk.faults, "\n\n".join(walk.faults)
    assert {"", first} <= seen
    assert len(seen) >= pages, sorted(seen)


@FACES
def test_pages_of_a_member_of_staff(
    visitor: Callable[..., Visitor], furnished: tuple[str, str, str], size: str
) -> None:
    code, receipt, slip = furnished
    somebody = visitor(size)
    page = somebody.go(f"/i/{code}")
    page.locator("input[name=slip]").fill(slip)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    walk = Walk(somebody)
    walk.from_page("/", "/saya/", f"/i/{code}", f"/tanda/{receipt}/", "/akun/keamanan/")
    assert not walk.faults, "\n\n".join(walk.faults)


@FACES
def test_pages_of_the_public(
    visitor: Callable[..., Visitor], furnished: tuple[str, str, str], size: str
) -> None:
    code, receipt, _slip = furnished
    walk = Walk(visitor(size))
    seen = walk.from_page(
        "/", f"/i/{code}", "/i/", f"/periksa/{receipt}/", "/periksa/", f"/dinding/{code}/",
        "/hukum/",
    )  # fmt: skip
    assert not walk.faults, "\n\n".join(walk.faults)
    assert {"hukum/matriks/", "hukum/perbuatan/<str:act>/"} <= seen


@FACES
def test_a_refusal_is_a_calm_page(officer: Callable[..., Visitor], size: str) -> None:
    page = officer("auditor", size).see("/pegawai/baru", status=403)
    assert "bukan untuk akun Anda" in page.inner_text("h1")
