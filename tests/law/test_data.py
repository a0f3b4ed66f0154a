"""The schema: each slip a person can make in the data is refused with its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from netral.law import DataError, Situation, judge, library, load
from netral.law.acts import GROUPS
from netral.law.citing import citation
from netral.law.library import DATA
from netral.law.loading.articles import english_article

Edit = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "data"
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("examples"))
    return target


def replaced(name: str, old: str, new: str) -> Edit:
    """An edit of one file that must change it."""

    def edit(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


SLIPS = {
    "an unknown key": (
        replaced("instruments/skb.yaml", "  kind: joint_decree", "  kin: joint_decree"),
        "unknown key 'kin'",
    ),
    "a renamed value": (
        replaced("facts.yaml", "    react: {", "    reacting: {"),
        "unknown value 'react'",
    ),
    "a renamed fact": (
        replaced("facts.yaml", "\naccount:\n", "\naccounts:\n"),
        "unknown fact 'account'",
    ),
    "a renamed provision": (replaced("instruments/skb.yaml", '"K4":', '"K44":'), "SKB-2022/K4"),
    "a renamed instrument": (
        replaced("instruments/asn.yaml", "\nUU-20-2023:\n", "\nUU-20-2024:\n"),
        "UU-20-2023",
    ),
    "a renamed sanction": (
        replaced("sanctions.yaml", "\nsevere:\n", "\nheavy:\n"),
        "unknown sanction 'severe'",
    ),
    "missing evidence": (
        replaced("evidence.yaml", "SKB-D6:", "SKB-D66:"),
        "evidence 'SKB-D6' does not exist",
    ),
    "a duplicate key": (
        replaced("contests.yaml", "\nabstaining:\n", "\nlisted-pose:\n"),
        "'listed-pose' is given twice",
    ),
    "a language missing": (
        replaced("facts.yaml", '{id: "PNS", en: "civil servant (PNS)"}', '{id: "PNS"}'),
        "keys id and en",
    ),
    "a day as text": (
        replaced("instruments/skb.yaml", "enacted: 2022-09-22", 'enacted: "2022-09-22"'),
        "must be a day",
    ),
    "an end before the start": (
        replaced("instruments/asn.yaml", "until: 2023-10-30", "until: 2013-10-30"),
        "before 'effective'",
    ),
    "an unknown confidence": (
        replaced("evidence.yaml", "\n  confidence: primary", "\n  confidence: sure"),
        "use one of: primary",
    ),
    "a source missing": (
        replaced(
            "evidence_more.yaml",
            "sources: [https://jatim.antaranews.com/amp/berita/425561/bawaslu-situbondo-hentikan-penanganan-kasus-dugaan-pelanggaran-netralitas-asn]",
            "sources: []",
        ),
        "give a source",
    ),
    "a prohibition without sanction": (
        replaced(
            "instruments/discipline.yaml",
            "when: {conduct: [favour]}, sanction: severe}",
            "when: {conduct: [favour]}}",
        ),
        "needs a sanction",
    ),
    "an act without conduct": (
        replaced("acts/neutral.yaml", "given: {conduct: [vote]}", "given: {election: pemilu}"),
        "what the conduct is",
    ),
    "too few questions": (
        replaced("acts/neutral.yaml", "    - pns boleh nyoblos kan\n", ""),
        "give 8 to 15",
    ),
    "the same question twice": (
        replaced(
            "acts/neutral.yaml", "    - pns boleh nyoblos kan\n", "    - pppk ikut milih pilkada\n"
        ),
        "is also in",
    ),
    "a see_also that leads nowhere": (
        replaced("acts/neutral.yaml", "see_also: [urge_vote]", "see_also: [urge]"),
        "'urge' is not an act",
    ),
    "broken YAML": (replaced("sanctions.yaml", "moral:", "moral: ["), "not valid YAML"),
    "an open chain": (
        replaced(
            "instruments/elections.yaml",
            "amended_by: [UU-8-2015, UU-10-2016, UU-6-2020]",
            "amended_by: [UU-8-2015]",
        ),
        "add 'UU-10-2016'",
    ),
    "an unknown contest kind": (
        replaced("contests.yaml", "\n  affects: outcome", "\n  affects: all"),
        "affects must be one of",
    ),
    "an unknown class": (
        replaced("contests.yaml", "possible: [ethics, discipline, crime]", "possible: [etics]"),
        "'possible' is 'etics'; use one of: permission, ethics",
    ),
    "classes of a contest about something else": (
        replaced("contests.yaml", "  affects: class", "  affects: scope"),
        "'possible' counts only with 'affects: class'",
    ),
    "provisions unsettled by a contest about the sanction": (
        replaced("contests.yaml", "  affects: outcome", "  affects: sanction"),
        "'unsettles' counts only with 'affects: outcome'",
    ),
    "an unknown view": (
        replaced("contests.yaml", "view: allows", "view: likes"),
        "view must be one of",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_in_the_data_is_refused(folder: Path, name: str) -> None:
    edit, message = SLIPS[name]
    edit(folder)
    with pytest.raises(DataError, match=message):
        load(folder)


def test_an_untouched_copy_loads_with_the_same_version(folder: Path) -> None:
    assert load(folder).version == library().version


def test_the_order_in_which_a_disk_names_its_files_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = library()
    for way in ("glob", "rglob"):
        own = getattr(Path, way)
        monkeypatch.setattr(
            Path, way, lambda *asked, own=own: iter(sorted(own(*asked), reverse=True))
        )
    other = load(DATA)
    assert other.version == known.version
    assert list(other.acts) == list(known.acts) and list(other.norms) == list(known.norms)


def test_any_change_changes_the_version(folder: Path) -> None:
    replaced("acts/neutral.yaml", "Datang, pilih, rahasiakan.", "Datang dan pilih.")(folder)
    assert load(folder).version != library().version


def test_a_lawyer_can_add_a_rule_without_python(folder: Path) -> None:
    """A new circular with one prohibition changes the verdict from its day on."""
    (folder / "instruments" / "local.yaml").write_text(
        """
