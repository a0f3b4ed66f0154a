"""What is said before an answer: whose deed or breach it is, what the law data do not hold."""

from __future__ import annotations

from collections.abc import Iterator

from netral.law.asking.partly import BOOTH as HELPS_TO_VOTE
from netral.law.asking.shapes import Understanding
from netral.law.vocabulary import Words

ORDERED = Words(
    "Menyuruh bawahan memihak adalah pelanggaran oleh atasan itu sendiri. Tolak dengan sopan, "
    "lebih baik tertulis; simpan pesan, tanggal, dan nama saksi; laporkan kepada Bawaslu atau BKN, "
    "identitas pelapor dijaga. Jawaban di bawah tentang perbuatan yang disuruhkan: itulah yang "
    "Anda tanggung bila menurut.",
    "Ordering staff to take sides is a breach by the superior. Refuse politely, better in writing; "
    "keep the messages, dates and names of witnesses; report to Bawaslu or BKN, which protect who "
    "reports. The answer below is about what was ordered: that is what you answer for if you obey.",
)
"""Before everything else where somebody above told the person to do it."""
OF_ANOTHER = Words(
    "Ini tentang perbuatan orang lain, bukan perbuatan Anda. Anda boleh melaporkannya.",
    "This is about what somebody else did, not about you. You may report it.",
)
"""Before everything else where somebody else did it."""
BOOTH = Words(
    "Membantu orang lain memberikan suara diatur undang-undang pemilu, yang naskahnya belum kami "
    "baca seluruhnya (Pasal 364 UU 7/2017). Tanyakan kepada KPPS di TPS sebelum membantu.",
    "Helping another person to vote is governed by the election law, of which we have not read all "
    "(Art. 364 of Law 7/2017). Ask the polling officers (KPPS) before you help.",
)
"""Before everything else where another person's vote is to be cast."""
OF_KIN = Words(
    "Ini dinilai sebagai perbuatan keluarga Anda yang pegawai, seolah dia sendiri yang bertanya. "
    "Bila Anda yang akan berbuat, dan Anda bukan pegawai, tulis itu dalam pertanyaan.",
    "This is judged as what your relative on the staff does, as if they had asked. If it is "
    "you who will do it, and you are not on the staff, say so in the question.",
)
"""Before everything else where a relative on the staff does it."""


def forewords(read: Understanding) -> Iterator[Words]:
    """What is said before the answer, where the deed is not simply that of who asks."""
    if read.ordered:
        yield ORDERED
    if read.of_another:
        yield OF_ANOTHER
    if read.of_kin:
        yield OF_KIN
    if HELPS_TO_VOTE in read.asks:
        yield BOOTH
