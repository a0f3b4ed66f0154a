"""A scan that was uploaded with a form that came back: kept for a day, so as not to be sent again.

There is no row for it. The form carries a signed note that opens the file for the same officer and
ceremony only; no address serves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage

from netral.base.ids import new_id
from netral.people.models import Account
from netral.pledges.models import Ceremony
from netral.pledges.services.paper import examine, require_open_for_paper

FOLDER = "pledges/drafts"
KEPT_FOR = timedelta(hours=24)
_SALT = "netral.pledges.paper-drafts"


@dataclass(frozen=True)
class Draft:
    note: str
    """What the form carries."""
    name: str
    kind: str
    until: datetime

    def open(self) -> File[bytes]:
        return default_storage.open(self.name, "rb")

    @property
    def size(self) -> int:
        return default_storage.size(self.name)


def keep(*, upload: BinaryIO, ceremony: Ceremony, actor: Account, now: datetime) -> Draft:
    """Raises what ``paper.attach_sheet`` would raise about the file or the officer."""
    require_open_for_paper(ceremony, actor)
    kind, _digest = examine(upload)
    name = default_storage.save(f"{FOLDER}/{new_id().hex}.{kind}", File(upload))
    until = now + KEPT_FOR
    facts = {"name": name, "kind": kind, "until": until.isoformat(), **_whose(ceremony, actor)}
    return Draft(signing.dumps(facts, salt=_SALT), name, kind, until)


def find(*, note: str, ceremony: Ceremony, actor: Account, now: datetime) -> Draft | None:
    """None for a note that is somebody else's, of another ceremony, too old or made up."""
    try:
        facts = signing.loads(note, salt=_SALT)
    except signing.BadSignature:
        return None
    until = datetime.fromisoformat(facts["until"])
    if _whose(ceremony, actor).items() - facts.items() or now >= until:
        return None
    if not default_storage.exists(facts["name"]):
        return None
    return Draft(note, facts["name"], facts["kind"], until)


def drop(draft: Draft) -> None:
    default_storage.delete(draft.name)


def forget_old(*, now: datetime) -> int:
    """Deletes what nobody came back for; returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) <= now - KEPT_FOR]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _whose(ceremony: Ceremony, actor: Account) -> dict[str, str]:
    return {"ceremony": ceremony.pk.hex, "actor": actor.pk.hex}
