"""The demonstration as it stands: what came through the real import, and what is built on it."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from netral.elections.queries import current_phase, phase_line
from netral.guidance.models import Consultation
from netral.guidance.services import opinions
from netral.guidance.services.precedents import flag_changed
from netral.people.folding import matching_key
from netral.people.models import (
    Account,
    ClaimCode,
    Government,
    HeadOfUnit,
    Import,
    Person,
    Posting,
    Unit,
)
from netral.people.queries import authority
from netral.people.services import claiming
from netral.pledges.models import Ceremony, Signature
from netral.pledges.services import coverage
from netral.project.demonstration.build import SEED, DemoSummary, build
from netral.project.demonstration.importing import import_file
from netral.project.demonstration.officers import OFFICERS, PASSWORD
from netral.project.demonstration.register_file import write_register
from netral.project.demonstration.staff import make_asn, make_non_asn
from netral.project.demonstration.units import make_tree
from tests.demonstration.conftest import NOW, SIZE

# Each test in a transaction within that of the demonstration; what one changes the next never sees.
pytestmark = pytest.mark.django_db
NIK = re.compile(r"(?<![0-9A-Za-z-])9[89]\d{14}(?![0-9A-Za-z-])")
FORBIDDEN = ("Jalan Rekaan", "REKAAN", "Kota Rekaan", "00.000.000.")


@pytest.fixture
def government(demo: DemoSummary) -> Government:
    return Government.objects.get(is_demo=True)


def _code_now(secret: str) -> str:
    """What an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // mfa_settings.TOTP_PERIOD))


def test_every_person_and_unit_arrived(demo: DemoSummary, government: Government) -> None:
    units = make_tree(seed=SEED, size=SIZE)
    assert demo.is_new
    assert (demo.people, demo.units) == (SIZE, len(units))
    assert Unit.objects.filter(government=government, parent=None).count() == 45
    asn = make_asn(units, seed=SEED, size=SIZE)
    placed = Posting.objects.filter(valid_to=None).select_related("person", "unit")
    arrived = {row.person.number: row.unit.external_id for row in placed if row.person.number}
    assert arrived == {person.number: units[person.unit].key for person in asn}
    others = make_non_asn(units, seed=SEED, size=SIZE)
    assert Counter(
        (row.person.name_key, row.unit.external_id) for row in placed if not row.person.number
    ) == Counter((matching_key(person.name), units[person.unit].key) for person in others)


def test_statuses_came_out_as_invented(demo: DemoSummary) -> None:
    units = make_tree(seed=SEED, size=SIZE)
    said = Counter(person.status for person in make_asn(units, seed=SEED, size=SIZE))
    read = Counter(Posting.objects.values_list("status", flat=True))
    assert read == {
        "pns": said["PNS"],
        "cpns": said["CPNS"],
        "pppk": said["PPPK"],
        "pppk_part_time": said["PPPK Paruh Waktu"],
        "non_asn": SIZE - said.total(),
    }
    assert not Posting.objects.filter(position_level="other").exclude(status="non_asn").exists()


def test_the_import_found_exactly_the_slips_made_on_purpose(
    demo: DemoSummary, tmp_path: Path
) -> None:
    units = make_tree(seed=SEED, size=SIZE)
    slips = write_register(
        tmp_path / "again.xlsx",
        units,
        make_asn(units, seed=SEED, size=SIZE),
        make_non_asn(units, seed=SEED, size=SIZE),
        seed=SEED,
    )
    tree, register = demo.imported
    assert tree.problems == {}
    assert register.problems == {name: count for name, count in vars(slips).items() if count}
    assert register.counts["create"] == SIZE
    assert Import.objects.filter(state=Import.State.APPLIED).count() == 2


def test_nothing_forbidden_is_anywhere_in_the_database(demo: DemoSummary) -> None:
    looked_at = 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField | models.TextField | models.JSONField):
                continue
            for value in model._default_manager.values_list(field.name, flat=True).iterator():
                text = str(value)
                looked_at += 1
                assert not NIK.search(text), f"{model._meta.label}.{field.name}"
                assert not any(word in text for word in FORBIDDEN), f"{model._meta.label}: {text}"
    assert looked_at > 20 * SIZE
    assert NIK.search("x '9900000000000001'"), "the search itself works"


