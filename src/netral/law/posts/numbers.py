"""Which numbers of a text are numbers on the ballot, and which count or name something else."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from netral.law.asking.words import Word

NUMBER, BARE_NUMBER = "[nomor]", "[no]"
"""Surely a contestant's ("nomor urut 2"), and perhaps ("nomor 2", "02")."""
NUMERALS = {
    "satu": 1, "siji": 1, "hiji": 1, "ciek": 1, "one": 1, "dua": 2, "loro": 2, "kalih": 2, "duo": 2,
    "two": 2, "tiga": 3, "telu": 3, "tilu": 3, "tigo": 3, "three": 3, "empat": 4, "papat": 4,
    "opat": 4, "lima": 5, "limo": 5, "enam": 6,
}  # fmt: skip
_SIDES = frozenset("paslon pasangan calon partai kandidat cabup cagub cawalkot capres".split())
_NUMBERED = frozenset(
    "menu antrean antri antrian rumah kamar soal punggung kursi bus bis meja jalan hp telepon "
    "telpon rekening surat polisi sim wa tps rt rw kelas lantai gang loket pasal ayat jam pukul "
    "tanggal hari poin butir lampiran halaman undian nomer seri level sdn sd smp smpn sma sman smk "
    "smkn man mts mtsn min paud tk puskesmas posyandu blok kelompok sesi gelombang tahap edisi "
    "jilid bab season episode angkatan jalur lintasan shift regu stand lapak pintu dapil kloter "
    "unit tower kavling dusun lingkungan zona wilayah seksi juara peringkat ranking rangking dosis "
    "semester triwulan kuartal kamera kunci loker jersey jersi sepatu peserta finalis perda uu pp "
    "pkpu perbup pergub perwali perbawaslu keppres inpres perpres se edaran peraturan permen "
    "kepmen sk keputusan undang tekan extension pesawat laboratorium lab studio peron grup pleton "
    "kompi korwil resor polsek koramil bangku pos tiket tipe kode pin "
    "jawaban pertanyaan kolam rute trayek".split()
)
"""After these a number counts or names something that is not on the ballot."""
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
_ON_BALLOT = frozenset("hati bilik surat kertas tps sini foto gambar".split())
"""What may follow "nomor 1 di" without making it a rank, as in "nomor 1 di Jawa"."""
_YEAR = re.compile(r"tahun|(?:19|20)\d\d")
_FIGURE_BEFORE = re.compile(r"[\dA-Za-z]/$|\d[:–-]$")
_FIGURE_AFTER = re.compile(r"/[\dA-Za-z]|[:–-]\d")


def numbered(
    words: Sequence[tuple[Word, int]], numbers: Container[int], text: str, whose: set[str]
) -> list[tuple[Word, int]]:
    """Numbers on the ballot: "nomor urut 2", "paslon dua"; weaker "nomor 2", "02", "coblos 2".

    `numbers` are those on the ballot; whose each is goes into `whose`.
    """
    done: list[tuple[Word, int]] = []
    for place, (word, index) in enumerate(words):
        number = _number(word)
        if number is None or number not in numbers or _is_in_figures(word, text):
            done.append((word, index))
            continue
        lead: list[Word] = []
        while done and done[-1][0].written in ("nomor", "urut") and len(lead) < 2:
            lead.append(done.pop()[0])
        before = done[-1][0].written if done else ""
        if not lead and done and "," in text[done[-1][0].end : word.start]:
            before = ""
        following = [item.written for item, _index in words[place + 1 : place + 3]]
        becomes = _reading(word, lead, before, [*following, "", ""])
        if becomes is None:
            done += [(item, -1) for item in reversed(lead)] + [(word, index)]
            continue
        whose.add(f"|{number}")
        start = lead[-1].start if lead else word.start
        if before in _SIDES:
            start = done[-1][0].start
        done.append((Word(becomes, becomes, start, word.end), -1))
    return done


def _reading(word: Word, lead: Sequence[Word], before: str, following: Sequence[str]) -> str | None:
    """What a number is, from the words "nomor" and "urut" in `lead` and those around; or None."""
    if before in _SIDES or any(item.written == "urut" for item in lead):
        return NUMBER
    is_rank = _number(word) == 1 and following[0] == "di" and following[1] not in _ON_BALLOT
    is_law = bool(lead) and bool(_YEAR.fullmatch(following[0]))
    if before in _NUMBERED or is_law or (is_rank and before not in _CHOOSING):
        return None
    is_one = word.written == "satu" and before == "pilih"  # "pick one"
    is_free = not following[0] or following[0] in _AFTER_CHOICE
    is_chosen = (before in _CHOOSING and not is_one and is_free) or (
        before in _VOTING and following[0] not in _COUNTED
    )
    is_code = len(word.written) == 2 and word.written.startswith("0")
    return BARE_NUMBER if lead or is_code or is_chosen else None


def _is_in_figures(word: Word, text: str) -> bool:
    """Whether it is part of a date, a result, a letter's or a telephone number: "03/12", "3-2"."""
    before, after = text[max(0, word.start - 2) : word.start], text[word.end : word.end + 2]
    return bool(_FIGURE_BEFORE.search(before) or _FIGURE_AFTER.match(after))


def _number(word: Word) -> int | None:
    if word.written.isdigit() and len(word.written) <= 2:
        return int(word.written)
    return NUMERALS.get(word.written)
