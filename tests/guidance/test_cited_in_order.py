"""The provisions of an answer stand everywhere in the order in which the reviewer cited them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from importlib import import_module
from itertools import permutations

import pypdf
import pytest
from django.apps import apps
from django.test import Client

from netral.guidance.citing import path_of
from netral.guidance.models import Consultation
from netral.guidance.services import opinions, precedents
from netral.law import library
from netral.law.citing import citation
from tests.guidance.desk import reviewer, words
from tests.guidance.factories import DRAFT, NOW, bring_to_review, make_office, make_precedent, send
from tests.people.accounts import factories

pytestmark = pytest.mark.django_db
NAMES = ("UU-20-2023/24.1.d", "PP-94-2021/5.n.5", "SKB-2022/D6")
"""The longest first: an object of PostgreSQL would put them the other way round."""


def shown(page: str) -> list[str]:
    """Ids of the provisions linked under "Dasar", in their order on the page."""
    part = page[page.rindex("Dasar</h") :].partition("</ul>")[0]
    return [
        "/".join(found) for found in re.findall(r'href="/hukum/peraturan/([^/"]+)/([^/"]+)/', part)
    ]


@pytest.mark.parametrize("names", list(permutations(NAMES)))
def test_page_desk_and_interface_keep_the_order(names: tuple[str, ...]) -> None:
    office = make_office()
    made = make_precedent(office, replace(DRAFT, provisions=names))
    assert list(Consultation.objects.get(pk=made.pk).provisions) == list(names)
    assert shown(words(Client().get(path_of(made)))) == list(names)
    assert shown(words(reviewer(office.second).get(f"/penelaahan/{made.pk}/"))) == list(names)
    told = json.loads(Client().get(f"/api/hukum/precedents/{made.pk}").content)
    assert told["provisions"] == list(names)


def test_the_written_opinion_keeps_the_order() -> None:
    office = make_office()
    asker = factories.make_account(factories.make_person(factories.make_unit(office.government)))
    made = make_precedent(
        office, replace(DRAFT, provisions=NAMES), asker=asker, circumstances="A", wants_opinion=True
    )
    made.refresh_from_db()
    pdf = pypdf.PdfReader(io.BytesIO(opinions.opinion_pdf(made, now=NOW)))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    places = [text.index(citation(library(), name)) for name in NAMES]
    assert places == sorted(places)


def test_the_draft_offers_what_is_cited_first_and_saving_keeps_the_order() -> None:
    office = make_office()
    made = send(office)
    precedents.take(
        consultation=made, draft=replace(DRAFT, provisions=NAMES), actor=office.first, now=NOW
    )
    client, address = reviewer(office.first), f"/penelaahan/{made.pk}/draf/"
    offered = re.findall(r'name="provisions" value="([^"]+)"', words(client.get(address)))
    assert offered[: len(NAMES)] == list(NAMES)
    told = {f"fakta_{name}": value for name, value in DRAFT.facts.items()}
    told |= {"question": DRAFT.question, "answer": DRAFT.answer, "act_choice": "like"}
    saved = client.post(address, {**told, "provisions": offered[:2], "other_choice": NAMES[2]})
    assert saved.status_code == 302
    assert list(Consultation.objects.get().provisions) == list(NAMES)


def test_saying_that_it_holds_keeps_the_order() -> None:
    office = make_office()
    made = make_precedent(office, replace(DRAFT, provisions=NAMES))
    Consultation.objects.update(basis=[(name, "0" * 32) for name in NAMES])
    assert precedents.flag_changed(now=NOW) == 1
    made.refresh_from_db()
    precedents.keep(consultation=made, reason="Isinya sama", actor=office.second, now=NOW)
    made.refresh_from_db()
    assert list(made.provisions) == list(NAMES) and precedents.flag_changed(now=NOW) == 0


def test_answers_of_before_become_pairs_and_back_again() -> None:
    made = bring_to_review(make_office())
    pairs = made.basis
    waiting = send(make_office())
    step = import_module("netral.guidance.migrations.0005_basis_in_order")
    step.into_objects(apps, None)
    assert Consultation.objects.get(pk=made.pk).basis == dict(pairs)
    step.into_pairs(apps, None)
    assert sorted(Consultation.objects.get(pk=made.pk).basis) == sorted(map(list, pairs))
    assert Consultation.objects.get(pk=waiting.pk).basis == []
