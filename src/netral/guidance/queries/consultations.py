"""Sight of consultations: the reviewers' queue, the asker's own, and the public precedents."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from netral.guidance.models import Consultation, ConsultationStep
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.rules.precedent_moves import Move
from netral.law.asking.knowledge import knowledge
from netral.people.devices import keyed_hash
from netral.people.models import Account, Duty, Government
from netral.people.queries import authority

MOST_FOUND = 50
MOST_ABOUT_ACT = 5
OPEN = (moves.WAITING, moves.DRAFT, moves.REVIEW, moves.FLAGGED)
_TOO_COMMON = frozenset("yang dan di ke dari untuk dengan pada atau apa apakah boleh saya".split())


def reviewed_by(actor: Account) -> QuerySet[Consultation]:
    """All consultations of the governments whose legal reviewer the actor is."""
    reached = authority.governments_of(actor, Duty.Kind.REVIEWER)
    return Consultation.objects.filter(government__in=reached)


def queue_of(actor: Account) -> QuerySet[Consultation]:
    """What is open, the oldest first."""
    return reviewed_by(actor).filter(state__in=OPEN).order_by("received_at")


def offices_of(actor: Account) -> QuerySet[Government]:
    """Where the actor may enter questions as a legal reviewer."""
    return authority.governments_of(actor, Duty.Kind.REVIEWER)


def events_of(actor: Account) -> QuerySet[Government]:
    """Where the actor may put questions from an event into the queue: reviewers and organisers,
    those of one unit included: an event is often one unit's, its questions are the government's."""
    duties = authority.duties_of(actor, Duty.Kind.REVIEWER, Duty.Kind.ORGANISER)
    return Government.objects.filter(pk__in=duties.values("government_id"))


def has_written(actor: Account, consultation: Consultation) -> bool:
    """Whether the actor ever wrote at the draft; such a person cannot be the second one."""
    steps = ConsultationStep.objects.filter(consultation=consultation, actor=actor)
    return consultation.drafted_by_id == actor.pk or steps.filter(move__in=moves.WRITING).exists()


def moves_open_to(actor: Account, consultation: Consultation) -> tuple[Move, ...]:
    """The moves the actor may make now. What the program does by itself is not among them."""
    if not reviewed_by(actor).filter(pk=consultation.pk).exists():
        return ()
    wrote = has_written(actor, consultation)
    possible = moves.moves_from(consultation.state)
    return tuple(
        move for move in possible if move is not moves.FLAG and not (move.by_second and wrote)
    )


def second_people(
    consultation: Consultation, *, and_not: Account | None = None
) -> QuerySet[Account]:
    """Legal reviewers of that government who have not written at the draft, and may check it;
    without ``and_not`` as well, who is about to write."""
    writers = ConsultationStep.objects.filter(consultation=consultation, move__in=moves.WRITING)
    gone = {*writers.values_list("actor", flat=True), consultation.drafted_by_id}
    gone |= {and_not.pk} if and_not else set()
    people = _reviewers(consultation.government_id)
    return people.exclude(pk__in=[key for key in gone if key])


def can_answer(government: Government) -> bool:
    """Whether it has two legal reviewers, without whom nothing is ever published."""
    return _reviewers(government.pk)[:2].count() == 2


def _reviewers(government: UUID) -> QuerySet[Account]:
    holding = Duty.objects.filter(
        kind=Duty.Kind.REVIEWER, government=government, unit=None,
        confirmed_at__isnull=False, ended_at=None,
    )  # fmt: skip
    here = authority.still_here("person")
    return Account.objects.filter(here, pk__in=holding.values("account_id"), is_active=True)


def awaiting_check_by(actor: Account) -> set[UUID]:
    """What waits for a second person whom the actor can be."""
    ready = queue_of(actor).filter(state__in=(moves.REVIEW, moves.FLAGGED))
    written = ConsultationStep.objects.filter(actor=actor, move__in=moves.WRITING)
    mine = Q(pk__in=written.values("consultation_id")) | Q(drafted_by=actor)
    return set(ready.exclude(mine).values_list("pk", flat=True))


def sent_by(actor: Account) -> QuerySet[Consultation]:
    return Consultation.objects.filter(asker=actor).order_by("-received_at")


def by_receipt(code: str) -> Consultation | None:
    """The consultation of a code, its twelve letters (``code_kinds.question_as_typed``)."""
    return Consultation.objects.filter(receipt=receipt_hash(code)).first() if code else None


def receipt_hash(code: str) -> str:
    return keyed_hash("guidance.receipt", code)


def public_precedents() -> QuerySet[Consultation]:
    """Open to the world, withdrawn ones included: the page says so. No person is in them."""
    return (
        Consultation.objects.filter(state__in=moves.PUBLIC)
        .select_related("government")
        .defer("sent_text", "circumstances")
        .order_by("-published_at", "-number")
    )


def precedent(key: UUID) -> Consultation | None:
    return public_precedents().filter(pk=key).first()


def precedent_cited(region: str, year: int, number: int) -> Consultation | None:
    """The published one that is cited so."""
    cited = Q(government__region_code=region, year=year, number=number)
    return public_precedents().filter(cited).first()


def search(query: str) -> list[Consultation]:
    """Precedents with the rarest words of the query first, withdrawn ones after all others; at
    most ``MOST_FOUND``.

    Words are compared by their roots, so that "ngelike" finds "menyukai" where slang is known.
    """
    wanted = set(roots(query)) - _TOO_COMMON
    if not wanted:
        return []
    any_word = Q()
    for word in wanted:
        any_word |= Q(search_words__contains=f" {word} ")
    rows = public_precedents().filter(any_word).values_list("pk", "search_words", "state")
    held, gone = {}, set()
    for key, words, state in rows:
        held[key] = wanted & set(words.split())
        if state == moves.WITHDRAWN:
            gone.add(key)
    counts = Counter(word for words in held.values() for word in words)
    weights = {key: sum(1 / counts[word] for word in words) for key, words in held.items()}
    best = sorted(held, key=lambda key: (key in gone, -weights[key]))[:MOST_FOUND]
    found = public_precedents().in_bulk(best)
    return [found[key] for key in best if key in found]


def roots(text: str) -> list[str]:
    """Roots of the words of a text, as they are kept for the search."""
    return [word.root for word in knowledge().lexicon.read(text) if len(word.root) > 1]


def for_act(act: str) -> QuerySet[Consultation]:
    """Published precedents about one act."""
    return public_precedents().filter(act=act).exclude(state=moves.WITHDRAWN)


def relied_on(act: str, day: date) -> list[Consultation]:
    """The newest few about one act that hold on that day."""
    return [one for one in for_act(act)[:MOST_ABOUT_ACT] if holds_on(one, day)]


def holds_on(found: Consultation, day: date) -> bool:
    """Whether the precedent may be relied on that day."""
    until = found.valid_until
    return found.state == moves.PUBLISHED and (until is None or day <= until)
