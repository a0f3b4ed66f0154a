"""The items of the joint decree, of article 5 letter n, and the moral sanction, one by one.

`tables/items.csv` restates them from what was read of the decree and the regulation, with the
confidence of each part and one source: class, phase, deed, further elements, exception, sanction,
and an act with facts that meets the item and facts that take an element away. A remark says where
the wording does not settle it.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from netral.law import Situation, judge, library
from netral.law.instruments import Element, Norm
from netral.law.matrix import STATUSES
from netral.law.vocabulary import PHASES

TABLE = Path(__file__).parent / "tables" / "items.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
DECREE = [row for row in ROWS if row["provision"].startswith("SKB-2022/")]
ETHICS = [row for row in DECREE if row["class"] == "ethics"]
ON = date(2024, 10, 7)

BEFORE = ("before_candidacy", "candidacy")
AFTER = ("determined", "campaign", "quiet", "voting", "count")
PHASES_OF = {"before": BEFORE, "after": AFTER, "campaign": ("campaign",), "any": tuple(PHASES)}
# Whom the decree binds, and whom the regulation on discipline binds directly.
BOUND = {"SKB-2022": {"PNS", "CPNS", "PPPK", "PPPK_PW"}, "PP-94-2021": {"PNS", "CPNS"}}
# Where the range of a sanction of a PNS stands on that day.
RANGE = {
    "moral": "PP-42-2004/15",
    "medium": "PP-94-2021/42",
    "severe": "PP-94-2021/8.4",
    "unassigned": "PP-94-2021/3.f",
    "dismissal_dishonourable": "UU-20-2023/52.3.j",
}

each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["provision"])


def facts_of(text: str) -> dict[str, str]:
    return dict(item.split("=") for item in text.split())


def reason(row: dict[str, str], status: str = "PNS", phase: str = "", **facts: str) -> str:
    """What became of the item in the situation of its row."""
    phase = phase or PHASES_OF[row["phase"]][-1]
    told = {"status": status, "phase": phase, **facts_of(row["facts"]), **facts}
    if "race" not in told:
        told["election"] = "pemilihan"
    rows = judge(Situation(row["act"], told), ON).finding.trace.rows()
    return next(item.reason for item in rows if item.norm == row["provision"])


def in_words(element: Element) -> str:
    """An element as the table writes it, its values in alphabetical order."""
    return " or ".join(
        f"{fact}={'/'.join(sorted(values))}" for fact, values in element.choices.items()
    )


def element_of(norm: Norm, fact: str) -> set[str] | None:
    """The values of the element that asks for this fact alone, or None if there is none."""
    found = [item.choices[fact] for item in norm.elements if item.facts == (fact,)]
    return set(found[0]) if found else None


def test_every_item_has_its_row() -> None:
    ethics, discipline = range(1, 8), range(1, 13)
    assert [row["provision"] for row in ROWS] == [
        *(f"SKB-2022/K{number}" for number in ethics),
        *(f"SKB-2022/D{number}" for number in discipline),
        *(f"PP-94-2021/5.n.{number}" for number in range(1, 8)),
    ]


@each
def test_an_item_has_the_class_phase_deed_and_elements_of_its_row(row: dict[str, str]) -> None:
    norm = library().norms[row["provision"]]
    phases = element_of(norm, "phase") or set(PHASES)
    told = [item for item in norm.elements if item.facts not in (("status",), ("phase",))]
    assert norm.klass == row["class"]
    assert phases == set(PHASES_OF[row["phase"]])
    assert in_words(told[0]) == "conduct=" + row["deed"].replace(" ", "/")
    assert "; ".join(in_words(item) for item in told[1:]) == row["further"]
    unless = [in_words(item) for group in norm.exceptions for item in group]
    assert "; ".join(unless) == row["unless"]


@each
def test_an_item_has_the_sanction_and_the_confidence_of_its_row(row: dict[str, str]) -> None:
    law = library()
    norm, provision = law.norms[row["provision"]], law.provision(row["provision"])
    assert (norm.sanction, norm.sanction_confidence) == (
        row["sanction"],
        row["sanction_confidence"],
    )
    assert provision.confidence == row["confidence"]
    assert row["source"] in law.evidence[provision.evidence[0]].sources
    found = law.sanctions[row["sanction"]].range_for("PNS", ON)
    assert found is not None and found.provision == RANGE[row["sanction"]]


@each
@pytest.mark.parametrize("phase", PHASES)
def test_an_item_applies_in_its_phases_and_in_no_other(row: dict[str, str], phase: str) -> None:
    expected = "applied" if phase in PHASES_OF[row["phase"]] else "element_fails"
    assert reason(row, phase=phase) == expected


@each
@pytest.mark.parametrize("status", STATUSES)
def test_an_item_binds_those_it_names_and_nobody_else(row: dict[str, str], status: str) -> None:
    bound = BOUND[row["provision"].partition("/")[0]]
    assert (reason(row, status=status) == "applied") is (status in bound)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["breaks"]], ids=lambda row: row["provision"]
)
def test_an_item_whose_element_is_taken_away_does_not_apply(row: dict[str, str]) -> None:
    assert reason(row, **facts_of(row["breaks"])) == (
        "excepted" if row["unless"] else "element_fails"
    )


def test_the_last_item_of_the_decree_catches_what_the_others_do_not_name() -> None:
    last = library().provision("SKB-2022/D13")
    assert last.norm is None and last.residual == BOUND["SKB-2022"]
    assert last.confidence == "agreed"
    for status in STATUSES:
        asked = judge(Situation("survey", {"status": status}), ON).finding.citations
        roles = {item.provision: item.role for item in asked}
        assert (roles.get("SKB-2022/D13") == "residual") is (status in last.residual)


def test_where_the_level_stands_in_the_regulation_the_provision_says_so() -> None:
    for row in ROWS[len(DECREE) :]:
        article = row["in_words"].rpartition("; ")[2]
        text = library().provision(row["provision"]).text.id
        assert (article if article.startswith("Pasal") else "tidak disebut dalam Pasal 12") in text


def test_the_moral_sanction_is_a_closed_or_an_open_statement_by_the_appointing_official() -> None:
    law = library()
    found = law.sanctions["moral"].range_for("PNS", ON)
    assert found is not None
    assert [item.id for item in found.options] == [
        "pernyataan secara tertutup",
        "pernyataan secara terbuka",
    ]
    assert "didelegasikan" in found.who.id and "Majelis Kode Etik" in found.who.id
    for name in ("15", "16", "11.c", "6.h"):
        assert law.provision(f"PP-42-2004/{name}").confidence == "primary"
    assert law.provision("PP-42-2004/16").text.id.endswith("menyarankan tindakan administratif.")


@pytest.mark.parametrize("row", ETHICS, ids=lambda row: row["provision"])
@pytest.mark.parametrize("status", ["PNS", "CPNS", "PPPK"])
def test_an_ethics_item_rests_on_the_code_of_ethics_for_those_whom_it_binds(
    row: dict[str, str], status: str
) -> None:
    """The regulation on esprit de corps speaks of civil servants; a PPPK has the agency's rules."""
    facts = {"status": status, "phase": "candidacy", "election": "pemilihan"}
    finding = judge(Situation(row["act"], {**facts, **facts_of(row["facts"])}), ON).finding
    roles = {item.provision: item.role for item in finding.citations}
    moral = next(item for item in finding.sanctions if item.level == "moral")
    assert ("PP-42-2004/11.c" in roles) is (status != "PPPK")
    assert moral.provision == ("PP-49-2018/51" if status == "PPPK" else "PP-42-2004/15")
