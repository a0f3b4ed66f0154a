"""What the addresses of accounts, duties, slips and privacy promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from netral.people.models import Account, AccountRecovery, DataRequest, Duty, SlipBatch
from netral.people.services import privacy, sealing
from tests.contracts.expectations import (
    Page,
    everybody,
    holders,
    officers,
    signed_in,
    with_admin,
)
from tests.contracts.places import Place
from tests.people.accounts import factories

personnel = holders("personnel")
Arguments = Callable[[Place], Mapping[str, Any]]


def _waiting_duty(place: Place) -> Mapping[str, Any]:
    """A powerful duty of somebody at the place, given by nobody who visits."""

    def make() -> Duty:
        return Duty.objects.create(
            account=place.account,
            kind=Duty.Kind.AUDITOR,
            government=place.government,
            unit=place.unit,
            granted_by=place.account,
            granted_at=factories.NOW,
        )

    return {"key": place.once("duty", make).pk}


def _gentle_duty(place: Place) -> Mapping[str, Any]:
    def make() -> Duty:
        return factories.give_duty(place.account, "organiser", place.government, place.unit)

    return {"key": place.once("duty", make).pk}


def _powerful_duty(place: Place) -> Mapping[str, Any]:
    """Of an officer whose second factor may be reset; a subtree officer sees it in the unit."""

    def make() -> Duty:
        officer = factories.make_account(factories.make_person(place.unit))
        return factories.give_duty(officer, "auditor", place.government, place.unit)

    return {"key": place.once("powerful", make).pk}


def _request(place: Place) -> DataRequest:
    return place.once(
        "request",
        lambda: privacy.ask(
            actor=place.account, kind="correction", text=place.word, now=factories.NOW
        ),
    )


def _own_request(account: Account, place: Place) -> Mapping[str, Any]:
    if account.person is None:
        return {"key": _request(place).pk}
    asked = privacy.ask(actor=account, kind="correction", text="x", now=factories.NOW)
    return {"key": asked.pk}


def _recovery_of(account: Account) -> AccountRecovery:
    """Asked for by an officer of the government who visits nothing."""
    proposer = Account.objects.exclude(pk=account.pk).order_by("created_at")[0]
    found, _made = AccountRecovery.objects.get_or_create(
        account=account,
        decided_at=None,
        defaults={"reason": "x", "proposed_by": proposer, "proposed_at": factories.NOW},
    )
    return found


def _batch_of(account: Account, place: Place) -> Mapping[str, Any]:
    batch = SlipBatch.objects.create(
        government=place.government,
        unit=place.unit,
        actor=account,
        public_key=sealing.new_pair()[1],
        asked_at=factories.NOW,
        keep_until=factories.NOW.replace(year=2099),
    )
    return {"key": batch.pk}


def _batch(place: Place) -> Mapping[str, Any]:
    return place.once("batch", lambda: _batch_of(place.account, place))


def _passkey_of(account: Account, place: Place) -> Mapping[str, Any]:
    key = Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "Ponsel"}
    )
    return {"pk": key.pk}


def _passkey(place: Place) -> Mapping[str, Any]:
    return place.once("passkey", lambda: _passkey_of(place.account, place))


PAGES: dict[str, Page] = {
    "health": Page(may=everybody),
    "style": Page(may=frozenset()),
    "set_language": Page(may=everybody, method="post"),
    "people:front": Page(may=everybody),
    "people:claim": Page(may=everybody),
    "people:forgotten": Page(may=everybody),
    "people:welcome": Page(may=signed_in),
    "people:new_password": Page(may=signed_in),
    "people:second_factor": Page(may=signed_in),
    "people:sessions": Page(may=signed_in),
    "people:mine": Page(may=signed_in),
    "people:data": Page(may=signed_in),
    "people:data_download": Page(may=signed_in),
    "people:data_ask": Page(may=signed_in),
    "people:data_withdraw": Page(
        may=signed_in - {"installation_admin"},
        arguments=lambda place: {"key": _request(place).pk},
        method="post",
        own=True,
        own_as=_own_request,
    ),
    "people:recovery_dispute": Page(
        may=signed_in,
        arguments=lambda place: {"key": _recovery_of(place.account).pk},
        method="post",
        own=True,
        own_as=lambda account, place: {"key": _recovery_of(account).pk},
    ),
    "people:data_requests": Page(may=personnel),
    "people:data_answer": Page(may=personnel, arguments=lambda place: {"key": _request(place).pk}),
    "people:workplace": Page(may=frozenset(), method="post"),
    "people:duties": Page(may=with_admin(officers)),
    "people:duties_deeds": Page(may=with_admin(officers)),
    "people:duties_grant": Page(may=with_admin(personnel)),
    "people:duties_outside": Page(may=with_admin(personnel)),
    "people:duties_confirm": Page(may=with_admin(personnel), arguments=_waiting_duty),
    "people:duties_end": Page(may=with_admin(personnel), arguments=_gentle_duty),
    "people:duties_reset_factor": Page(may=with_admin(personnel), arguments=_powerful_duty),
    "people:slips": Page(may=personnel),
    "people:slips_batch": Page(may=personnel, arguments=_batch, own=True, own_as=_batch_of),
    "people:slips_download": Page(
        may=personnel, arguments=_batch, own=True, own_as=_batch_of, method="post"
    ),
    "people:slips_one": Page(may=personnel, arguments=lambda place: {"person": place.person.pk}),
    "account_login": Page(may=everybody),
    "account_logout": Page(may=everybody),
    "account_inactive": Page(may=everybody),
    "account_reauthenticate": Page(may=frozenset()),
    "account_change_password": Page(may=signed_in),
    "mfa_index": Page(may=signed_in),
    "mfa_authenticate": Page(may=signed_in),
    "mfa_reauthenticate": Page(may=frozenset()),
    "mfa_activate_totp": Page(may=signed_in),
    "mfa_deactivate_totp": Page(may=frozenset()),
    "mfa_view_recovery_codes": Page(may=frozenset()),
    "mfa_generate_recovery_codes": Page(may=signed_in),
    "mfa_download_recovery_codes": Page(may=frozenset()),
    "mfa_list_webauthn": Page(may=signed_in),
    "mfa_add_webauthn": Page(may=signed_in),
    "mfa_remove_webauthn": Page(may=signed_in, arguments=_passkey, own=True, own_as=_passkey_of),
    "mfa_edit_webauthn": Page(may=signed_in, arguments=_passkey, own=True, own_as=_passkey_of),
    "mfa_reauthenticate_webauthn": Page(may=frozenset()),
    "mfa_login_webauthn": Page(may=signed_in),
    "socialaccount_login_cancelled": Page(may=everybody),
    "socialaccount_login_error": Page(may=everybody),
    "openid_connect_login": Page(
        may=frozenset(),
        arguments=lambda place: {"provider_id": "sso"},
        words=frozenset({"provider_id"}),
        public_object=True,
    ),
    "openid_connect_callback": Page(
        may=frozenset(),
        arguments=lambda place: {"provider_id": "sso"},
        words=frozenset({"provider_id"}),
        public_object=True,
    ),
}
