"""The days of a rule in words, no more precise than its source (`netral.law.dating`)."""

from __future__ import annotations

from datetime import date

from netral.law.dating import UNKNOWN, VARIOUS, Dated, Dating
from netral.law.render.labels import long_day, when
from netral.law.vocabulary import Words

_SAID = {
    UNKNOWN: Words("waktunya tidak diketahui", "time not known"),
    VARIOUS: Words("berbagai waktu", "various times"),
}
_BY = {
    "statement": Words("pernyataan", "statement"),
    "practice": Words("praktik", "practice"),
    "source": Words("hari sumbernya", "day of its source"),
}
_ONLY = {
    4: Words("hanya tahunnya diketahui", "only the year is known"),
    7: Words("hanya bulannya diketahui", "only the month is known"),
}
_SINCE = Words("sejak {first}", "since {first}")


def start_words(item: Dated, language: str) -> str:
    """Since when, as far as known: "2023 (hanya tahunnya diketahui)", "2019 (pernyataan)"."""
    told = item.dating.start
    return long_day(item.effective, language) if told is None else _words(told, item, language)


def end_words(item: Dated, language: str) -> str:
    """Until when; empty while it is in force."""
    if item.until is None:
        return ""
    told = item.dating.end
    return long_day(item.until, language) if told is None else _plainly(told, language)


def issued_words(day: date, dating: Dating, language: str) -> str:
    """The day of issue: its own, else that of the start where no day of issue is told."""
    told = dating.issued or dating.start
    return long_day(day, language) if told is None else _plainly(told, language)


def span_words(item: Dated, language: str) -> str:
    """The first day and, where there is one, the last: "2018 – 31 Desember 2022"."""
    first, last = start_words(item, language), end_words(item, language)
    return f"{first} – {last}" if last else first


def validity(item: Dated, language: str) -> str:
    """From when to when, as one phrase: "sejak 22 September 2022", "2019 (pernyataan)"."""
    told = span_words(item, language)
    is_since = item.until is None and item.dating.by is None and item.dating.start not in _SAID
    return _SINCE.in_language(language).format(first=told) if is_since else told


def _words(told: str, item: Dated, language: str) -> str:
    if told == VARIOUS or item.dating.by is None:
        return _plainly(told, language)
    by = _BY[item.dating.by].in_language(language)
    return f"{_SAID[told].in_language(language) if told in _SAID else when(told, language)} ({by})"


def _plainly(told: str, language: str) -> str:
    """A time with what is not known of it."""
    if told in _SAID:
        return _SAID[told].in_language(language)
    only = _ONLY.get(min(len(one) for one in told.split("; ")))
    words = when(told, language)
    return words if only is None else f"{words} ({only.in_language(language)})"
