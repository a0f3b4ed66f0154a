"""Whether the record of a ceremony still is what the log has of it: asked before a total is sealed
or printed, and by whoever presses for it.

Live pages do not ask: it reads every signature since the ceremony was opened.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from netral.base import audit
from netral.base.templatetags.ui import figure
from netral.pledges.models import Ceremony, ErasedSignature, Signature
from netral.pledges.services.logging import KIND

MOST_NAMED, MOST_KEPT = 5, 3


class Contradicted(Exception):
    """The record contradicts itself, so nothing is sealed, and closed only with a reason; the
    message says how."""

    def __init__(self, message: str, *, kept: str) -> None:
        super().__init__(message)
        self.kept = kept
        """How, for the trail: short, and in Indonesian like the minutes, whoever closes."""


def require_agreement(ceremony: Ceremony) -> None:
    """Raises :class:`Contradicted` when the total of this ceremony cannot be vouched for.

    Signatures of other ceremonies of that time are looked at as well: one that was moved to
    another, or removed, is missing here and cannot be told from theirs.
    """
    if audit.contradiction():
        raise Contradicted(
            _("Log berhenti menyegel karena bertentangan dengan yang pernah disegelnya."),
            kept="log berhenti menyegel",
        )
    if outside := _outside_the_log(ceremony):
        words = _("%(count)s tanda tangan ikrar ini tidak ada di log: tidak ditulis oleh Netral.")
        kept = f"{outside} tanda tangan tidak ada di log"
        raise Contradicted(words % {"count": figure(outside)}, kept=kept)
    changed = audit.differing(kind=KIND, since=ceremony.opened_at) if ceremony.opened_at else []
    if changed:
        words = _(
            "%(count)s tanda tangan sejak jam ikrar ini dibuka tidak lagi seperti yang dicatat di "
            "log: diubah, dipindahkan, atau dihapus. Nomor entrinya: %(entries)s. Itu dapat milik "
            "ikrar lain pada waktu yang sama; basis data ini tidak dapat lagi membedakannya."
        )
        values = {"count": figure(len(changed)), "entries": _named(changed)}
        raise Contradicted(words % values, kept=differ(changed))


def how_contradicted(ceremony: Ceremony) -> str:
    """What :func:`require_agreement` would raise, in words; empty when the record agrees."""
    try:
        require_agreement(ceremony)
    except Contradicted as why:
        return str(why)
    return ""


def differ(numbers: list[int]) -> str:
    """What is kept of entries whose rows are not what was logged."""
    return f"{len(numbers)} tanda tangan tidak seperti di log, entri {_some(numbers, MOST_KEPT)}"


def with_contradiction(reason: str, why: Contradicted) -> str:
    """An officer's reason, and beside it what they closed against, told apart from their words."""
    return f"{reason} [Netral: {why.kept}]"


def _outside_the_log(ceremony: Ceremony) -> int:
    # The rows first: whatever is in them now has its entry by the time those are counted.
    own = Signature.objects.filter(ceremony=ceremony)
    rows, erased = own.count(), ErasedSignature.objects.filter(ceremony=ceremony).count()
    return max(rows - erased - audit.logged(kind=KIND, references=own.values("id")), 0)


def _named(numbers: list[int]) -> str:
    """The first of them with the receipt code that the row bears now, for its public check."""
    about = audit.references_of(numbers[:MOST_NAMED])
    rows = Signature.objects.filter(pk__in=about.values())
    codes = dict(rows.values_list("pk", "receipt_code"))
    code_of = {number: codes.get(key) for number, key in about.items()}
    named = [_entry(number, code_of.get(number)) for number in numbers[:MOST_NAMED]]
    return ", ".join([*named, "…"] if len(numbers) > MOST_NAMED else named)


def _entry(number: int, code: str | None) -> str:
    if code is None:
        return _("%(number)d (catatannya tidak ada lagi)") % {"number": number}
    return _("%(number)d (kode tanda terima %(code)s)") % {"number": number, "code": code}


def _some(numbers: list[int], most: int) -> str:
    named = ", ".join(str(number) for number in numbers[:most])
    return f"{named}, …" if len(numbers) > most else named
