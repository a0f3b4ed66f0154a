"""After the closing: thanks, the reminder before the group photo, and the wall that follows."""

from __future__ import annotations

import io

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from netral.people.models import Duty
from netral.pledges.models import Ceremony
from netral.pledges.queries import photo
from netral.pledges.queries.wall import live_state
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer
from tests.pledges.factories import NOW, Hall, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return make_hall(state=moves.CLOSED)


def test_the_leader_takes_the_hall_from_the_figures_to_the_photo(hall: Hall) -> None:
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    lead = reverse("pledges:lead", args=[hall.ceremony.pk])
    step = reverse("pledges:lead_after", args=[hall.ceremony.pk])
    wall = reverse("pledges:wall", args=[hall.ceremony.code])
    reminder = photo.photo_reminder()
    for shown, target, sentence in (
        ("figures", "thanks", "Terima kasih kepada semua yang hadir"),
        ("thanks", "photo", reminder.stand),
        ("photo", "figures", "diundang menandatangani sampai"),
    ):
        assert live_state(hall.ceremony.code)["after"] == shown
        page = officer.post(step, {"tampak": shown, "ke": target}, follow=True)
        assert sentence in page.content.decode()
        assert f'data-after="{target}"' in Client().get(wall).content.decode()
    assert officer.get(lead).status_code == 200


@pytest.mark.parametrize("state", [moves.PLANNED, moves.READING, moves.SIGNING])
def test_the_leader_sees_where_people_go_and_prints_it(state: str) -> None:
    hall = make_hall(state=state)
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    page = officer.get(reverse("pledges:lead", args=[hall.ceremony.pk])).content.decode()
    sheet = reverse("pledges:way_in", args=[hall.ceremony.pk])
    address = settings.PUBLIC_URL.partition("//")[2] + "/i"
    assert address in page and f">{hall.ceremony.code}</b>" in page and f'href="{sheet}"' in page
    printed = PdfReader(io.BytesIO(officer.get(sheet).content)).pages
    assert len(printed) == 1
    words = " ".join(printed[0].extract_text().split())
    for part in (address, hall.ceremony.code, hall.ceremony.title, "Pindai dengan kamera ponsel"):
        assert part in words


def test_a_double_tap_moves_once_and_nonsense_not_at_all(hall: Hall) -> None:
    def show(shown: str, target: str, **changes: object) -> bool:
        facts = {"ceremony": hall.ceremony, "actor": hall.organiser, **changes}
        return ceremonies.show_after(shown=shown, target=target, **facts)

    assert show("figures", "thanks")
    assert not show("figures", "thanks")
    assert not show("thanks", "meledak")
    stranger = make_officer(make_government("65"), Duty.Kind.ORGANISER)
    with pytest.raises(PermissionDenied):
        show("thanks", "photo", actor=stranger)
    hall.ceremony.refresh_from_db()
    assert hall.ceremony.after == "thanks"


def test_thanks_belong_to_a_closed_ceremony_and_go_when_it_opens_again(hall: Hall) -> None:
    facts = {"ceremony": hall.ceremony, "actor": hall.organiser}
    ceremonies.show_after(shown="figures", target="photo", **facts)
    ceremonies.move(name="reopen", reason="Masih ada antrean", now=NOW, **facts)
    hall.ceremony.refresh_from_db()
    assert hall.ceremony.after == "figures"
    assert not ceremonies.show_after(shown="figures", target="thanks", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceremony.objects.update(after="thanks")


def test_every_fact_of_the_reminder_names_a_known_source_and_both_languages() -> None:
    facts = yaml.safe_load(photo._FILE.read_text("utf-8"))
    for part in ("stand", "hands", "because"):
        assert facts[part]["id"]
        assert facts[part]["en"]
        assert set(facts[part]["source"]) <= set(facts["sources"])
    with translation.override("en"):
        assert photo.photo_reminder().stand.startswith("Stand upright")
