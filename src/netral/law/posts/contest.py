"""Who stands in the current election, and where a text names them.

A name, a number or a slogan in the text becomes one word such as `[calon]`, so that the rules
speak of "a candidate" and hold in every election.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from netral.law.asking.words import Word, plain

CANDIDATE, PARTY, NUMBER, SLOGAN = "[calon]", "[partai]", "[nomor]", "[slogan]"
ADDRESSED, BARE_NAME, BARE_NUMBER = "[sapaan]", "[nama]", "[no]"
"""Weaker: one part of a name after "Pak" or "paslon"; one part of a name, or a number, that may
well mean something else."""

NUMERALS = {
    "satu": 1, "siji": 1, "hiji": 1, "ciek": 1, "one": 1, "dua": 2, "loro": 2, "kalih": 2, "duo": 2,
    "two": 2, "tiga": 3, "telu": 3, "tilu": 3, "tigo": 3, "three": 3, "empat": 4, "papat": 4,
    "opat": 4, "lima": 5, "limo": 5, "enam": 6,
}  # fmt: skip
_BEFORE_NAMES = frozenset(
    "pak bu bapak ibu bang mas mbak kang gus haji paslon calon cabup cawabup cagub cawagub "
    "cawalkot caleg capres cawapres si tim relawan petahana kandidat".split()
)
_SIDES = frozenset("paslon pasangan calon partai kandidat cabup cagub cawalkot capres".split())
_NUMBERED = frozenset(
    "menu antrean antri antrian rumah kamar soal punggung kursi bus bis meja jalan hp telepon "
    "telpon rekening surat polisi sim wa tps rt rw kelas lantai gang loket pasal ayat jam pukul "
    "tanggal hari poin butir lampiran halaman meja undian nomer seri".split()
)
_CHOOSING = frozenset(
    "pilih pilihan pilihanku pilihanmu pilihannya coblos tusuk contreng dukung cukup tetap tetep "
    "fix gas gaspol salam bingkai milih nyoblos sama menangkan menang vote sih mah".split()
)
_AFTER_CHOICE = frozenset(
    "ya aja saja wae bae lah dong deh gaes guys bro sis titik besok minggu rabu nanti pokoknya "
    "sampai sampe menang harga cukup the untuk buat bersama yuk ayo kuy di atuh to iki".split()
)
"""What may follow "coblos 2" or "pilih 3" without making it a count of something."""
_VOTING = frozenset("coblos nyoblos tusuk contreng dukung menangkan dicoblos mendukung".split())
_COUNTED = frozenset(
    "kali orang lembar surat hari jam juta ribu kg buah anak kotak calon pasang pasangan hal arah "
    "minggu bulan tahun gol poin tim suara menit detik kepala desa program agenda".split()
)
"""What follows a number that counts something."""
_PARTS = re.compile(r"[^\W\d_]+")
_ANY_NUMBER = frozenset(range(1, 31))


@dataclass(frozen=True, slots=True)
class Contestant:
    """A ticket or a party. `names`: each person's or the party's full name; `aliases`: short
    names and nicknames of the campaign; `slogans`: what stands on its posters."""

    kind: str
    number: int | None
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contest:
    """The contestants of the current election; empty when none is known."""

    contestants: tuple[Contestant, ...] = ()

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers on the ballot; all small ones while nobody is known."""
        known = {item.number for item in self.contestants if item.number is not None}
        return frozenset(known) or _ANY_NUMBER

    @cached_property
    def phrases(self) -> tuple[tuple[tuple[str, ...], str, int], ...]:
        """Words that name a contestant, what they become, and whose they are; longest first."""
        found = []
        for index, item in enumerate(self.contestants):
            strong = PARTY if item.kind == "party" else CANDIDATE
            for slogan in item.slogans:
                found.append((_parts(slogan), SLOGAN, index))
            for name in (*item.names, *item.aliases):
                found.append((_parts(name), strong, index))
            if item.kind != "party":
                single = (part for name in item.names for part in _parts(name) if len(part) > 2)
                found += [((part,), BARE_NAME, index) for part in single]
        return tuple(sorted(found, key=lambda row: -len(row[0])))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Names and slogans as they stand in a hashtag, written together."""
        words = {"".join(row[0]) for row in self.phrases}
        return tuple(sorted(word for word in words if len(word) > 3))

    @cached_property
    def short_names(self) -> frozenset[str]:
        """Abbreviations that are also plain words unless written in capitals."""
        names = (name for item in self.contestants for name in (*item.names, *item.aliases))
        return frozenset(plain(name) for name in names if name.isupper() and len(name) <= 6)


@dataclass(frozen=True, slots=True)
class Named:
    """The words of a clause with contestants named, and whose each such word is."""

    words: tuple[Word, ...]
    whose: frozenset[str]


def _parts(name: str) -> tuple[str, ...]:
    return tuple(_PARTS.findall(plain(name)))


def name_contestants(words: Sequence[Word], contest: Contest, text: str) -> Named:
    """Puts one word for each name, number and slogan of a contestant in `words`."""
    whose: set[str] = set()
    named = _named(words, contest, text, whose)
    found = list(_joined(_numbered(named, contest, text, whose)))
    return Named(tuple(found), frozenset(whose))


def _named(
    words: Sequence[Word], contest: Contest, text: str, whose: set[str]
) -> list[tuple[Word, int]]:
    """Names and slogans; with each word the contestant's place, or -1."""
    done: list[tuple[Word, int]] = []
    at = 0
    while at < len(words):
        row = _phrase_at(words, at, contest, text)
        if row is None:
            done.append((words[at], -1))
            at += 1
            continue
        parts, becomes, index = row
        if becomes == BARE_NAME:
            if _is_somebody_else(words, at, contest, text):
                done.append((words[at], -1))
                at += 1
                continue
            if _names_somebody(words, at, text):
                becomes = ADDRESSED
        whose.add(f"c{contest.contestants[index].number or index}")
        last = words[at + len(parts) - 1]
        done.append((Word(becomes, becomes, words[at].start, last.end), index))
        at += len(parts)
    return done


