"""allauth's pages where Netral adds a step of its own."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from netral.people import devices


class SignIn(LoginView):
    """Number and password; a browser that comes by gets its device cookie."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        devices.mark(request, response)
        return response


class ActivateApp(ActivateTOTPView):
    """Setting the app up took a right code of it, so the second factor has been shown."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """Making a passkey took the device itself, so the second factor has been shown."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(
            self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN
        )
        return response


sign_in = SignIn.as_view()
activate_app = ActivateApp.as_view()
add_passkey = AddPasskey.as_view()
