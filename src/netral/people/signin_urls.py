"""The pages of allauth that Netral uses, each under an address and a rule of ours.

What is not here does not exist: no sign-up, no e-mail addresses, no codes by mail, no linking of
accounts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount import views as provider_views
from allauth.socialaccount.providers.openid_connect import views as sso_views
from django.urls import URLPattern, path, register_converter

from netral.base.access import Rule, allow, anyone, signed_in
from netral.people.access import own_security
from netral.people.converters import SealedNumber
from netral.people.views import signin as own_views

register_converter(SealedNumber, "sealed")


def _page(route: str, view: Callable[..., Any], name: str, rule: Rule) -> URLPattern:
    return path(route, allow(rule)(view), name=name)


_PASSKEY = "keamanan/kunci-sandi/"

urlpatterns = [
    _page("masuk/", own_views.sign_in, "account_login", anyone),
    _page("keluar/", own_views.sign_out, "account_logout", anyone),
    _page("ditutup/", account_views.account_inactive, "account_inactive", anyone),
    _page("pastikan/", account_views.reauthenticate, "account_reauthenticate", signed_in),
    _page("kata-sandi/", own_views.change_password, "account_change_password", own_security),
    _page("keamanan/", factor_views.index, "mfa_index", own_security),
    _page("masuk/langkah-kedua/", own_views.authenticate, "mfa_authenticate", anyone),
    _page("pastikan/kode/", factor_views.reauthenticate, "mfa_reauthenticate", signed_in),
    _page("keamanan/aplikasi/pasang/", own_views.activate_app, "mfa_activate_totp", own_security),
    _page(
        "keamanan/aplikasi/lepas/", app_views.deactivate_totp, "mfa_deactivate_totp", own_security
    ),
    _page(
        "keamanan/kode-pemulihan/",
        recovery_views.view_recovery_codes,
        "mfa_view_recovery_codes",
        own_security,
    ),
    _page(
        "keamanan/kode-pemulihan/baru/",
        own_views.new_recovery_codes,
        "mfa_generate_recovery_codes",
        own_security,
    ),
    _page(
        "keamanan/kode-pemulihan/unduh/",
        recovery_views.download_recovery_codes,
        "mfa_download_recovery_codes",
        own_security,
    ),
    _page(_PASSKEY, passkey_views.list_webauthn, "mfa_list_webauthn", own_security),
    _page(f"{_PASSKEY}baru/", own_views.add_passkey, "mfa_add_webauthn", own_security),
    _page(
        f"{_PASSKEY}<sealed:pk>/hapus/",
        passkey_views.remove_webauthn,
        "mfa_remove_webauthn",
        own_security,
    ),
    _page(
        f"{_PASSKEY}<sealed:pk>/nama/",
        passkey_views.edit_webauthn,
        "mfa_edit_webauthn",
        own_security,
    ),
    _page(
        "pastikan/kunci-sandi/",
        passkey_views.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
        signed_in,
    ),
    _page("masuk/kunci-sandi/", passkey_views.login_webauthn, "mfa_login_webauthn", anyone),
    _page("sso/batal/", provider_views.login_cancelled, "socialaccount_login_cancelled", anyone),
    _page("sso/gagal/", provider_views.login_error, "socialaccount_login_error", anyone),
    _page("sso/<slug:provider_id>/", sso_views.login, "openid_connect_login", anyone),
    _page("sso/<slug:provider_id>/kembali/", sso_views.callback, "openid_connect_callback", anyone),
]
