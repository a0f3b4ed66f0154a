"""How allauth is bent to Netral: nobody signs up, accounts are claimed; numbers, not e-mails."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as django_login
from django.contrib.auth import logout as django_logout
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.people import devices
from netral.people.models import Account, SignIn
from netral.people.queries import accounts as account_queries
from netral.people.queries.slips import opened_again
from netral.people.services import accounts as account_services
from netral.people.services import claiming, throttling

BACKEND = "netral.people.signin.Backend"
SLIP = "slip"
_METHODS = {
    "password": SignIn.Method.PASSWORD,
    "mfa": SignIn.Method.PASSKEY,
    SLIP: SignIn.Method.SLIP,
    "socialaccount": SignIn.Method.SINGLE_SIGN_ON,
}


class Backend(AuthenticationBackend):
    """Finds the account by any number its person bears or bore, then checks the password."""

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        return self._check_password(account_queries.account_of(username), password)


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Nomor dan kata sandi ini tidak cocok; periksa keduanya, atau pakai kode slip."
        ),
        "incorrect_password": _("Kata sandi ini tidak cocok; ketik sekali lagi."),
        "enter_current_password": _("Kata sandi yang sekarang tidak cocok; ketik sekali lagi."),
        "too_many_login_attempts": _(
            "Terlalu banyak kode yang keliru; tunggu lima menit lalu coba lagi."
        ),
        "account_inactive": _("Akun ini ditutup; hubungi pengelola kepegawaian."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Counts the attempt before the hash is looked at, and takes it back when right."""
        identifier = credentials.get("username", "")
        try:
            attempt = throttling.begin(
                identifier=identifier,
                account=account_queries.account_of(identifier),
                origin=devices.origin_of(request),
                now=timezone.now(),
            )
        except throttling.MustWait as wait:
            raise ValidationError(waiting_message(wait.seconds), code="must_wait") from wait
        user = super().authenticate(request, **credentials)
        if user is not None:
            attempt.was_right()
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own counters per address would shut out a hall behind one address."""

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **arguments: Any
    ) -> HttpResponse:
        response = super().post_login(request, user, **arguments)
        remember(request, user)
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """The changed one, which asked for the one before and so keeps since when that was."""
        assert isinstance(user, Account)
        try:
            account_services.replace_password(
                account=user, password=password, since=user.password_since
            )
        except account_services.NoLongerSignedIn as gone:
            raise ImmediateHttpResponse(signed_out_meanwhile(self.request)) from gone

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:mine")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what the page does not show anyway: "you have signed in" is noise on a phone.

        Who made a passkey on the way to something else goes on there; the recovery codes, of which
        the message tells, wait among the pages of the account.
        """
        unheard = {"account/messages/logged_in.txt"}
        if get_next_redirect_url(request):
            unheard.add("mfa/messages/recovery_codes_generated.txt")
        template = args[0] if args else kwargs.get("message_template")
        if template not in unheard:
            super().add_message(request, level, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds and recovery codes are kept encrypted, so a stolen database opens no officer's door."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode ini tidak cocok; tunggu kode berikutnya lalu ketik lagi."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise RuntimeError(
                "NETRAL_CODE_KEY is not the one with which second factors were set up; "
                "put the old key back, or reset the officers' second factors"
            ) from error

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        return gettext("Kunci sandi")


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """A sign-in at the provider opens the account of the person who bears the claimed number."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        number = self._number_in(sociallogin)
        account = account_services.account_for_single_sign_on(number=number) if number else None
        if account is None:
            page = render(
                request, "socialaccount/unknown_number.html", {"number": number}, status=403
            )
            raise ImmediateHttpResponse(page)
        if not sociallogin.is_existing:
            sociallogin.connect(request, account)
        elif sociallogin.user.pk != account.pk:
            # The provider gave this identity another number: follow the number, not the past.
            sociallogin.account.user = account
            sociallogin.account.save(update_fields=["user"])
            sociallogin.user = account

    def _number_in(self, sociallogin: Any) -> str:
        data = sociallogin.account.extra_data
        for part in (data.get("userinfo"), data.get("id_token"), data):
            value = (part or {}).get(settings.OIDC_NUMBER_CLAIM)
            if value:
                return account_queries.clean_identifier(str(value))
        return ""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def _fernet() -> Fernet:
    key = hashlib.sha256(b"netral second factor 1:" + settings.CODE_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def waiting_message(seconds: int) -> str:
    if seconds < 60:
        return gettext(
            "Terlalu banyak percobaan; coba lagi dalam %(seconds)d detik, atau pakai kode slip "
            "atau kunci sandi."
        ) % {"seconds": seconds}
    return gettext(
        "Terlalu banyak percobaan; coba lagi dalam %(minutes)d menit, atau pakai kode slip "
        "atau kunci sandi."
    ) % {"minutes": -(-seconds // 60)}


def sign_in_with_slip(request: HttpRequest, account: Account, *, next_url: str) -> HttpResponse:
    """Signs in after a claim, through every step allauth knows: the second factor is asked.

    Whoever was signed in on that browser is signed out first: Django would do so later, and with
    the old session drop the record that this one began with a slip.
    """
    if request.user.is_authenticated and request.user.pk != account.pk:
        django_logout(request)
    record_authentication(request, account, SLIP)
    return perform_login(request, Login(user=account, redirect_url=next_url))


def sign_in_at_ceremony(request: HttpRequest, account: Account) -> None:
    """Signs in after ``claim_with_code`` without a detour, as a member of staff.

    No second factor is asked and none is recorded, so the session opens no page of an officer.
    The session key is new, whatever key the phone came with.
    """
    django_login(request, account, backend=BACKEND)
    record_authentication(request, account, SLIP)
    UserSession.objects.create_from_request(request)
    remember(request, account)


def go_on_with_new_password(request: HttpRequest, account: Account) -> None:
    """This session stays under a new key; without its row it could not be ended from elsewhere."""
    old = request.session.session_key
    update_session_auth_hash(request, account)
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    UserSession.objects.create_from_request(request)


def signed_out_meanwhile(request: HttpRequest) -> HttpResponse:
    """To the sign-in page: the account was signed out everywhere while this was under way."""
    django_logout(request)
    messages.error(request, gettext("Akun ini baru saja dikeluarkan dari semua perangkat."))
    return HttpResponseRedirect(reverse("account_login"))


def remember(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Keeps the sign-in for the owner to see, and the browser as known."""
    assert isinstance(user, Account)
    records = get_authentication_records(request, user)
    methods = [_METHODS[record["method"]] for record in records if record["method"] in _METHODS]
    account_services.remember_sign_in(
        account=user,
        method=methods[0] if methods else SignIn.Method.PASSWORD,
        origin=devices.origin_of(request),
        device_name=devices.describe(request.headers.get("User-Agent", "")),
        now=timezone.now(),
    )


