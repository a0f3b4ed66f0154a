from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").strip())


class Account(AbstractBaseUser):
    """Somebody who can sign in: a person of the register who claimed it, or an outside officer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("NIP, NI PPPK, atau ID lokal"), max_length=40, unique=True)
    """The staff number or local id; for officers from outside the register a chosen word."""
    name = models.CharField(_("nama"), max_length=200)
    email = models.EmailField(blank=True)
    government = models.ForeignKey(
        "people.Government", models.PROTECT, null=True, related_name="accounts"
    )
    person = models.OneToOneField(
        "people.Person", models.PROTECT, null=True, related_name="account"
    )
    is_active = models.BooleanField(default=True)
    is_installation_admin = models.BooleanField(default=False)
    """Creates governments and hands out the first duties; sees no personal data by that alone."""
    language = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_installation_admin=True) | Q(government__isnull=False),
                name="account_has_a_government",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClaimCode(models.Model):
    """A one-time code with which a person claims their account. Only a keyed hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="claim_codes")
    lookup = models.CharField(max_length=64, unique=True)
    """HMAC-SHA-256 of the code under CODE_KEY, in hex: found by one index look-up."""
    issued_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, revoked_at=None),
                name="claim_code_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
