"""Signed-in test clients, as the sign-in pages would leave them behind."""

from __future__ import annotations

import time

from django.test import Client

from netral.people.models import Account
from netral.people.signin import BACKEND


def sign_in(client: Client, account: Account, *, second_factor: bool) -> Client:
    client.force_login(account, backend=BACKEND)
    session = client.session
    methods = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    if second_factor:
        methods.append({"method": "mfa", "type": "totp", "at": time.time()})
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client
