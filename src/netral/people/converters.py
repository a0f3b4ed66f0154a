"""Path converters."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="netral.people.converters", sep="~")


class SealedNumber:
    """A row number of a library's table, signed, so that no address can be guessed."""

    regex = "[0-9]+~[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> int:
        try:
            return int(_signer.unsign(value))
        except BadSignature as error:
            raise ValueError(value) from error

    def to_url(self, value: int) -> str:
        return _signer.sign(str(value))