SE-KOTA-2026:
  kind: circular
  name: {id: "SE Wali Kota", en: "Mayor's circular"}
  short: {id: "SE Wali Kota 1/2026", en: "Mayor's circular 1/2026"}
  enacted: 2026-01-05
  effective: 2026-01-05
  evidence: [X-POSES]
  provisions:
    "1":
      article: "Angka 1"
      text: {id: "Bertaruh atas hasil pemilihan dilarang.", en: "Betting on the result is
      forbidden."}
      evidence: [X-POSES]
      norm: {class: ethics, status: [PNS], when: {conduct: [bet]}, sanction: moral}
""",
        encoding="utf-8",
    )
    law = load(folder)
    betting = Situation("betting", {"status": "PNS"})
    assert judge(betting, date(2026, 1, 4), law=law).outcome == "undetermined"
    after = judge(betting, date(2026, 1, 5), law=law)
    assert (after.outcome, after.provisions[0]) == ("forbidden_ethics", "SE-KOTA-2026/1")


@pytest.mark.parametrize(
    ("told", "english"),
    [
        ("Pasal 24 ayat (1) huruf d", "Art. 24(1)(d)"),
        ("Pasal 71 ayat (3) sampai (5)", "Art. 71(3) to (5)"),
        ("Pasal 3 huruf d dan f, Pasal 9 sampai 11", "Art. 3(d) and (f), Arts. 9 to 11"),
        ("Pasal 71 ayat (1) jo. Pasal 188 UU 1/2015", "Art. 71(1) with Art. 188 Law 1/2015"),
        ("Lampiran II huruf B angka 6", "Annex II part B item 6"),
        ("Angka 4 huruf c", "Item 4(c)"),
        ("Satuan tugas", None),
    ],
)
def test_article_numbers_are_put_into_english(told: str, english: str | None) -> None:
    assert english_article(told) == english


def test_no_citation_keeps_an_indonesian_word_in_english() -> None:
    law = library()
    left = re.compile(r"\b(Pasal|ayat|huruf|angka|sampai|dan|butir|Lampiran|UU|SKB)\b")
    for name in law.provisions:
        assert not left.search(citation(law, name, "en")), citation(law, name, "en")
    for contest in law.contests.values():
        for position in contest.positions:
            assert not left.search(position.who_en), position.who_en


def test_a_place_that_is_no_number_is_given_in_both_languages(folder: Path) -> None:
    replaced("instruments/skb.yaml", '{id: "Satuan tugas", en: "Task force"}', '"Satuan tugas"')(
        folder
    )
    with pytest.raises(DataError, match=r"write 'article' as \{id: …, en: …\}"):
        load(folder)


@pytest.mark.parametrize(
    ("told", "day", "later"),
    [
        ("2024-10-30", date(2024, 10, 29), True),
        ("2024-10-30", date(2024, 10, 30), False),
        ("2024-11", date(2024, 10, 30), True),
        ("2024-11", date(2024, 11, 1), False),
        ("2024", date(2023, 12, 31), True),
        ("2024", date(2024, 1, 1), False),
        ("2019; 2023", date(2019, 1, 1), False),
        ("2022-2024", date(2021, 12, 31), True),
        ("2022-2024", date(2022, 1, 1), False),
    ],
)
def test_a_statement_is_later_only_when_it_surely_is(told: str, day: date, later: bool) -> None:
    position = replace(library().contests["like-class"].positions[0], when=told)
    assert position.is_after(day) is later


def test_the_catalogue_is_wide_enough() -> None:
    law = library()
    assert len(law.acts) >= 80
    assert {act.group for act in law.acts.values()} == set(GROUPS)
    for act in law.acts.values():
        assert 8 <= len(act.phrases) <= 15, act.id
        assert len(act.phrases_en) >= 2 and len(act.synonyms) >= 2, act.id


def test_all_twenty_items_of_the_decree_carry_a_norm() -> None:
    law = library()
    items = [f"SKB-2022/K{number}" for number in range(1, 8)] + [
        f"SKB-2022/D{number}" for number in range(1, 13)
    ]
    assert all(name in law.norms for name in items)
    assert law.provision("SKB-2022/D13").residual
    assert [name for name in law.norms if name.startswith("PP-94-2021/5.n.")] == [
        f"PP-94-2021/5.n.{number}" for number in range(1, 8)
    ]


@pytest.mark.parametrize(
    "old, new",
    [
        ("UU-5-2014", "UU-20-2023"),
        ("PP-53-2010", "PP-94-2021"),
        ("SKB-2020", "SKB-2022"),
        ("SE-B36-2018", "SE-18-2023"),
    ],
)
def test_replacement_chains_close(old: str, new: str) -> None:
    law = library()
    assert law.instrument(old).replaced_by == new
    assert old in law.instrument(new).replaces
    gap = law.instrument(new).effective - (law.instrument(old).until or date.min)
    assert gap.days == 1


AFTERWARDS = (
    "batalkan", "berhenti", "cabut", "hapus", "hentikan", "keluar", "kembalikan", "lepas",
    "ralat", "tarik", "tinggalkan", "turunkan",
)  # fmt: skip
DONE_BY_OTHERS = {"added_to_group", "shared_account", "tagged_photo", "host_meeting"}
"""What befalls one, or is called off before it begins."""


def test_who_asks_beforehand_is_not_told_only_how_to_undo_it() -> None:
    late = {
        name
        for name, act in library().acts.items()
        if act.safe.id.split()[0].strip(";,.").lower() in AFTERWARDS
    }
    assert late <= DONE_BY_OTHERS
