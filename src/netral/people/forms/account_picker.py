"""Choosing the officer for a duty: by name, or by the number that stands in the letter."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import SHOWN, Line, PickField, whereabouts
from netral.people.models import Account, Government
from netral.people.queries import duties as duty_queries


class AccountField(PickField):
    """Somebody with an account in ``government``, as far as ``actor`` may look for them.

    A name alone is never enough to hand out a duty, even if one person only bears it: the officer
    marks the one who is meant, seeing number and unit. A number or account name is enough.
    """

    nothing = _(
        "Belum ada akun dengan nama atau nomor ini di sini; minta orangnya mengaktifkan akun "
        "dengan slip, atau buat akun petugas dari luar."
    )
    search_label = _("Cari akun")
    takes_only_match = False
    actor: Account
    government: Government

    def search(self, text: str) -> tuple[list[Account], int]:
        meant = duty_queries.account_to_charge(self.actor, self.government, text)
        if meant:
            return [meant], 1
        return duty_queries.accounts_named(self.actor, self.government, text, most=SHOWN)

    def is_meant(self, one: Account, text: str) -> bool:
        return duty_queries.account_to_charge(self.actor, self.government, text) == one

    def by_key(self, key: str) -> Account | None:
        try:
            return duty_queries.accounts_offered_to(self.actor, self.government).get(pk=key)
        except (ValidationError, Account.DoesNotExist):
            return None

    def people_found(self) -> set[UUID]:
        return {account.person_id for account in self.found if account.person_id}

    def lines_of(self, found: Sequence[Account]) -> list[Line]:
        return [Line(str(one.pk), one.name, _note(one)) for one in found]


def _note(account: Account) -> str:
    if account.person:
        return whereabouts(account.person)
    return f"{account.username} · {_('petugas dari luar')}"