def _is_somebody_else(words: Sequence[Word], at: int, contest: Contest, text: str) -> bool:
    """Whether a further name follows, which is none of the contestants': "Bara Setiawan"."""
    if at + 1 == len(words):
        return False
    following = text[words[at + 1].start : words[at + 1].end]
    is_ours = any((plain(following),) == row[0] for row in contest.phrases)
    in_small = any(text[word.start : word.end].islower() for word in words)
    return _is_name_like(following) and in_small and not is_ours


def _names_somebody(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether one part of a name stands for the person: after "Pak", or with a capital inside a
    sentence."""
    if at == 0:
        return False
    previous = words[at - 1]
    return previous.written in _BEFORE_NAMES or (
        _is_name_like(text[words[at].start : words[at].end])
        and text[previous.start : previous.end].islower()
    )


def _is_name_like(written: str) -> bool:
    return written[:1].isupper() and not written.isupper()


def _phrase_at(
    words: Sequence[Word], at: int, contest: Contest, text: str
) -> tuple[tuple[str, ...], str, int] | None:
    for row in contest.phrases:
        parts = row[0]
        here = words[at : at + len(parts)]
        if not parts or tuple(plain(text[word.start : word.end]) for word in here) != parts:
            continue
        written = text[here[0].start : here[-1].end]
        if len(parts) == 1 and parts[0] in contest.short_names and not written.isupper():
            continue
        return row
    return None


def _numbered(
    words: list[tuple[Word, int]], contest: Contest, text: str, whose: set[str]
) -> list[tuple[Word, int]]:
    """Numbers on the ballot: "nomor urut 2", "paslon dua"; weaker "nomor 2", "02", "coblos 2"."""
    done: list[tuple[Word, int]] = []
    for place, (word, index) in enumerate(words):
        number = _number(word)
        if number is None or number not in contest.numbers:
            done.append((word, index))
            continue
        lead: list[Word] = []
        while done and done[-1][0].written in ("nomor", "urut") and len(lead) < 2:
            lead.append(done.pop()[0])
        before = done[-1][0].written if done else ""
        if not lead and done and "," in text[done[-1][0].end : word.start]:
            before = ""
        following = words[place + 1][0].written if place + 1 < len(words) else ""
        is_strong = before in _SIDES or any(item.written == "urut" for item in lead)
        is_one = word.written == "satu" and before == "pilih"  # "pick one"
        is_chosen = (
            before in _CHOOSING and not is_one and (not following or following in _AFTER_CHOICE)
        ) or (before in _VOTING and following not in _COUNTED)
        is_code = len(word.written) == 2 and word.written.startswith("0")
        is_weak = bool(lead) or is_code or is_chosen
        if before in _NUMBERED or not (is_strong or is_weak):
            done += [(item, -1) for item in reversed(lead)] + [(word, index)]
            continue
        becomes = NUMBER if is_strong else BARE_NUMBER
        whose.add(f"c{number}")
        start = lead[-1].start if lead else word.start
        if before in _SIDES:
            start = done[-1][0].start
        done.append((Word(becomes, becomes, start, word.end), -1))
    return done


def _number(word: Word) -> int | None:
    if word.written.isdigit() and len(word.written) <= 2:
        return int(word.written)
    return NUMERALS.get(word.written)


def _joined(words: list[tuple[Word, int]]) -> Iterator[Word]:
    """Two bare names of one ticket beside each other are the ticket: "Ranu-Sita"."""
    at = 0
    while at < len(words):
        word, index = words[at]
        following = words[at + 1] if at + 1 < len(words) else None
        is_pair = following is not None and word.written == following[0].written == BARE_NAME
        if is_pair and following is not None and index == following[1]:
            yield Word(CANDIDATE, CANDIDATE, word.start, following[0].end)
            at += 2
            continue
        yield word
        at += 1
