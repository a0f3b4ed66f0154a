"""`netral law show`: one instrument, provision, act, step or contest in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netral.law.catalogue import search_instruments, search_provisions
from netral.law.citing import citation, disputes_about
from netral.law.dating import Dated
from netral.law.errors import NotFoundError
from netral.law.instruments import Element, Instrument, Norm, Provision
from netral.law.library import Library, library
from netral.law.procedures import steps
from netral.law.render.dates import end_words, start_words, validity
from netral.law.render.labels import COUNTED, HEADINGS, when
from netral.law.vocabulary import CLASS_OUTCOME, CONFIDENCE_WORDS, OUTCOME_WORDS, Outcome, Words

_WORDS = {
    "in_force": Words("Berlaku", "In force"),
    "from_to": Words("{first} sampai {last}", "{first} to {last}"),
    "still": Words("masih berlaku", "still in force"),
    "still_used": Words("masih dipakai", "still used"),
    "replaces": Words("Menggantikan", "Replaces"),
    "replaced_by": Words("Digantikan oleh", "Replaced by"),
    "amends": Words("Mengubah", "Amends"),
    "amended_by": Words("Diubah oleh", "Amended by"),
    "class": Words("Jenis", "Kind"),
    "sanction": Words("Sanksi", "Sanction"),
    "when": Words("Berlaku bila semua ini terpenuhi", "Applies when all of this holds"),
    "unless": Words("Kecuali", "Unless"),
    "basis": Words("Dasar", "Basis"),
    "source": Words("Sumber", "Source"),
    "several": Words("Yang cocok; tampilkan satu:", "What matches; show one of them:"),
    "more": Words("… dan {count} lagi; tambah kata", "… and {count} more; add words"),
}
_LISTED = 30


def show(name: str, language: str = "id", *, law: Library | None = None) -> str:
    """Everything the library knows about an id, as text; "steps" and "contests" list all of theirs.

    A citation such as "Pasal 5 huruf n angka 3" or a short name such as "PP 94/2021" does as well;
    where several provisions have the words, they are listed.
    """
    law = law or library()
    if name in ("steps", "contests"):
        listed = steps().values() if name == "steps" else law.contests.values()
        return "\n".join(_lines({item.id: item.name for item in listed}, language))
    every = [*law.provisions, *law.instruments, *law.acts, *law.contests, *steps()]
    key = _named(law, name, every)
    for known, lines in (
        (law.provisions, _provision),
        (law.instruments, _instrument),
        (law.acts, _act),
        (law.contests, _contest),
        (steps(), _step),
    ):
        if key in known:
            return "\n".join(lines(law, key, language))
    matching = _matching(law, name) if " " in name else {}
    if len(matching) == 1:
        return show(next(iter(matching)), language, law=law)
    if matching:
        told = [_word("several", language), *_lines(matching, language)[:_LISTED]]
        if len(matching) > _LISTED:
            told.append(_word("more", language).format(count=len(matching) - _LISTED))
        return "\n".join(told)
    raise NotFoundError.naming("instrument, provision, act, contest or step", name, every)


def _named(law: Library, name: str, every: list[str]) -> str:
    """The id that is meant by an id in other letters, a short name or a whole citation."""
    called = {item.casefold(): item for item in every}
    for language in ("id", "en"):
        called |= {
            item.short.in_language(language).casefold(): key
            for key, item in law.instruments.items()
        }
        called |= {citation(law, key, language).casefold(): key for key in law.provisions}
    return called.get(name.casefold(), name)


def _matching(law: Library, words: str) -> dict[str, Words]:
    """Instruments and provisions that are called so, by id; if none is, provisions that say so."""
    found = {item.id: item.name for item in search_instruments(law, words)}
    named, saying = search_provisions(law, words)
    for item in named or ([] if found else saying):
        found[item.id] = Words(citation(law, item.id), citation(law, item.id, "en"))
    return found


def _lines(names: Mapping[str, Words], language: str) -> list[str]:
    """Ids with their names."""
    return [f"{key:32} {name.in_language(language)}" for key, name in names.items()]


def _word(key: str, language: str) -> str:
    return _WORDS[key].in_language(language)


def _days(item: Dated, language: str) -> str:
    """From when to when, as far as known, as one line."""
    if item.until is None:
        still = _word("still_used" if item.dating.by else "still", language)
        told = f"{validity(item, language)}, {still}"
    else:
        told = _word("from_to", language).format(
            first=start_words(item, language), last=end_words(item, language)
        )
    return f"  {_word('in_force', language)}: {told}"


def _chain(law: Library, item: Instrument, language: str) -> Iterator[str]:
    """What it replaced, and what replaced or changed it."""
    for key, names in (
        ("replaces", item.replaces),
        ("replaced_by", (item.replaced_by,) if item.replaced_by else ()),
        ("amends", item.amends),
        ("amended_by", item.amended_by),
    ):
        told = [f"{law.instrument(name).short.in_language(language)} [{name}]" for name in names]
        if told:
            yield f"  {_word(key, language)}: {', '.join(told)}"


def _provision(law: Library, name: str, language: str) -> Iterator[str]:
    """Text, validity, what replaced its instrument, norm, disputes and evidence of a provision."""
    item = law.provision(name)
    instrument = law.instrument(item.instrument)
    yield f"{name}: {citation(law, name, language)}"
    yield f"  {instrument.name.in_language(language)}"
    yield f"  {item.text.in_language(language)}"
    yield _days(item, language)
    yield from (f"  {note.in_language(language)}" for note in _day_notes(item, instrument))
    yield from _chain(law, instrument, language)
    if item.norm is not None:
        yield from _norm(law, item.norm, language)
    if doubts := disputes_about(law, name):
        yield f"  {HEADINGS['contests'].in_language(language)}:"
        yield from (f"    {doubt.name.in_language(language)} [{doubt.id}]" for doubt in doubts)
    yield from _evidence(law, item.evidence, language)


def _day_notes(item: Provision, instrument: Instrument) -> tuple[Words, ...]:
    """What is uncertain about the days, once."""
    return tuple(dict.fromkeys(filter(None, (item.date_note, instrument.date_note))))


def _evidence(law: Library, names: tuple[str, ...], language: str) -> Iterator[str]:
    """Confidence and addresses."""
    for key in names:
        evidence = law.evidence[key]
        sure = CONFIDENCE_WORDS[evidence.confidence].in_language(language)
        yield f"  {_word('source', language)} {key} [{sure}]"
        if evidence.quote:
            yield f'      "{evidence.quote}"'
        yield from (f"      {url}" for url in evidence.sources)


def _norm(law: Library, norm: Norm, language: str) -> Iterator[str]:
    """The norm as conditions in words, with its sanction and what it rests on."""
    permits = Outcome.ALLOWED_IF if norm.conditions else Outcome.ALLOWED
    outcome = CLASS_OUTCOME[norm.klass] if norm.forbids else permits
    yield f"  {_word('class', language)}: {OUTCOME_WORDS[outcome].in_language(language)}"
    if norm.sanction:
        level = law.sanctions[norm.sanction].name.in_language(language)
        sure = CONFIDENCE_WORDS[norm.sanction_confidence].in_language(language)
        yield f"  {_word('sanction', language)}: {level} [{sure}]"
    yield f"  {_word('when', language)}:"
    yield from (f"    + {_element(law, item, language)}" for item in norm.elements)
    if norm.exceptions:
        yield f"  {_word('unless', language)}:"
    for exception in norm.exceptions:
        yield "    - " + " & ".join(_element(law, item, language) for item in exception)
    if norm.basis:
        yield f"  {_word('basis', language)}:"
        yield from (f"    {citation(law, name, language)} [{name}]" for name in norm.basis)


def _element(law: Library, element: Element, language: str) -> str:
    """One condition in words."""
    return " / ".join(
        law.facts.label(fact, value).in_language(language)
        for fact, values in element.choices.items()
        for value in values
    )


def _instrument(law: Library, name: str, language: str) -> Iterator[str]:
    """An instrument with its chain, provisions and evidence."""
    item = law.instrument(name)
    yield f"{name}: {item.name.in_language(language)}"
    yield _days(item, language)
    if item.date_note:
        yield f"  {item.date_note.in_language(language)}"
    yield from _chain(law, item, language)
    for key, provision in item.provisions.items():
        article = provision.article_en if language == "en" else provision.article
        yield f"  {key} ({article}): {provision.text.in_language(language)}"
    yield from _evidence(law, item.evidence, language)


def _act(law: Library, name: str, language: str) -> Iterator[str]:
    """An act with what it fixes, its questions and its safe course."""
    item = law.act(name)
    yield f"{name}: {item.name.in_language(language)}"
    yield f"  {item.about.in_language(language)}"
    for fact, values in item.given.items():
        yield "  = " + " / ".join(
            law.facts.label(fact, value).in_language(language) for value in values
        )
    yield f"  {item.safe.in_language(language)}"
    yield from (
        f"  ? {phrase}" for phrase in (item.phrases_en if language == "en" else item.phrases)
    )


def _contest(law: Library, name: str, language: str) -> Iterator[str]:
    """A contested point with its positions."""
    item = law.contests[name]
    yield f"{name}: {item.name.in_language(language)} ({item.affects})"
    for position in item.positions:
        says = position.says.in_language(language)
        told = when(position.when, language)
        yield f"  {position.named(language)} ({told}, {position.view}): {says}"
        yield from _evidence(law, position.evidence, language)
    yield f"  {item.safe.in_language(language)}"


def _step(law: Library, name: str, language: str) -> Iterator[str]:
    """A step with its limit and provision."""
    item = steps()[name]
    counted = COUNTED[item.counting].in_language(language)
    limit = counted if item.length is None else f"{item.length} {counted}"
    yield f"{name}: {item.name.in_language(language)}"
    starts = item.starts.in_language(language)
    cited = citation(law, item.provision, language)
    yield f"  {starts} -> {limit} ({cited} [{item.provision}])"
    if item.note:
        yield f"  {item.note.in_language(language)}"
    yield from _evidence(law, item.evidence, language)
