"""Claiming, signing in, passwords, second factors: what allauth asks, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import PasswordField
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from netral.people import codes
from netral.people.models import Account

PASSWORD_HELP = _("Sedikitnya 10 huruf; tiga atau empat kata yang tidak berkaitan sudah kuat.")


class ClaimForm(forms.Form):
    """Number and code as they stand on the slip."""

    identifier = forms.CharField(
        label=_("NIP, NI PPPK, atau ID lokal"),
        max_length=40,
        help_text=_("Tercetak di slip, di bawah nama Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Kode slip"),
        max_length=40,
        help_text=_("Dua belas huruf dan angka, misalnya 7K3M\u20119Q2X\u2011HB4T."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        code = codes.as_typed(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("Kode slip terdiri atas dua belas huruf dan angka; salin semuanya dari slip."),
                code="not_a_code",
            )
        return code


class NewPasswordForm(forms.Form):
    """A first password, or a new one after a new slip."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, account: Account, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password") and values.get("password") != values.get("again"):
            self.add_error("again", _("Kedua kata sandi ini berbeda; ketik yang sama dua kali."))
        return values


class SignInForm(LoginForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        number, password = self.fields["login"], self.fields["password"]
        number.label = _("Nomor pegawai atau nama akun")
        number.help_text = _(
            "Pegawai: NIP, NI PPPK, atau ID lokal seperti di slip. Petugas yang bukan pegawai: "
            "nama akun dari pengelola."
        )
        password.label = _("Kata sandi")
        number.widget.attrs["spellcheck"] = "false"
        drop_placeholders(self)


class ConfirmPasswordForm(ReauthenticateForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["password"].label = _("Kata sandi Anda")
        drop_placeholders(self)


class ChangeOwnPasswordForm(ChangePasswordForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["oldpassword"].label = _("Kata sandi yang sekarang")
        self.fields["password1"].label = _("Kata sandi baru")
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = _("Kata sandi baru, sekali lagi")
        drop_placeholders(self)


def _code_field(form: forms.Form, label: Any) -> None:
    field = form.fields["code"]
    field.label = label
    field.widget.attrs.update({"inputmode": "numeric", "spellcheck": "false"})
    drop_placeholders(form)


class SecondStepForm(AuthenticateForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _code_field(self, _("Kode dari aplikasi autentikator, atau kode pemulihan"))


class SecondStepAgainForm(ReauthenticateByCodeForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _code_field(self, _("Kode dari aplikasi autentikator, atau kode pemulihan"))


class ActivateAppForm(ActivateTOTPForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _code_field(self, _("Kode enam angka dari aplikasi"))


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["name"].label = _("Nama kunci sandi")
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Pakai untuk masuk tanpa kata sandi")
        passwordless.help_text = _("Perangkat meminta sidik jari, wajah, atau PIN-nya sendiri.")


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["name"].label = _("Nama kunci sandi")


def drop_placeholders(form: forms.Form) -> None:
    """A placeholder is no label: it vanishes while one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field, PasswordField):
            field.widget.attrs.setdefault("autocomplete", "current-password")
