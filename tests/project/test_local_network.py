"""``netral run --lan``: phones of the same network reach it by the address that is printed."""

from __future__ import annotations

import http.cookiejar
import re
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

import pytest

from netral.project.refusal import Refusal
from netral.project.supervision import addresses
from tests.project.conftest import Place
from tests.project.serving import codes_read, get, serving

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def own_address() -> str:
    """This machine's own address in its network; nothing leaves the machine."""
    try:
        return addresses.local_network_address()
    except Refusal:
        pytest.skip("this machine is in no network")


def a_phone() -> OpenerDirector:
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(http.cookiejar.CookieJar()))


def test_phones_get_in_by_the_printed_address_and_strangers_do_not(
    new_place: Callable[..., Place], own_address: str
) -> None:
    place = new_place("demo", NETRAL_DEMO="true")
    with serving(place, "--lan", "--size", "0") as (_process, port, said):
        text = said.read_text()
        address = f"http://{own_address}:{port}"
        assert f"Netral is at {address}\n" in text
        assert codes_read(text) == [address], "the code on the terminal leads there"

        phone = a_phone()
        with phone.open(f"{address}/akun/masuk/", timeout=20) as page:
            assert urlsplit(page.url).hostname == own_address
            token = TOKEN.search(page.read().decode())
        assert token
        typed = {"csrfmiddlewaretoken": token.group(1), "login": "siapa", "password": "salah"}
        with phone.open(f"{address}/akun/masuk/", urlencode(typed).encode(), timeout=60) as page:
            assert "tidak cocok" in page.read().decode(), "a form can be sent, without TLS too"

        assert get(port, "/sehat", own_address, at=own_address) == 200
        assert get(port, "/sehat") == 200, "and on this machine as before"
        for stranger in ("evil.example", "198.51.100.7", f"{own_address}.evil.example"):
            assert get(port, "/sehat", stranger, at=own_address) == 400


def test_without_it_nobody_else_gets_in(new_place: Callable[..., Place], own_address: str) -> None:
    place = new_place("demo", NETRAL_DEMO="true")
    with serving(place, "--size", "0") as (_process, port, said):
        assert codes_in(said.read_text()) == 0
        with pytest.raises(ConnectionRefusedError):
            get(port, "/sehat", own_address, at=own_address)


def codes_in(text: str) -> int:
    return sum(1 for line in text.splitlines() if "█" in line)
