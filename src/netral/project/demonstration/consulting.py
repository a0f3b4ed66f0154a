"""The demonstration's precedents: three published answers, and two questions in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from netral.guidance.models import Consultation
from netral.guidance.services import precedents, questions
from netral.guidance.services.precedents import Draft
from netral.people.models import Account, Government

DRAFTER, SECOND, ASKER = "penelaah1", "penelaah2", "kepala"


@dataclass(frozen=True)
class DemoAnswer:
    """A question as it was sent, and its answer. ``circumstances``: of one who asks for a PDF."""

    sent: str
    draft: Draft
    circumstances: str = ""


_CAMPAIGN = {"phase": "campaign", "election": "pemilihan"}
ANSWERS = (
    DemoAnswer(
        "boleh nggak saya tekan suka di unggahan calon gubernur, akun saya pribadi",
        Draft(
            "Bolehkah PNS menyukai unggahan calon kepala daerah dengan akun pribadi?",
            "Tidak. Menyukai unggahan calon termasuk bentuk dukungan di media sosial; akun pribadi "
            "tidak mengecualikannya.\n\nBila terlanjur, batalkan dan simpan catatan waktunya.",
            "like",
            {"status": "PNS", "account": "candidate", **_CAMPAIGN},
            ("SKB-2022/D6", "UU-20-2023/24.1.d"),
        ),
    ),
    DemoAnswer(
        "kami honorer, diajak masuk grup WA relawan, cuma mau baca info",
        Draft(
            "Bolehkah pegawai non-ASN bergabung dalam grup pemenangan hanya untuk membaca?",
            "Tidak. Bergabung sudah termasuk bentuk pelanggaran, walaupun tidak menulis apa pun."
            "\n\nKeluarlah dari grup dan simpan tangkapan layar waktu keluar.",
            "join_team_group",
            {"status": "NON_ASN", "account": "team", "stance": "support", **_CAMPAIGN},
            ("SE-01-2023/bentuk", "SKB-2022/D6"),
        ),
    ),
    DemoAnswer(
        "apakah saya sebagai pegawai boleh ikut mencoblos?",
        Draft(
            "Bolehkah PNS menggunakan hak pilihnya?",
            "Ya. Menjadi netral tidak berarti kehilangan hak pilih.\n\n"
            "Datang, pilih, dan rahasiakan pilihan Anda.",
            "vote",
            {"status": "PNS", "election": "pemilihan"},
            ("STATEMENTS/memilih", "UU-20-2023/24.1.d"),
        ),
        circumstances="Saya mengepalai satu unit dan ingin menjelaskannya kepada semua staf.",
    ),
)
WAITING = (
    "Bolehkah saya memakai kaus bergambar calon saat berolahraga di hari Minggu?",
    "Istri saya menjadi calon anggota DPRD. Bolehkah saya hadir di kampanyenya?",
)


def make_precedents(
    government: Government, accounts: Mapping[str, Account], *, now: datetime
) -> list[Consultation]:
    """The published ones, oldest first, answered on the days before; then those that wait."""
    made = []
    for number, item in enumerate(ANSWERS):
        began = now - timedelta(days=len(ANSWERS) - number, hours=3)
        made.append(_published(government, accounts, item, began))
    for number, text in enumerate(WAITING):
        questions.receive_question(
            government=government,
            text=text,
            source=Consultation.Source.ASK,
            now=now - timedelta(hours=2 - number),
        )
    return made


def _published(
    government: Government, accounts: Mapping[str, Account], item: DemoAnswer, began: datetime
) -> Consultation:
    """Drafted by one reviewer within the hour, published by the other in the next."""
    question = questions.receive_question(
        government=government,
        text=item.sent,
        source=Consultation.Source.ASK,
        asker=accounts[ASKER] if item.circumstances else None,
        circumstances=item.circumstances,
        wants_opinion=bool(item.circumstances),
        now=began,
    ).consultation
    first, second = accounts[DRAFTER], accounts[SECOND]
    later = began + timedelta(hours=1)
    precedents.take(consultation=question, draft=item.draft, actor=first, now=later)
    precedents.submit(consultation=question, actor=first, now=later)
    return precedents.publish(consultation=question, actor=second, now=later + timedelta(hours=1))
