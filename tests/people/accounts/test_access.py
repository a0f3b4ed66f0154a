from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from netral.people import access
from netral.people.models import Account, Duty, Government, Unit
from tests.people.accounts.factories import make_account, make_officer, make_person


def request_of(account: Account | None, *, methods: tuple[str, ...] = ()) -> HttpRequest:
    request = RequestFactory().get("/pegawai/")
    request.user = account or AnonymousUser()  # type: ignore[assignment]
    request.session = {  # type: ignore[assignment]
        "account_authentication_methods": [{"method": method, "at": 0} for method in methods],
        "account_authentication_methods_user": str(account.pk) if account else "",
    }
    return request


def test_a_duty_sleeps_until_the_second_factor(personnel: Account) -> None:
    rule = access.duty(Duty.Kind.PERSONNEL)
    assert not rule(request_of(personnel, methods=("password",)))
    assert rule(request_of(personnel, methods=("password", "mfa")))


def test_the_way_to_the_second_factor_is_shown_to_its_officer_alone(
    personnel: Account, unit: Unit
) -> None:
    rule = access.duty(Duty.Kind.PERSONNEL)
    answer = rule.otherwise(request_of(personnel, methods=("password",)))
    assert answer is not None
    assert "next=%2Fpegawai%2F" in answer["Location"]
    staff = make_account(make_person(unit))
    assert rule.otherwise(request_of(staff, methods=("password",))) is None
    assert rule.otherwise(request_of(personnel, methods=("password", "mfa"))) is None


def test_a_second_factor_of_somebody_else_does_not_count(
    personnel: Account, government: Government
) -> None:
    request = request_of(personnel, methods=("mfa",))
    request.session["account_authentication_methods_user"] = str(
        make_officer("personnel", government).pk
    )
    assert not access.second_factor_done(request)


def test_other_duties_and_nobody_are_refused(personnel: Account) -> None:
    rule = access.duty(Duty.Kind.AUDITOR)
    assert not rule(request_of(personnel, methods=("mfa",)))
    assert not access.officer(request_of(None))
    assert access.officer(request_of(personnel, methods=("mfa",)))


def test_an_unconfirmed_and_an_ended_duty_do_nothing(personnel: Account) -> None:
    rule = access.duty(Duty.Kind.PERSONNEL)
    Duty.objects.update(confirmed_at=None)
    assert not rule(request_of(personnel, methods=("mfa",)))
    Duty.objects.update(confirmed_at="2026-01-01T00:00Z", ended_at="2026-01-02T00:00Z")
    assert not rule(request_of(personnel, methods=("mfa",)))


def test_a_closed_account_has_no_duties(personnel: Account) -> None:
    personnel.is_active = False
    assert not access.officer(request_of(personnel, methods=("mfa",)))
