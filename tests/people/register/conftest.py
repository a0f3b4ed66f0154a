from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from netral.people.models import Account


@pytest.fixture
def sign_in() -> Callable[[Account], Client]:
    """A browser signed in with the second factor shown, as officers must be."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        return client

    return signed_in
