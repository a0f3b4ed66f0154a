"""What every answer carries: pages, refusals, failures, files and live lines of the real server."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message

import pytest
from django.conf import settings

from netral.base.middleware import content_security_policy
from netral.pledges.models import Ceremony
from tests.pledges.conftest import hall as hall
from tests.pledges.conftest import server as server
from tests.pledges.factories import Hall
from tests.pledges.server import Server

ONLY = re.compile(r"'self'|'none'|data:|https://[\w.-]+")


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(settings) -> None:
    for issuer in ("", "https://sso.example.go.id/realms/asn"):
        settings.OIDC_ISSUER = issuer
        rules = dict(rule.split(" ", 1) for rule in content_security_policy().split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
        sources = " ".join(rules.values()).split()
        assert [source for source in sources if not ONLY.fullmatch(source)] == []
        elsewhere = [name for name, value in rules.items() if "https:" in value]
        assert elsewhere == (["form-action"] if issuer else [])


def answer_of(server: Server, path: str, *, body: bytes | None = None) -> tuple[int, Message]:
    request = urllib.request.Request(f"{server.address}{path}", data=body)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


@pytest.mark.django_db(transaction=True)
def test_every_kind_of_answer_carries_them(hall: Hall, server: Server) -> None:
    code = hall.ceremony.code
    assert Ceremony.objects.exists()
    kinds = {
        "/akun/masuk/": 200,
        f"/i/{code}": 200,
        f"/dinding/{code}/": 200,
        "/sehat": 200,
        "/tidak/ada": 404,
        "/impor/": 200,
        "/static/netral/css/netral.css": 200,
        "/log/checkpoint": 404,
    }
    for path, status in kinds.items():
        found, headers = answer_of(server, path)
        assert found in {status, 200, 404}, path
        check(headers, path)
    found, headers = answer_of(server, f"/i/{code}/slip", body=b"slip=x")
    assert found == 403, "a form without its token"
    check(headers, "a refusal")
    found, headers = answer_of(server, f"/t/{code}", body=b"tiket=x")
    assert found < 500
    assert headers["X-Content-Type-Options"] == "nosniff", "the desk"


def check(headers: Mapping[str, str], path: str) -> None:
    policy = headers["Content-Security-Policy"] or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy, path
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
    assert "geolocation=()" in headers["Permissions-Policy"], path
    if "/static/" not in path:
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert "no-store" in headers["Cache-Control"], path


def test_cookies_are_for_the_server_alone() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE in {"Lax", "Strict"}
    assert settings.CSRF_COOKIE_SAMESITE in {"Lax", "Strict"}
