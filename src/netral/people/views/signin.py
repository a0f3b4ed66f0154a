"""allauth's pages where Netral adds a step of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from allauth.mfa.base.views import authenticate as authenticate_by_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from netral.people import devices
from netral.people.models import Account
from netral.people.queries import accounts as account_queries
from netral.people.signin import signed_out_meanwhile

View = Callable[..., HttpResponseBase]


class SignIn(LoginView):
    """Number and password; a browser that comes by gets its device cookie."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        devices.mark(request, response)
        return response


class ChangePassword(PasswordChangeView):
    """Who has none yet makes the first one instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, Account) and not request.user.has_usable_password():
            return HttpResponseRedirect(reverse("people:new_password"))
        return super().dispatch(request, *args, **kwargs)


def _has_shown(request: HttpRequest, kind: str) -> None:
    """Setting a second factor up took the thing itself, so it has been shown in this session."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


class SignOut(LogoutView):
    """Asks first where it would shut somebody out: who came by slip and has no other way in."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "sure" not in self.request.POST and _needs_slip(self.request):
            return self.render_to_response(self.get_context_data())
        return super().post(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"needs_slip": _needs_slip(self.request)}


def _needs_slip(request: HttpRequest) -> bool:
    """Whether only a new slip brings this account back: no password, passkey or provider."""
    account = request.user
    if not isinstance(account, Account):
        return False
    return account_queries.accounts_needing_slip().filter(pk=account.pk).exists()


def while_signed_in(view: View) -> View:
    """For what gives an account a new way in: done before all of them are taken away, or not at
    all. The account's row is held meanwhile, as ``services.recovering`` holds it."""

    @wraps(view)
    def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not isinstance(request.user, Account):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            now = Account.objects.select_for_update(of=("self",)).filter(pk=request.user.pk).first()
            if now is None or now.password != request.user.password:
                return signed_out_meanwhile(request)
            return view(request, *args, **kwargs)

    return held


def authenticate(request: HttpRequest) -> HttpResponseBase:
    """The second step; who waited there while it was taken off the account begins anew."""
    stage = get_pending_stage(request)
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if stage is not None and not is_mfa_enabled(stage.login.user, kinds):
        clear_login(request)
        messages.info(request, _("Akun ini tidak lagi menanyakan langkah kedua; masuklah lagi."))
        return HttpResponseRedirect(reverse("account_login"))
    return authenticate_by_factor(request)


class ActivateApp(ActivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        _has_shown(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """``?next=…`` leads back to where the passkey was asked for, past the recovery codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"next": get_next_redirect_url(self.request)}

    def get_success_url(self) -> str:
        return get_next_redirect_url(self.request) or super().get_success_url()

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        _has_shown(self.request, Authenticator.Type.WEBAUTHN)
        return response


change_password = ChangePassword.as_view()
sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
activate_app = while_signed_in(ActivateApp.as_view())
add_passkey = while_signed_in(AddPasskey.as_view())
new_recovery_codes = while_signed_in(generate_recovery_codes)
