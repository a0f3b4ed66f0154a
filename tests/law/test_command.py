"""`netral law …`: what a legal officer types, and what comes back."""

from __future__ import annotations

import re
import shlex

import pytest

from netral.law.command import main

LIKED = "judge --act like --on 2024-10-07 --status PNS"
SPOUSE = "judge --act spouse_rally_passive --on 2024-10-07 --status PNS --calendar pilkada-2024"
COMMANDS = [
    ("show SKB-2022/D6", "grup/akun pemenangan"),
    ("show SKB-2022/D6", "Berlaku: sejak 22 September 2022, masih berlaku"),
    ("show SKB-2022/D6", "Sanksi: hukuman disiplin berat [dua sumber atau lebih sepakat]"),
    ("show SKB-2022/D6", "Sumber SKB-D6 [dua sumber atau lebih sepakat]"),
    ("show SKB-2022/D6 --lang en", "Kind: forbidden (discipline)"),
    ("show SKB-2022/K7", "Kecuali:\n    - sedang CLTN\n"),
    ("show SKB-2022/K6", "Hadir di kampanye hanya untuk menyimak [passive-attendance]"),
    ("show SKB-2022/D7", "Apakah unggahan foto harus bertujuan mendukung [photo-purpose]"),
    ("show STATEMENTS/memilih", "Jenis: boleh\n"),
    ("show MK-65-2023/amar", "Jenis: boleh dengan syarat\n"),
    ("show MK-70-2025/pertimbangan", "naskah putusan belum dibaca"),
    ("show skb-2022/d6", "SKB-2022/D6: Lampiran II huruf B angka 6"),
    ("show PP 94/2021", "PP-94-2021: Peraturan Pemerintah Nomor 94"),
    ("show 'Pasal 5 huruf n angka 3, PP 94/2021'", "PP-94-2021/5.n.3: Pasal 5 huruf n"),
    ("show Pasal 5 huruf n angka 3", "PP-94-2021/5.n.3: Pasal 5 huruf n angka 3"),
    ("show pasal 5 huruf n", "Yang cocok; tampilkan satu:\nPP-94-2021/5.n.1 "),
    ("show pasal huruf", "lagi; tambah kata"),
    ("show fotokopi KTP", "PP-94-2021/5.n.7 "),
    ("show PP-53-2010", "Berlaku: 6 Juni 2010 sampai 30 Agustus 2021"),
    ("show PP-53-2010", "Digantikan oleh: PP 94/2021 [PP-94-2021]"),
    ("show like --lang en", "May I like"),
    ("show pp94/effect", "tanggal keputusan diterima -> 15 hari (Pasal 38, PP 94/2021"),
    ("show bkn/appointing_official", "-> batas waktu tidak diketahui"),
    ("show steps", "bkn/appointing_official"),
    ("show contests", "passive-attendance"),
    ("show like-class", "Kejaksaan Tinggi"),
    ("judge --act vote --on 2024-11-27 --status PNS", "BOLEH"),
    (f"{LIKED} --fact account=candidate --calendar pilkada-2024 --json", '"forbidden_discipline"'),
    (LIKED, "- Akun atau grup siapa itu?\n      --fact account=candidate: akun (bakal) calon\n"),
    (
        f"{LIKED} --fact account=candidate --calendar pilkada-2024",
        "Lampiran II huruf B angka 6, SKB 2/2022 [SKB-2022/D6] (diterapkan): ",
    ),
    (
        "judge --act vote --on 2024-11-27 --lang en",
        "Text and sources of each provision: netral law show ",
    ),
    (f"{SPOUSE} --fact leave=yes --trace", "SKB-2022/K7: pengecualian berlaku"),
    ("judge --act vote --on 2024-11-27 --html", "<article"),
    ("clock --step pp94/objection --start 2024-10-07", "Jatuh tempo: 25 Oktober 2024"),
    (
        "clock --step pp94/objection --start 2025-03-24",
        "Hari libur di antaranya: 28 Maret 2025 (Cuti Bersama Hari Suci Nyepi); 31 Maret 2025 (",
    ),
    (
        "clock --step pp94/objection --start 2024-10-07 --lang en",
        "Basis: Arts. 3 to 8, GR 79/2021",
    ),
    (
        "clock --step pp94/effect --start 2024-12-20 --suspended 2024-12-23..2024-12-24",
        "Berlaku pada: 6 Januari 2025 (hari kalender)",
    ),
    (
        "clock --step bawaslu_pemilihan/follow_up --start 2024-10-07 --extended",
        "Batas: 5 hari kalender",
    ),
    (
        "clock --step crime_pemilihan/police --start 2024-10-07T22:00+07:00 --zone WIT",
        "Jatuh tempo: 9 Oktober 2024, 00:00 WIT",
    ),
    (
        "clock --step bkn/appointing_official --start 2024-10-07 --lang en",
        "unknown deadline",
    ),
    (
        "clock --step crime_pemilu/police --start 2024-01-08T10:00+07:00 --json",
        "2024-01-09T10:00:00+07:00",
    ),
    ("check", "tidak ada masalah pada datanya"),
    ("check --lang en", "provisions from the text itself "),
    ("check --coverage", "SKB-D6,agreed"),
    ("diff 2024-08-23 2024-08-24 --no-cells", "KASN -> BKN"),
    (
        "diff 2024-08-23 2024-08-24 --no-cells",
        "Peraturan mulai berlaku:\n  - SE MenPANRB 4/2024 [SE-04-2024]\n",
    ),
    ("diff 2023-10-30 2023-10-31 --no-cells --lang en", "- Art. 56, Law 20/2023 [UU-20-2023/56]"),
    (
        "diff 2023-10-30 2023-10-31",
        "Maju sebagai calon kepala daerah [run_regional], PPPK, PPPK_PW (pemilihan kepala daerah: "
        "calon ditetapkan, masa kampanye, masa tenang, pemungutan suara, penghitungan dan "
        "rekapitulasi, sesudah pemilihan): belum dapat ditentukan [SKB-2022/D13] -> "
        "[UU-20-2023/59.3]",
    ),
    (
        "diff 2021-08-30 2021-08-31",
        "(pemilihan kepala daerah: semua tahap): dilarang (disiplin) [PP-53-2010/4.14] -> "
        "[PP-94-2021/5.n.7]",
    ),
    (
        "diff 2021-08-30 2021-08-31",
        "PNS, CPNS (Pemilu: masa kampanye): dilarang (kode etik) [SE-B71-2017/7] -> "
        "dilarang (disiplin) [PP-94-2021/5.n.1]",
    ),
    ("diff 2024-10-07 2024-10-08", "Tidak ada yang berubah."),
    ("acts twibbon", "profile_frame"),
    ("acts kop surat", "letterhead"),
    ("matrix --on 2024-10-07", "vote,PNS,voting,allowed"),
]


