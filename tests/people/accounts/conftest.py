from __future__ import annotations

import pytest
from django.test import Client

from netral.people.models import Account, Government, Unit
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in


@pytest.fixture
def government(db: None) -> Government:
    return factories.make_government()


@pytest.fixture
def unit(government: Government) -> Unit:
    return factories.make_unit(government, "Dinas Kehutanan")


@pytest.fixture
def personnel(government: Government) -> Account:
    return factories.make_officer("personnel", government)


@pytest.fixture
def officer_client(personnel: Account) -> Client:
    return sign_in(Client(), personnel, second_factor=True)
