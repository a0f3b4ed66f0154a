"""The front page, claiming with a slip, the first password, the second factor, sessions."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from netral.base.access import allow, anyone, signed_in
from netral.base.ui import slots
from netral.people import access, devices, mine, signin, workplace
from netral.people.forms.accounts import ClaimForm, NewPasswordForm
from netral.people.models import Account, Person
from netral.people.queries import accounts as account_queries
from netral.people.services import accounts as account_services
from netral.people.services import claiming


@allow(anyone)
def front(request: HttpRequest) -> HttpResponse:
    """Officers go on to the first line of their menu, staff to their own page; others see what
    this is."""
    user = request.user
    if not user.is_authenticated:
        facts = {"links": mine.front_links(), "government": account_queries.only_government()}
        return render(request, "people/accounts/front.html", facts)
    if access.kinds_held(request):
        work = slots.navigation_for(request)
        return HttpResponseRedirect(reverse(work[0].url_name if work else "people:mine"))
    if user.is_installation_admin:
        return HttpResponseRedirect(reverse("people:duties"))
    return HttpResponseRedirect(reverse("people:mine"))


@allow(anyone)
@sensitive_post_parameters()
def claim(request: HttpRequest) -> HttpResponse:
    """The slip's page: from its QR with the code in the address, or typed in by hand."""
    if request.method == "POST":
        response = _claim_scanned(request) if "scanned" in request.POST else _claim_typed(request)
    else:
        response = _show_slip(request, request.GET.get("k", ""))
    devices.mark(request, response)
    return response


def _show_slip(request: HttpRequest, code: str) -> HttpResponse:
    if not code:
        return _claim_page(request, ClaimForm())
    found = claiming.identify_by_code(
        code=code, now=timezone.now(), origin=devices.origin_of(request)
    )
    if isinstance(found, claiming.Refusal):
        return _claim_page(request, ClaimForm(), refusal=found)
    holder = found.full_name if isinstance(found, Person) else found.name
    return render(request, "people/accounts/claim_scanned.html", {"holder": holder, "code": code})


def _claim_scanned(request: HttpRequest) -> HttpResponse:
    try:
        account = claiming.claim_with_code(
            code=request.POST.get("code", ""),
            now=timezone.now(),
            origin=devices.origin_of(request),
        )
    except claiming.ClaimRefused as refused:
        return _claim_page(request, ClaimForm(), refusal=refused.refusal)
    return _come_in(request, account)


def _claim_typed(request: HttpRequest) -> HttpResponse:
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _claim_page(request, form)
    try:
        account = claiming.claim(
            identifier=form.cleaned_data["identifier"],
            code=form.cleaned_data["code"],
            now=timezone.now(),
            origin=devices.origin_of(request),
        )
    except claiming.ClaimRefused as refused:
        form.add_error("code", refused.refusal.message)
        return _claim_page(request, form, refusal=refused.refusal)
    return _come_in(request, account)


def _claim_page(
    request: HttpRequest, form: ClaimForm, refusal: claiming.Refusal | None = None
) -> HttpResponse:
    waits = refusal is not None and refusal.reason is claiming.Reason.WAIT
    response = render(
        request,
        "people/accounts/claim.html",
        {
            "form": form,
            "refusal": None if form.errors else refusal,
            "is_used": refusal is not None and refusal.reason is claiming.Reason.USED,
        },
        status=429 if waits else 200,
    )
    if waits and refusal is not None:
        response["Retry-After"] = str(refusal.seconds)
    return response


def _come_in(request: HttpRequest, account: Account) -> HttpResponse:
    return signin.sign_in_with_slip(request, account, next_url=reverse("people:welcome"))


@allow(signed_in)
def welcome(request: HttpRequest) -> HttpResponse:
    """After the slip: make a passkey or a password, or leave it for later."""
    account = request.user
    assert isinstance(account, Account)
    return render(
        request,
        "people/accounts/welcome.html",
        {
            "account": account,
            "unit": account_queries.unit_of(account),
            "has_password": account.has_usable_password(),
            "has_passkey": is_mfa_enabled(account, [Authenticator.Type.WEBAUTHN]),
            "others": len(_other_sessions(request, account)),
        },
    )


def _other_sessions(request: HttpRequest, account: Account) -> list[UserSession]:
    """Where else the account is open. A slip ends none of them: whoever holds it could throw its
    owner out by signing; the owner is asked instead, and a new password ends them all."""
    current = request.session.session_key
    open_now = UserSession.objects.purge_and_list(account)
    return [row for row in open_now if row.session_key != current]


def may_set_password(request: HttpRequest, **arguments: object) -> bool:
    """Who came by slip a moment ago or never had one; a second factor has to be shown first."""
    account = request.user
    return (
        isinstance(account, Account)
        and access.own_security(request)
        and (signin.came_by_slip(request) or not account.has_usable_password())
    )


@allow(may_set_password)
@sensitive_post_parameters()
def new_password(request: HttpRequest) -> HttpResponse:
    """A first password, or a new one in place of one that was forgotten."""
    account = request.user
    assert isinstance(account, Account)
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            account_services.set_password(
                account=account, password=form.cleaned_data["password"], now=timezone.now()
            )
        except account_services.NoLongerSignedIn:
            return signin.signed_out_meanwhile(request)
        signin.go_on_with_new_password(request, account)
        account_services.forget_devices(account=account)
        record_authentication(request, account, "password", reauthenticated=True)
        messages.success(request, _("Kata sandi Anda sudah disimpan."))
        return HttpResponseRedirect(reverse("people:front"))  # an officer goes on to the work
    return render(request, "people/accounts/new_password.html", {"form": form})


@allow(anyone)
def forgotten(request: HttpRequest) -> HttpResponse:
    """How to come in again without the password: a new slip, no e-mail."""
    return render(request, "people/accounts/forgotten.html")


@allow(signed_in)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where an officer's pages lead until a second factor was shown in this session."""
    target = safe_next(request)
    if access.second_factor_done(request):
        return HttpResponseRedirect(target)
    if is_mfa_enabled(request.user):
        query = urlencode({"next": target})
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
    return render(request, "people/accounts/second_factor.html", {"next": target})


@allow(access.officer)
@require_POST
def move_workplace(request: HttpRequest) -> HttpResponse:
    """For officers whose duties reach into several governments."""
    wanted = request.POST.get("government", "")
    chosen = next((one for one in workplace.offered_to(request) if str(one.pk) == wanted), None)
    if chosen is None:
        raise Http404
    workplace.choose(request, chosen.pk)
    messages.success(request, _("Anda sekarang bekerja di %(place)s.") % {"place": chosen.name})
    return HttpResponseRedirect(reverse("people:front"))


@allow(signed_in)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and the way to sign out everywhere else."""
    account = request.user
    assert isinstance(account, Account)
    if request.method == "POST":
        end_other_sessions(request, account)
        account_services.forget_devices(account=account)
        messages.success(request, _("Anda sudah keluar dari semua perangkat lain."))
        return HttpResponseRedirect(reverse("people:sessions"))
    rows = [
        {
            "started_at": row.created_at,
            "device": devices.describe(row.user_agent),
            "address": row.ip,
            "is_current": row.session_key == request.session.session_key,
        }
        for row in UserSession.objects.purge_and_list(account)
    ]
    rows.sort(key=lambda row: row["started_at"], reverse=True)
    return render(request, "people/accounts/sessions.html", {"sessions": rows})


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where to go on, only within this site."""
    target = request.GET.get("next") or request.POST.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if own else default
