"""All 199 facts of the collection are represented in the data, or listed with the reason why not.

The ids stand here, and not in the data, so that a fact cannot vanish from both unnoticed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from netral.law import library
from netral.law.audit import audit, coverage_csv
from netral.law.coverage import coverage
from netral.speaking.sentences import choose_language, told

FACTS = {
    "register": """
        REG-UU5-2014 REG-UU20-2023 REG-UU20-ART24 REG-UU20-ART52 REG-UU20-NONASN REG-UU7-2017
        REG-PERPPU1-2022 REG-UU1-2015 REG-PP53-2010 REG-PP94-2021 REG-PP94-TRANS REG-PERBKN6-2022
        REG-PP42-2004 REG-PP49-2018 REG-PP11-2017 REG-PP79-2021 REG-PERPRES116-2022 REG-PERBKN1-2023
        REG-SKB2020 REG-SKB2022 REG-SE06-2016 REG-SEB71-2017 REG-SEB36-2018 REG-SE01-2023
        REG-SE18-2023 REG-SE04-2024 REG-KASN-END REG-MK121 REG-MK135 REG-MK136 REG-MK41 REG-PB6-2018
        REG-PB7-2022 REG-PB8-2020 REG-UU6-2020
    """,
    "skb_annex_ii": """
        SKB-STRUCT SKB-K1 SKB-K2 SKB-K3 SKB-K4 SKB-K5 SKB-K6 SKB-K7 SKB-D1 SKB-D2 SKB-D3 SKB-D4
        SKB-D5 SKB-D6 SKB-D7 SKB-D8 SKB-D9 SKB-D10 SKB-D11 SKB-D12 SKB-D13 SKB-DISC-BAKAL
        SKB-TASKFORCE SKB2020-FLOW SKB2020-16
    """,
    "discipline_ethics_contracts": """
        DIS-N1 DIS-N2 DIS-N3 DIS-N4 DIS-N5 DIS-N6 DIS-N7 DIS-N1-EXPL DIS-N2-EXPL DIS-N3-EXPL DIS-DEF
        DIS-LIGHT DIS-MEDIUM DIS-MEDIUM-SUSPENDED DIS-SEVERE DIS-OTHER-DUTY DIS-AUTH-PRES
        DIS-AUTH-PPK DIS-AUTH-HIER DIS-AUTH-DUTY DIS-AUTH-VACANT DIS-P26 DIS-P27 DIS-P28 DIS-P29
        DIS-P31 DIS-P32 DIS-P35 DIS-P37 DIS-P38 DIS-P39 DIS-OBJ DIS-APPEAL DIS-OBJ-REFORMATIO
        ETH-SANCTION ETH-OPENCLOSED ETH-MKE ETH-BASIS PPPK-DISC PPPK-TERM PPPK-PARTY PPPK-SKB
        NONASN-PARTS PNS-PARTY DIS-MEDIUM-PRACTICE
    """,
    "crime": """
        CR-280-2 CR-280-3 CR-282 CR-283 CR-490 CR-493 CR-494 CR-547 CR-304 CR-P70 CR-P71 CR-P71-2
        CR-P188 CR-P189 CR-P190 CR-FORWARD CR-FORWARD-PEMILU
    """,
    "candidates_and_spouses": """
        CA-56 CA-59 CA-UU5 CA-UU10-7T CA-PP11-254 CA-CALEG CA-PREP CA-CLTN SP-ALLOWED SP-FORBIDDEN
        SP-CLTN
    """,
    "procedure": """
        PR-UU7-93 PR-PEMILU-REPORT PR-PEMILU-FIND PR-PEMILU-7 PR-PEMILU-7B PR-PB7-PRELIM
        PR-PIL-REPORT PR-PIL-7 PR-PIL-3-2 PR-OTHERLAW PR-KASN PR-KASN-33 PR-PPK-10 PR-PPK-SANCTION
        PR-SBT-1 PR-SBT-2 PR-SBT-3 PR-SBT-PUBLIC PR-BLOCK PR-WASDAL PR-SIAPNET
    """,
    "calendar": """
        CAL-PEMILU24-01 CAL-PEMILU24-02 CAL-PEMILU24-03 CAL-PEMILU24-04 CAL-PEMILU24-05
        CAL-PEMILU24-06 CAL-PEMILU24-07 CAL-PEMILU24-08 CAL-PEMILU24-09 CAL-PEMILU24-10
        CAL-PEMILU24-11 CAL-PEMILU24-12 CAL-PEMILU24-13 CAL-PEMILU24-14 CAL-PEMILU24-DCT
        CAL-PEMILU24-PAS CAL-PILKADA24-01 CAL-PILKADA24-02 CAL-PILKADA24-03 CAL-PILKADA24-04
        CAL-PILKADA24-05 CAL-PILKADA24-06 CAL-PILKADA24-07 CAL-PILKADA24-08 CAL-PILKADA24-09
        CAL-PILKADA24-10 CAL-PILKADA24-11 CAL-PILKADA24-12 CAL-PILKADA24-TENANG CAL-2029 CAL-2031
    """,
    "superiors_and_pledges": """
        AT-PP94 AT-SE01 AT-SKB AT-PERIOD IK-1 IK-2 IK-3 IK-4 IK-STD
    """,
    "authority_positions": """
        POS-ATTEND-OK POS-ATTEND-NO POS-LIKE POS-BKN2024 POS-KTP
    """,
}
IDS = [name for names in FACTS.values() for name in names.split()]


def test_there_are_199_facts() -> None:
    assert len(IDS) == len(set(IDS)) == 199


@pytest.mark.parametrize("name", IDS)
def test_the_fact_is_represented_or_left_out_with_a_reason(name: str) -> None:
    found = coverage(library())[name]
    assert bool(found.places) != bool(found.left_out)


def test_the_coverage_table_is_current() -> None:
    table = Path(__file__).parents[2] / "docs" / "law" / "coverage.csv"
    assert table.read_text(encoding="utf-8") == coverage_csv(library()), (
        "run: netral law check --coverage > docs/law/coverage.csv"
    )


def test_the_audit_finds_no_problem() -> None:
    assert audit(library()).problems == ()


def test_what_there_is_is_said_in_indonesian() -> None:
    choose_language([])
    counts = audit(library()).counts
    assert counts and all(told(line) != line for line in counts)


def test_every_source_is_an_address() -> None:
    for item in library().evidence.values():
        assert all(url.startswith(("http://", "https://")) for url in item.sources), item.id


def test_memory_alone_never_forbids() -> None:
    """No prohibition rests on evidence that nobody has checked."""
    law = library()
    for norm in law.norms.values():
        if norm.forbids:
            grounds = {
                law.evidence[name].confidence for name in law.provision(norm.provision).evidence
            }
            assert grounds != {"memory"}, norm.id
