"""Ports, the address in the local network, health, and an address as a QR code."""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket

from netral.project.refusal import Refusal

NOWHERE = "198.51.100.1"
"""An address of the documentation range (RFC 5737): asking the way to it sends nothing."""


def is_this_machine(host: str | None) -> bool:
    """Whether a name or address means this machine and nothing else can be meant by it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def must_be_free(host: str, port: int, *, option: str = "--port") -> None:
    """Refuses a taken port with the next free one in the sentence."""
    if is_free(host, port):
        return
    for other in range(port + 1, min(port + 200, 65_536)):
        if is_free(host, other):
            raise Refusal(f"port {port} is in use; this one is free: netral run {option} {other}")
    raise Refusal(f"port {port} is in use; choose another with {option}")


def local_network_address() -> str:
    """The address under which other machines of the network reach this one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((NOWHERE, 9))
            address = str(probe.getsockname()[0])
        except OSError:
            address = ""
    if not address or address.startswith("127."):
        address = _by_name()
    if not address or address.startswith("127."):
        raise Refusal("this machine is in no network; join one, or leave out --lan")
    return address


def _by_name() -> str:
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return ""


def answers(port: int) -> bool:
    """Whether the health address of the server on this machine says yes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/sehat")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    except http.client.HTTPException:
        return False
    finally:
        connection.close()


def as_qr(address: str) -> str:
    """The address as a QR code of block characters for a terminal."""
    import segno  # noqa: PLC0415 (only for --lan)

    text = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(text, compact=True)
    return text.getvalue()
