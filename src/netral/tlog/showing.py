"""What an opened entry says, in lines for a person to read: labels and times in their language.

What is no time and no word of ours (keys, digests) is shown as it stands, whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from netral.speaking.sentences import Verbatim, told
from netral.speaking.times import moment, with_local_hours
from netral.tlog.entries import Opened

KINDS = {
    "pledge": "signature under a pledge",
    "withdrawal": "withdrawal of a signature on paper",
    "closing": "closing of the signing",
    "register": "changes of the staff register",
    "erasure": "erasure of what leads to a person",
    "closed-log": "end of an earlier log",
}
EVIDENCE = {
    "account": "a claimed account",
    "slip": "the code on a personal slip",
    "passkey": "a passkey (fingerprint, face or PIN of the phone)",
    "paper": "a signature on paper",
}
LABELS = {
    "signed_at": "signed",
    "recorded_at": "recorded",
    "at": "when",
    "person": "person",
    "receipt": "receipt code",
    "evidence": "evidence",
    "ceremony": "ceremony",
    "wording": "SHA-256 of the text signed",
    "scan": "SHA-256 of the scanned sheet",
    "entry": "number of the withdrawn entry",
    "actor": "withdrawn by",
    "reason": "reason",
    "count": "signatures that stood",
    "root": "root over them",
    "entries": "entries",
    "lines": "lines of the register",
}
"""In the order in which they are shown; what is not named here follows under its own name."""
NUMBERED = {
    "person": "its number in the register of the office, not a NIP",
    "actor": "number of the account in that office's Netral",
    "ceremony": "its number in Netral, without a title",
}
"""What the bare numbers are that stand in an entry."""
MASKED = frozenset({"person", "actor", "reason", "scan"})


def kind_in_words(name: str) -> str:
    """A kind that only others know is shown as it stands."""
    return KINDS.get(name, name)


def shown(opened: Opened, facts: Mapping[str, Any]) -> list[str]:
    """``facts``: the payload with the hidden values that the file opens in place of their masks."""
    kind = opened.entry.kind
    lines: list[str] = [
        _line(told("what it is"), told(kind_in_words(kind))),
        _line(told("recorded in the hour"), with_local_hours(opened.entry.hour)),
    ]
    for name in [*(name for name in LABELS if name in facts), *sorted(set(facts) - set(LABELS))]:
        label = told(LABELS[name]) if name in LABELS else name
        if name in MASKED and name not in opened.hidden:
            label = f"{label} ({told('hidden in this file; its mask')})"
        elif name in NUMBERED:
            label = f"{label} ({told(NUMBERED[name])})"
        lines.append(_line(label, _value(name, facts[name])))
    if opened.payload is None:
        lines.append(
            "  what it says is not in this file: a proof without it, or its person was erased"
        )
    if kind == "pledge" and facts.get("evidence") == "paper":
        lines.append(
            "  a signature on paper may have been withdrawn since; the list of its ceremony says so"
        )
    return lines


def _line(label: str, value: str) -> Verbatim:
    return Verbatim(f"  {label}: {value}")


def _value(name: str, value: Any) -> str:
    if name == "evidence":
        return told(EVIDENCE[value]) if value in EVIDENCE else str(value)
    try:
        if name in {"signed_at", "recorded_at"}:
            return moment(datetime.fromisoformat(value))
        if name == "at":
            return moment(datetime.fromtimestamp(value, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        pass  # not what we would have written: shown as it stands
    return str(value)
