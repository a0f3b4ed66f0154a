"""Whether a paper sheet bears the text of its ceremony, and which other text it bears instead.

Each text of a ceremony has its date in it, so a sheet that was printed for another day bears
another text. The code at its foot tells (``rules.codes.write_text_code``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from netral.people.models import Account
from netral.pledges.models import Ceremony, PaperSheet, PledgeText
from netral.pledges.queries.ceremonies import ceremonies_for
from netral.pledges.rules import codes, wording
from netral.pledges.services.ceremonies import wording_as_if
from netral.pledges.services.texts import wording_of

DAYS_AROUND = 180
"""How far from the day of the ceremony the date on a sheet is looked for."""
VERSIONS = 5


class Unchecked(Exception):
    """Neither a code nor the word that the texts were compared, or both of them."""


class NotATextCode(Exception):
    """Not eight hexadecimal digits."""


class OtherText(Exception):
    """The code is that of another text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class OtherWording:
    """What this ceremony's text would be in another version or on another day."""

    text: PledgeText
    at: datetime


def check_text(ceremony: Ceremony, *, text_code: str, compared: bool) -> PaperSheet.TextCheck:
    """``text_code`` as it was typed; ``compared`` for a sheet that was not printed from here."""
    if bool(text_code.strip()) == compared:
        raise Unchecked
    if compared:
        return PaperSheet.TextCheck.COMPARED
    code = codes.read_text_code(text_code)
    if not code:
        raise NotATextCode
    if code != codes.write_text_code(ceremony.wording_digest):
        raise OtherText(code)
    return PaperSheet.TextCheck.CODE


def ceremony_with(code: str, *, besides: Ceremony, actor: Account) -> Ceremony | None:
    """Another ceremony within the officer's reach whose text has this code; the newest."""
    beginning = code.replace("-", "").lower()
    within = ceremonies_for(actor).exclude(pk=besides.pk)
    return within.filter(wording_digest__startswith=beginning).order_by("-planned_at").first()


def wording_with(code: str, ceremony: Ceremony) -> OtherWording | None:
    """A sheet printed before the date or the version was changed: no row knows that text, so the
    texts that might have been are made again until one fits."""
    for found in _might_have_been(ceremony):
        filled = wording_as_if(ceremony, text=found.text, planned_at=found.at)
        if codes.write_text_code(wording.digest(filled)) == code:
            return found
    return None


def _might_have_been(ceremony: Ceremony) -> Iterator[OtherWording]:
    """Its own version first, each from the nearest day to the farthest."""
    published = PledgeText.objects.filter(
        government=ceremony.government_id, published_at__isnull=False
    )
    others = published.exclude(pk=ceremony.text_id)[: VERSIONS - 1]
    for text in (ceremony.text, *others):
        days = DAYS_AROUND if "{tanggal}" in wording.canonical(wording_of(text)) else 0
        for away in sorted(range(-days, days + 1), key=abs):
            yield OtherWording(text, ceremony.planned_at + timedelta(days=away))