@pytest.mark.parametrize("line, expected", COMMANDS)
def test_command(line: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(line)) == 0
    assert expected in capsys.readouterr().out


def test_an_answer_of_no_certainty_claims_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(LIKED)) == 0
    told = capsys.readouterr().out
    assert "BELUM DAPAT DITENTUKAN" in told and "Keyakinan" not in told
    assert main(shlex.split(f"{LIKED} --fact account=team --calendar pilkada-2024")) == 0
    assert "Keyakinan: dua sumber atau lebih sepakat" in capsys.readouterr().out


def test_the_help_shows_how_to_look_up_one_rule(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    examples = [
        re.split("or: |atau: ", line)[0].strip()
        for line in told.splitlines()
        if "  netral law" in line
    ]
    assert len(examples) == 5
    for line in examples:
        assert main(shlex.split(line.removeprefix("netral law "))) == 0, line


@pytest.mark.parametrize(
    "line, message",
    [
        ("show SKB-2022/D66", "did you mean SKB-2022/D"),
        ("show lik", "did you mean"),
        ("show no such words", "no instrument, provision, act, contest or step 'no such words'"),
        ("judge --act like --on 2024-10-07 --fact account", "write it like account=candidate"),
        ("judge --act nope --on 2024-10-07", "no act 'nope'"),
        ("clock --step pp94/summons --start besok", "is not a day or time"),
        (
            "clock --step pp94/effect --start 2024-12-20 --suspended x..y",
            "write the first and the last: 2024-10-08..2024-10-11",
        ),
        ("clock --step nope --start 2024-10-07", "no step 'nope'"),
        ("clock --step pp94/objecton --start 2024-10-07", "did you mean pp94/objection,"),
        (
            "judge --act like --on 2024-10-07 --status pns",
            "did you mean PNS, CPNS, NON_ASN? choose one of: PNS,",
        ),
        (
            "judge --act like --on 2024-10-07 --fact acount=candidate",
            "did you mean account, active, race? known facts: account, active, beside, bribe,",
        ),
    ],
)
def test_a_wrong_command_says_what_to_do(
    line: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", *shlex.split(line)]) == 2
    assert message in capsys.readouterr().err
