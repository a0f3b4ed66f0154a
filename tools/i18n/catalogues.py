"""Catalogues: brought in line with the sources, compiled, judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from i18n.messages import Found, Key, names_in

METADATA = {
    "Project-Id-Version": "netral",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def update(path: Path, messages: Found) -> tuple[int, int]:
    """Adds what is new, drops what is gone, keeps what is translated. Returns (new, gone)."""
    before = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    known = {_key(entry): entry for entry in before if not entry.obsolete}
    after = polib.POFile(wrapwidth=0)
    after.metadata = METADATA
    for key, places in sorted(messages, key=lambda pair: (pair[1], pair[0][1], pair[0][0] or "")):
        entry = known.get(key) or _new_entry(key)
        entry.occurrences = [(place, "") for place in places]
        after.append(entry)
    wanted = set(messages.places)
    path.parent.mkdir(parents=True, exist_ok=True)
    after.save(str(path), newline="\n")
    return len(wanted - set(known)), len(set(known) - wanted)


def _key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def _new_entry(key: Key) -> polib.POEntry:
    context, text, plural = key
    entry = polib.POEntry(msgid=text, msgctxt=context)
    if plural is not None:
        entry.msgid_plural = plural
        entry.msgstr_plural = {0: "", 1: ""}
    return entry


def compile_catalogue(path: Path) -> None:
    target = path.with_suffix(".mo")
    if not target.is_file() or target.stat().st_mtime < path.stat().st_mtime:
        polib.pofile(str(path)).save_as_mofile(str(target))


def complain(catalogue: polib.POFile, messages: Found) -> Iterator[str]:
    """What is missing, empty, unsure, left over, or has other placeholders than its source."""
    entries = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    for key in sorted(set(messages.places) - set(entries), key=str):
        yield f"missing: {key[1]!r}"
    for key in sorted(set(entries) - set(messages.places), key=str):
        yield f"nowhere used: {key[1]!r}"
    for entry in catalogue.obsolete_entries():
        yield f"left over: {entry.msgid!r}"
    for key in set(entries) & set(messages.places):
        yield from _complain_about(entries[key])


def disagreements(catalogues: Mapping[str, polib.POFile]) -> Iterator[str]:
    """Words that two applications put into different English: Django shows one of them on the
    pages of both."""
    english: dict[Key, dict[str, str]] = {}
    for app, catalogue in sorted(catalogues.items()):
        for entry in catalogue:
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            english.setdefault(_key(entry), {})[app] = text
    for key, said in english.items():
        if len(set(said.values())) > 1:
            yield f"{key[1]!r} needs one translation, or a context: {said}"


def _complain_about(entry: polib.POEntry) -> Iterator[str]:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield f"unsure (fuzzy): {entry.msgid!r}"
    if not texts or not all(texts):
        yield f"not translated: {entry.msgid!r}"
        return
    expected = names_in(entry.msgid) | names_in(entry.msgid_plural or "")
    for text in texts:
        if names_in(text) - expected:
            yield f"unknown placeholder in {text!r}"
    if expected - set().union(*map(names_in, texts)):
        yield f"a placeholder is missing in {texts[-1]!r}"
