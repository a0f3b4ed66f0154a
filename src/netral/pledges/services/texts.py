"""Texts of the pledge: every edit is a new version, and only published ones are signed."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import yaml
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from netral.people.models import Account, Government
from netral.pledges.models import PledgeText
from netral.pledges.queries.ceremonies import may_write_texts
from netral.pledges.rules import wording
from netral.pledges.rules.wording import Wording

STANDARD_TEXT = Path(__file__).parents[1] / "data/standard_text.yaml"


class AlreadyPublished(Exception):
    """What is published never changes; write a new version."""


@lru_cache(maxsize=1)
def standard_wording() -> Wording:
    """The four usual points, variables unfilled; sources stand in the data file."""
    values = yaml.safe_load(STANDARD_TEXT.read_text("utf-8"))
    points = tuple(point["text"].strip() for point in values["points"])
    return Wording(
        values["title"].strip(), values["opening"].strip(), points, values["closing"].strip()
    )


def wording_of(text: PledgeText) -> Wording:
    """As the office wrote it, variables unfilled."""
    return Wording(text.title, text.opening, tuple(text.points), text.closing)


def save_version(
    *, government: Government, content: Wording, actor: Account, now: datetime
) -> PledgeText:
    """Writes the next version. The same words as the newest version change nothing."""
    _require_writer(actor, government)
    digest = wording.digest(content)
    texts = PledgeText.objects.filter(government=government)
    for _attempt in range(5):
        newest = texts.order_by("-version").first()
        if newest and newest.digest == digest:
            return newest
        last = texts.aggregate(last=Max("version"))["last"] or 0
        try:
            with transaction.atomic():
                return PledgeText.objects.create(
                    government=government,
                    version=last + 1,
                    title=content.title,
                    opening=content.opening,
                    points=list(content.points),
                    closing=content.closing,
                    digest=digest,
                    created_by=actor,
                    created_at=now,
                )
        except IntegrityError:
            continue  # somebody else wrote that version in between
    raise RuntimeError("no free version number for the pledge text")


@transaction.atomic
def save_draft(*, text: PledgeText, content: Wording, actor: Account) -> PledgeText:
    """Rewrites a version that nobody could use yet. Raises :class:`AlreadyPublished`."""
    _require_writer(actor, text.government)
    changed = PledgeText.objects.filter(pk=text.pk, published_at=None).update(
        title=content.title,
        opening=content.opening,
        points=list(content.points),
        closing=content.closing,
        digest=wording.digest(content),
    )
    if not changed:
        raise AlreadyPublished
    text.refresh_from_db()
    return text


def publish(*, text: PledgeText, actor: Account, now: datetime) -> None:
    """From now on ceremonies can use it. Publishing twice keeps the first time."""
    _require_writer(actor, text.government)
    PledgeText.objects.filter(pk=text.pk, published_at=None).update(published_at=now)


def _require_writer(actor: Account, government: Government) -> None:
    if not may_write_texts(actor, government):
        raise PermissionDenied
