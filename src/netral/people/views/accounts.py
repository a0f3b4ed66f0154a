"""Claiming with a slip, the first password, the second factor."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from netral.base.access import allow, signed_in
from netral.people import access


@allow(signed_in)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where an officer's pages lead until a second factor was shown in this session."""
    target = safe_next(request)
    if access.second_factor_done(request):
        return HttpResponseRedirect(target)
    query = urlencode({"next": target})
    if is_mfa_enabled(request.user):
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
    return render(request, "people/accounts/second_factor.html", {"next": target})


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where to go on, only within this site."""
    target = request.GET.get("next") or request.POST.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if own else default
