"""The log of deeds that nobody can change unnoticed: RFC 6962 and C2SP on Django's tables.

A feature registers its kinds of entries in ``AppConfig.ready`` and appends in the transaction of
the deed, last::

    audit.register_kind(audit.Kind("pledge", contents=…, count=…))
    audit.append(kind="pledge", reference=row.pk, content=…, subject=person.pk, now=now)

Everything else follows by itself: the integrator (``netral log run``, started by ``netral run``)
makes tiles and a signed checkpoint within a second. ``docs/log.md`` describes every byte. Only
the functions named here are for features.
"""

from netral.base.audit.appending import Logged, append, append_many
from netral.base.audit.before import add_chore
from netral.base.audit.comparing import agrees, differing, logged, references_of
from netral.base.audit.erasing import erase
from netral.base.audit.kinds import Kind, register_kind
from netral.base.audit.leaves import Leaf, hashes_at, leaves_of, newest_checkpoint, opened
from netral.base.audit.proving import NotYet, index_of, prove
from netral.base.audit.public import as_proof_file, state
from netral.base.audit.recounting import recounted_since
from netral.base.audit.standing import contradiction
from netral.base.audit.waiting import Waiting, not_ready, waiting
from netral.tlog.entries import Content

__all__ = [
    "Content",
    "Kind",
    "Leaf",
    "Logged",
    "NotYet",
    "Waiting",
    "add_chore",
    "agrees",
    "append",
    "append_many",
    "as_proof_file",
    "contradiction",
    "differing",
    "erase",
    "hashes_at",
    "index_of",
    "leaves_of",
    "logged",
    "newest_checkpoint",
    "not_ready",
    "opened",
    "prove",
    "recounted_since",
    "references_of",
    "register_kind",
    "state",
    "waiting",
]