def is_doubted(request: HttpRequest, slips_used: Iterable[datetime]) -> bool:
    """Whether this session may be somebody's who held a slip: one of ``slips_used``, or its own.
    Not where it showed what no such slip can have made: a password or a passkey from before the
    first of them, or the government's own sign-on."""
    records = get_authentication_records(request, request.user)
    own = [record["at"] for record in records if record.get("method") == SLIP]
    moments = [*slips_used, *(datetime.fromtimestamp(at, UTC) for at in own)]
    first = min(moments, default=None)
    if first is None:
        return False
    return not any(_shows_owner(request.user, record, first) for record in records)


def may_be_another(request: HttpRequest) -> bool:
    """Whether this may be whoever held a slip, the one aside with which the account came to be."""
    assert isinstance(request.user, Account)
    person = request.user.person
    return person is not None and is_doubted(request, opened_again(person))


def _shows_owner(user: Any, record: dict[str, Any], moment: datetime) -> bool:
    match record.get("method"):
        case "socialaccount":
            return True
        case "password":
            return user.password_since is not None and user.password_since < moment
        case "mfa":
            key = Authenticator.objects.filter(user=user, pk=record.get("id"))
            kinds = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
            return key.filter(type__in=kinds, created_at__lt=moment).exists()
    return False


def came_by_slip(request: HttpRequest) -> bool:
    """Whether this session began with a slip within the last half hour: it may set a password."""
    limit = claiming.REPEAT_WITHIN.total_seconds()
    return any(
        record.get("method") == SLIP and timezone.now().timestamp() - record["at"] < limit
        for record in get_authentication_records(request, request.user)
    )