def test_the_forbidden_values_do_stand_in_the_file(demo: DemoSummary) -> None:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(demo.register).get_sheet_by_index(0).to_python()
    text = "\n".join(str(cell) for row in rows for cell in row)
    assert NIK.search(text)
    assert all(word in text for word in FORBIDDEN)


def test_it_is_marked_and_bears_no_real_code(government: Government) -> None:
    assert government.is_demo
    assert government.region_code == "99"


def test_today_is_in_the_campaign_of_its_election(government: Government) -> None:
    assert current_phase(government, NOW) == "campaign"
    line = phase_line(government.pk, NOW)
    assert line.chip == "Masa kampanye · hari ke-13"
    assert line.is_fictional
    assert "(rekaan)" in line.election


def test_every_officer_signs_in_with_what_is_printed(
    demo: DemoSummary, government: Government
) -> None:
    printed = {entry.username: entry for entry in demo.sign_ins}
    for officer in OFFICERS:
        account = Account.objects.get(username=officer.username)
        entry = printed[officer.username]
        assert account.check_password(entry.password)
        factor = TOTP(Authenticator.objects.get(user=account, type="totp"))
        assert factor.validate_code(_code_now(entry.totp_secret))
        assert authority.duties_of(account, officer.duty).exists()
        assert account.government == government
    head = Account.objects.get(username="kepala")
    reached = authority.people_of(head, "head").count()
    assert 0 < reached < SIZE
    assert head.person is not None


def test_the_printed_slips_open_the_accounts_they_name(demo: DemoSummary) -> None:
    slips = [entry for entry in demo.sign_ins if entry.role.startswith("Slip")]
    assert len(slips) == 3
    for slip in slips:
        account = claiming.claim(identifier=slip.username, code=slip.password, now=NOW)
        assert account.person is not None
        assert account.person.identifier == slip.username


def test_some_hundred_have_claimed_their_accounts(demo: DemoSummary) -> None:
    staff = Account.objects.exclude(username__in=[officer.username for officer in OFFICERS])
    claimed = staff.filter(person__claim_codes=None)
    assert claimed.count() == 300
    assert all(account.check_password(PASSWORD) for account in claimed[:2])
    to_try = ClaimCode.objects.filter(used_at=None)
    assert to_try.count() == 300
    assert set(to_try.values_list("expires_at", flat=True)) == {NOW + claiming.VALID_FOR}


def test_who_signed_by_account_had_one_and_who_signed_by_slip_used_it(demo: DemoSummary) -> None:
    early = models.Q(person__account__created_at__lte=models.F("signed_at"))
    by_account = Signature.objects.filter(evidence=Signature.Evidence.ACCOUNT)
    assert by_account.count() > 50
    assert not by_account.exclude(early).exists()
    by_slip = Signature.objects.filter(evidence=Signature.Evidence.SLIP)
    assert by_slip.count() + by_account.count() == Signature.objects.count()
    assert by_slip.count() > by_account.count()
    told = by_slip.filter(
        person__claim_codes__used_at=models.F("signed_at"),
        person__claim_codes__issued_at__lt=models.F("signed_at"),
        person__account__created_at=models.F("signed_at"),
        person__account__is_active=True,
    )
    assert told.count() == by_slip.count()


def test_no_slip_that_can_be_tried_is_of_somebody_who_signed(demo: DemoSummary) -> None:
    signed = Signature.objects.values("person")
    assert not ClaimCode.objects.filter(used_at=None, person__in=signed).exists()


def test_units_have_heads(demo: DemoSummary) -> None:
    heads = HeadOfUnit.objects.filter(valid_to=None)
    assert heads.filter(unit__parent=None).count() == 45
    assert set(heads.values_list("kind", flat=True)) == {"definitive", "plt", "plh"}
    named = heads.get(unit__name="Dinas Pendidikan dan Kebudayaan").person
    assert named.postings.get().position == "Kepala Dinas Pendidikan dan Kebudayaan"


