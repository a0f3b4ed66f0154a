"""What the tests of the reviewers' pages share: somebody signed in, and a page as it is read."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from netral.people.models import Account
from tests.people.accounts.sessions import sign_in

UNCLEAR = "gimana ya kalau sepupu istri saya pinjam gudang pribadi saya buat simpan barang?"
"""A question whose act the law data cannot tell for certain."""


def words(answer: HttpResponse) -> str:
    """The page in one line, without entities."""
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def reviewer(account: Account) -> Client:
    """A client in which the officer has shown the second factor."""
    return sign_in(Client(), account, second_factor=True)
