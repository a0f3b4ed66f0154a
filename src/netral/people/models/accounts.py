from __future__ import annotations

from uuid import UUID

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
    password_since = models.DateTimeField(null=True)
    """Since when only those who knew the password before could set the present one: changing it
    asks for the old one and keeps this, a slip's new one begins it anew. Empty: not known."""
    created_at = models.DateTimeField(auto_now_add=True)

    chosen_government: UUID | None = None
    """Not kept: where an officer of several governments works in this request (``workplace``)."""

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
    """A one-time code with which somebody claims their account. Only a keyed hash is kept.

    It is made out to a person of the register, or to an account that exists already and belongs
    to no person: the first administrator, an officer from outside.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, related_name="claim_codes"
    )
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="claim_codes")
    lookup = models.CharField(max_length=64, unique=True)
    """HMAC-SHA-256 of the code under CODE_KEY, in hex: found by one index look-up."""
    issued_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    """Empty only for a code made on the command line."""
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_device = models.CharField(max_length=64, blank=True)
    """Hash of the device that used it, which may repeat a request whose answer was lost."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, account__isnull=False)
                | Q(person__isnull=False, account=None),
                name="claim_code_for_one",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, revoked_at=None, person__isnull=False),
                name="claim_code_one_open",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(used_at=None, revoked_at=None, account__isnull=False),
                name="claim_code_one_open_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.account_id}"


class SignIn(models.Model):
    """One successful sign-in, kept for the account's owner to look through. No address is kept."""

    class Method(models.TextChoices):
        PASSWORD = "password", _("kata sandi")
        PASSKEY = "passkey", _("kunci sandi")
        SLIP = "slip", _("kode slip")
        SINGLE_SIGN_ON = "sso", _("akun instansi (SSO)")

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    method = models.CharField(max_length=8, choices=Method)
    device = models.CharField(max_length=60, blank=True)
    """Browser and system in two words, as ``base`` reads them from the request."""

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["account", "at"], name="sign_in_by_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.method}"


class KnownDevice(models.Model):
    """A browser on which the account signed in before; its failures are counted apart."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="known_devices")
    device = models.CharField(max_length=64)
    """Keyed hash of the random word in the browser's device cookie."""
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "device"], name="known_device_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.device[:8]}"