def test_three_ceremonies_one_over_one_open_one_to_come(government: Government) -> None:
    states = list(Ceremony.objects.order_by("planned_at").values_list("state", flat=True))
    assert states == ["closed", "signing", "planned"]
    past, open_now, planned = Ceremony.objects.order_by("planned_at")
    assert planned.planned_at > NOW > open_now.opened_at
    assert past.signatures.count() == round(0.6 * SIZE)
    assert open_now.signatures.exists()
    late = Signature.objects.filter(ceremony=open_now).order_by("-signed_at").first()
    assert late is not None
    assert open_now.opened_at <= late.signed_at <= NOW
    assert not planned.signatures.exists()


def test_signatures_are_uneven_and_non_asn_are_behind(government: Government) -> None:
    past = Ceremony.objects.get(state="closed")
    signers = set(past.signatures.values_list("person_id", flat=True))
    shares = []
    for top in Unit.objects.filter(government=government, parent=None):
        staff = set(
            Posting.objects.filter(unit__above__ancestor=top).values_list("person_id", flat=True)
        )
        shares.append(len(staff & signers) / len(staff))
    assert max(shares) - min(shares) > 0.3
    by_status = Counter(past.signatures.values_list("status", flat=True))
    assert by_status["non_asn"] / (SIZE * 8 / 18) < 0.6


def test_the_kept_figures_agree_with_a_recount(government: Government) -> None:
    election = Ceremony.objects.filter(state="closed").get().election
    found = coverage.differences(government_id=government.pk, election_id=election.pk)
    assert found == []


def test_the_same_file_once_more_changes_nothing(demo: DemoSummary, government: Government) -> None:
    with transaction.atomic():
        again = import_file(government, demo.register, scope=Import.Scope.FULL, now=NOW)
        transaction.set_rollback(True)
    assert again.counts["same"] == again.counts["rows"] == SIZE
    changing = {"create", "change", "move", "close", "missing", "ask", "bad"}
    assert not any(again.counts.get(action) for action in changing)


def test_running_again_finds_it_and_moves_only_the_election(government: Government) -> None:
    before = (Person.objects.count(), Account.objects.count(), Signature.objects.count())
    election = Ceremony.objects.filter(state="closed").get().election_id
    again = build(size=SIZE, now=NOW, report=lambda _line: None)
    assert not again.is_new
    later = NOW + timedelta(days=200)
    build(size=SIZE, now=later, report=lambda _line: None)
    to_try = ClaimCode.objects.filter(used_at=None)
    until = set(to_try.values_list("expires_at", flat=True))
    assert until == {later + claiming.VALID_FOR}
    assert current_phase(government, later) == "campaign"
    assert Ceremony.objects.filter(state="closed").get().election_id == election
    after = (Person.objects.count(), Account.objects.count(), Signature.objects.count())
    assert after == before


def test_two_reviewers_published_three_precedents_that_the_law_bears_out(
    demo: DemoSummary, government: Government
) -> None:
    published = Consultation.objects.filter(state="published").order_by("number")
    assert [one.number for one in published] == [1, 2, 3]
    assert {(one.drafted_by.username, one.reviewed_by.username) for one in published} == {
        ("penelaah1", "penelaah2")
    }
    outcomes = [one.outcome for one in published]
    assert outcomes == ["forbidden_discipline", "forbidden_discipline", "allowed"]
    assert flag_changed(now=NOW) == 0
    assert opinions.opinion_pdf(published[2], now=NOW).startswith(b"%PDF")
    assert Consultation.objects.filter(state="waiting").count() == 2


def test_a_wrong_password_is_still_wrong(demo: DemoSummary) -> None:
    account = Account.objects.get(username="auditor")
    assert not account.check_password("peragaan")
    with pytest.raises((ValidationError, claiming.ClaimRefused)):
        claiming.claim(identifier="auditor", code="0000-0000-0000", now=NOW)
