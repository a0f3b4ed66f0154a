"""Pages that only a certain state of things shows: imports on their way, requests, refusals.

The walk follows links and looks at one page of each kind; what hides behind a state is looked at
here, in both sizes.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.e2e.site import Site
from tests.e2e.visitor import SIZES, Visitor
from tests.e2e.world import SITI

PREPARE = """
import json, pathlib, time
from django.conf import settings
from django.utils import timezone
from netral.base.ids import new_id
from netral.elections.models import Election
from netral.people.models import Account, Import, Person
from netral.people.services import claiming, duties, imports, privacy, units
from netral.pledges.models import PledgeText
from netral.pledges.rules.wording import Wording
from netral.pledges.services import ceremonies, texts
from tests.people.imports.factories import SIMPEG, staff, xlsx
now = timezone.now()
actor, second = (Account.objects.get(username=f"petugas-{word}") for word in ("personnel", "second"))
siti = Person.objects.get(number="%s")
office = siti.government


def brought(rows, name, scope="part"):
    folder = pathlib.Path(settings.UPLOAD_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / new_id().hex
    path.write_bytes(rows if isinstance(rows, bytes) else xlsx(rows))
    one = imports.start(
        actor=actor, government=office, upload_path=path, file_name=name, scope=scope,
        effective_on=timezone.localdate(), now=now,
    )
    return settled(one)


def settled(one):
    # when the workers of the site have done with it
    for _moment in range(600):
        one = Import.objects.get(pk=one.pk)
        if one.state not in {"reading", "applying", "undoing"}:
            return one
        time.sleep(0.1)
    raise SystemExit(f"{one.file_name} stays {one.state}")


def applied(rows, name):
    one = brought(rows, name)
    imports.confirm(actor=actor, source=one, close_missing=False, now=now)
    return settled(one)


found = {}
office_only = [*SIMPEG[:5], "DI MANA", SIMPEG[6]]
bad = [["", "123", "", "", "", "", ""], ["Tanpa Unit", "198502012010011900", "", "", "", "", ""]]
twice = [["Kembar Nama", "", "", "Sopir", "", "Bidang Satu", "Dinas Contoh"]] * 2
found["applied"] = applied([SIMPEG, *staff(3), *bad], "diterapkan.xlsx").pk
undone = applied([SIMPEG, *[[f"Lain {n}", "", "", "", "", "Bidang Lain", "Dinas Lain"]
                  for n in range(2)]], "ditarik.xlsx")
imports.undo(actor=actor, source=undone, now=now)
found["undone"] = settled(undone).pk
found["preview"] = brought([office_only, *staff(3), *bad, *twice], "pratinjau.xlsx", "full").pk
found["same"] = brought([SIMPEG, *staff(3)], "sama.xlsx").pk
found["mapping"] = brought([["Sebutan", "Bagian Mana"], ["Ani", "Di sana"]], "kolom.xlsx").pk
found["failed"] = brought(b"", "kosong.xlsx").pk
discarded = brought([SIMPEG, *staff(1)], "dibuang.xlsx")
imports.discard(actor=actor, source=discarded, now=now)
found["discarded"] = discarded.pk
tree = [["ID", "Nama Unor", "ID Atasan"], ["A1", "Dinas Contoh", ""], ["A2", "Bidang Satuu", "A1"]]
found["tree"] = brought(tree, "pohon.xlsx", "units").pk
waiting = duties.grant(
    actor=second, account=Account.objects.get(username="petugas-head"), kind="auditor",
    government=office, unit=None, reason="SP 7/2026", now=now,
)
found["duty"] = waiting.pk
if siti.__class__.objects.filter(pk=siti.pk, account=None).exists():
    (slip,) = claiming.issue_for(actor=None, person_ids=[siti.pk], now=now)
    claiming.claim_with_code(code=slip.code, now=now)
asker = Account.objects.get(person=siti)
found["request"] = privacy.ask(actor=asker, kind="correction", text="Golongan saya III/b", now=now).pk
(slip,) = claiming.issue_for(actor=None, person_ids=[siti.pk], now=now)
claiming.claim_with_code(code=slip.code, now=now)
found["used slip"] = slip.code
plan = ceremonies.Plan(
    election=Election.objects.get(name="Pemilihan Serentak Nusa Rekaan"),
    text=PledgeText.objects.get(published_at__isnull=False),
    title="Ikrar menurut tahap", leader="Sekretaris Daerah", place="Aula", planned_at=now,
)
for state, steps in (("planned", ()), ("reading", ("start_reading",)),
                     ("closed", ("start_reading", "open_signing", "close"))):
    one = ceremonies.plan_ceremony(government=office, plan=plan, actor=actor, now=now)
    for name in steps:
        one = ceremonies.move(ceremony=one, name=name, actor=actor, now=now)
    found[state], found[f"{state} key"] = one.code, one.pk
closed = units.add(
    actor=actor, government=office, parent=None, name="Kantor Lama", on=timezone.localdate(), now=now
)
units.close(actor=actor, unit=closed, on=timezone.localdate(), reason="digabung", now=now)
found["closed unit"] = closed.pk
draft = texts.save_version(
    government=office, content=Wording("Rancangan", "", ("Menjaga netralitas.",), ""), actor=actor,
    now=now,
)
found["draft"] = draft.pk
print(json.dumps({name: str(value) for name, value in found.items()}))
"""
TABS = ("masalah", "masalah&tingkat=obstacle", "create", "same", "ask", "missing", "bad", "unit")


@pytest.fixture(scope="module")
def states(site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads(site.run(PREPARE % SITI).splitlines()[-1])
    return found


def look(somebody: Visitor, address: str, *, status: int = 200) -> None:
    """The page in both sizes, loaded once."""
    somebody.see(address, status=status)
    before = somebody.page.viewport_size
    somebody.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    somebody.check()
    somebody.page.set_viewport_size(before)  # type: ignore[arg-type]


def test_every_state_of_an_import(officer: Callable[..., Visitor], states: dict[str, str]) -> None:
    somebody = officer("personnel")
    for state in ("applied", "undone", "same", "mapping", "failed", "discarded", "tree"):
        look(somebody, f"/impor/{states[state]}/")
    look(somebody, f"/impor/{states['applied']}/batalkan")
    for tab in TABS:
        look(somebody, f"/impor/{states['preview']}/?lihat={tab}")
    assert somebody.page.get_by_text("Kolom unit tidak dikenal").is_visible()
    look(somebody, f"/impor/{states['preview']}/kolom")
    look(somebody, "/impor/")


def test_what_waits_for_an_officer(officer: Callable[..., Visitor], states: dict[str, str]) -> None:
    somebody = officer("personnel")
    look(somebody, "/tugas/")
    look(somebody, f"/tugas/{states['duty']}/setujui/")
    look(somebody, "/permintaan-data/")
    look(somebody, f"/permintaan-data/{states['request']}/")


def test_a_ceremony_in_each_of_its_stages(
    visitor: Callable[..., Visitor], states: dict[str, str]
) -> None:
    somebody = visitor("desk")
    for stage in ("planned", "reading", "closed"):
        look(somebody, f"/i/{states[stage]}")
        look(somebody, f"/dinding/{states[stage]}/")


def test_what_no_link_of_the_walk_leads_to(
    officer: Callable[..., Visitor], visitor: Callable[..., Visitor], states: dict[str, str]
) -> None:
    somebody = officer("personnel")
    look(somebody, f"/unit/{states['closed unit']}/")
    look(somebody, f"/ikrar/naskah/{states['draft']}/")
    look(somebody, f"/ikrar/naskah/{states['draft']}/terbitkan")
    look(somebody, f"/ikrar/{states['planned key']}/ubah/")
    for stage in ("planned", "reading", "closed"):
        look(somebody, f"/ikrar/{states[f'{stage} key']}/")
        look(somebody, f"/ikrar/{states[f'{stage} key']}/pimpin/")
    page = somebody.go("/slip/")
    page.locator("main button", has_text="Buat slip").click()
    page.wait_for_url("**/slip/*-*/")
    somebody.check()
    look(visitor("desk"), "/akun/ditutup/")


def test_answers_that_refuse(
    visitor: Callable[..., Visitor], officer: Callable[..., Visitor], states: dict[str, str]
) -> None:
    somebody = visitor("desk")
    look(somebody, "/tidak-ada/", status=404)
    look(somebody, f"/aktivasi/?k={states['used slip']}")
    look(somebody, "/aktivasi/?k=0000-0000-0000")
    look(somebody, "/i/ZZZZ", status=404)
    look(somebody, "/periksa/?kode=AAAA-AAAA-AAAA")
    look(somebody, "/akun/lupa/")
    reader = officer("auditor")
    for address in ("/pegawai/", "/impor/", "/slip/"):
        look(reader, address, status=403)
    guesser = visitor("phone")
    page = guesser.go("/akun/masuk/")
    page.locator("input[name=login]").fill(SITI)
    page.locator("input[name=password]").fill("bukan-kata-sandinya")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert "tidak cocok" in page.inner_text("main")
    guesser.check()
