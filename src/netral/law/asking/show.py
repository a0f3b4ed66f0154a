"""An answer for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from netral.law.asking.forewords import forewords
from netral.law.asking.heading import heading_words, review_words
from netral.law.asking.shapes import Answer, Part
from netral.law.citing import citation
from netral.law.library import Library
from netral.law.render.labels import HEADINGS, when
from netral.law.render.structure import both
from netral.law.verdict import Question
from netral.law.vocabulary import Words

_OUTSIDE = Words("DI LUAR URUSAN NETRALITAS", "OUTSIDE NEUTRALITY")
_STATUS: dict[str, Words] = {
    "choose_act": Words(
        "Saya belum yakin perbuatan mana yang dimaksud. Yang terdekat:",
        "I am not sure which act is meant. The nearest ones:",
    ),
    "partial": Words(
        "Baru satu bagian pertanyaan yang terbaca. Tanyakan bagian lainnya tersendiri, atau kepada "
        "penelaah hukum.",
        "Only one part of the question could be read. Ask about the rest by itself, or a legal "
        "reviewer.",
    ),
    "outside": Words(
        "Pertanyaan ini bukan soal netralitas dalam pemilihan.",
        "This question is not about neutrality in elections.",
    ),
}
SAY_MORE = Words(
    "Pertanyaannya belum terbaca. Tulis apa yang ingin dilakukan, terhadap siapa, dan di mana; "
    "misalnya: boleh like postingan calon bupati?",
    "The question could not be read. Write what you want to do, towards whom and where; for "
    "example: may I like a candidate's post?",
)
OTHER_RULES: dict[str, Words] = {
    "armed": Words(
        "Anggota TNI dan Polri terikat undang-undang dan kode etik kesatuannya. Netralitasnya "
        "diawasi Bawaslu juga (Peraturan Bawaslu 6/2018, belum kami baca), dan sejak 14 November "
        "2024 Pasal 188 UU 1/2015 berlaku juga bagi mereka (Putusan MK 136/PUU-XXII/2024, dibaca "
        "dari berita). Tanyakan kepada atasan atau bagian hukum kesatuan Anda sebelum berbuat.",
        "Members of the armed forces and the police are bound by the laws and the code of their "
        "service. Bawaslu supervises their neutrality as well (Bawaslu Regulation 6/2018, not read "
        "by us), and since 14 November 2024 Art. 188 of Law 1/2015 reaches them too "
        "(Constitutional Court 136/PUU-XXII/2024, read in the press). Ask your superior or the "
        "legal office of your service before you act.",
    ),
    "company": Words(
        "Pegawai dan pengurus BUMN atau BUMD terikat peraturan perusahaannya dan undang-undang "
        "pemilu; aturan itu belum ada dalam data hukum ini. Tanyakan kepada bagian hukum "
        "perusahaan Anda atau Bawaslu sebelum berbuat.",
        "Staff and directors of a state's or region's company are bound by its rules and by the "
        "election law; those are not in this law data yet. Ask your company's legal office or "
        "Bawaslu before you act.",
    ),
}
"""By `Understanding.bound_elsewhere`: whose rules bind who asks."""
_NO_ANSWER = Words(
    "BELUM ADA JAWABAN; ITU TIDAK BERARTI BOLEH", "NO ANSWER YET; THAT DOES NOT MEAN ALLOWED"
)
_ONE_DECIDES = Words(
    "SATU HAL MENENTUKAN; TANPA ITU BELUM ADA JAWABAN", "ONE THING DECIDES; NO ANSWER WITHOUT IT"
)
_WITHHELD = Words(
    "Yang boleh di sini tidak mencakup apa yang Anda sebut",
    "What is allowed here does not reach what you tell",
)
_ONLY_ABOUT = Words(
    "Hanya tentang ini; yang lain belum dijawab, dan itu tidak berarti boleh",
    "Only about this; the rest is not answered, and that does not mean allowed",
)
_ADD = Words("Ulangi pertanyaannya dengan tambahan:", "Ask again and add:")
_NOT_KNOWN = Words("Saya tidak tahu", "I do not know")
_UNTIL_CLEAR = Words("Sampai itu jelas", "Until that is clear")
_UNDERSTOOD = Words("Yang dipahami", "Understood")
_ASSUMED = Words("Yang dianggap, karena tidak disebut", "Assumed, as it was not said")
_SETTLED_ROLES = ("applied", "contested", "permission")


def answer_text(law: Library, found: Answer, language: str = "id") -> str:
    """The answer as lines: verdict, safe course, basis, sanction, what would change it, who
    disagrees."""
    if found.status == "ask_first":
        return "\n".join(_asked_back(law, found, language)) + "\n"
    before = forewords(found.understanding) if found.status != "outside" else ()
    lines = [line for words in before for line in (words.in_language(language), "")]
    lines.append(headline(found).in_language(language))
    said = review_words(found) if found.status == "review" else _STATUS.get(found.status)
    if _is_bound_elsewhere(found):
        said = OTHER_RULES[found.understanding.bound_elsewhere]
    if _says_nothing(found):
        said = SAY_MORE
    if said is not None:
        lines += ["", said.in_language(language)]
    if found.status == "choose_act":
        for reading in found.understanding.readings[:3]:
            lines.append(f"  - {law.act(reading.act).name.in_language(language)} [{reading.act}]")
    for part in found.parts if found.status != "choose_act" else ():
        lines += ["", *_part(law, found, part, language)]
    return "\n".join(lines) + "\n"


def _asked_back(law: Library, found: Answer, language: str) -> Iterator[str]:
    """The question that decides with its choices, and what is safe meanwhile; no verdict yet."""
    yield _ONE_DECIDES.in_language(language)
    for item in found.ask:
        choices = [(words, f"--fact {item.fact}={value}") for value, words in item.answers]
        rows = [*choices, (_NOT_KNOWN, f"--asked {item.fact}")]
        width = max(len(words.in_language(language)) for words, _option in rows)
        yield from ("", item.ask.in_language(language))
        yield _ADD.in_language(language)
        yield from (f"  {words.in_language(language):{width}}  {option}" for words, option in rows)
    yield ""
    for part in filter(None, (found.worst,)):
        safe = part.shown.finding.safe
        yield f"{_UNTIL_CLEAR.in_language(language)}: {safe.in_language(language)}"
        yield from _facts(law, part, language, but={item.fact for item in found.ask})


def headline(found: Answer) -> Words:
    """The verdict; none of the nearest acts' while it is not known which of them is meant."""
    if found.status == "ask_first":
        return _ONE_DECIDES
    unread = found.status in ("choose_act", "partial") or _says_nothing(found)
    if unread or _is_bound_elsewhere(found) or (found.worst is None and found.status != "outside"):
        return _NO_ANSWER
    if found.worst is None or found.status == "outside":
        return _OUTSIDE
    return _loud(heading_words(found.worst, found))


def _loud(words: Words) -> Words:
    """In capitals, but for the kind of breach."""
    told = [text.partition(" (") for text in (words.id, words.en)]
    return Words(*("".join((word.upper(), mark, kind)) for word, mark, kind in told))


def _says_nothing(found: Answer) -> bool:
    return found.status == "outside" and found.understanding.says_nothing


def _is_bound_elsewhere(found: Answer) -> bool:
    """Whether no verdict is given because other rules bind who asks."""
    return found.status == "outside" and bool(found.understanding.bound_elsewhere)


def _part(law: Library, found: Answer, part: Part, language: str) -> Iterator[str]:
    finding = part.guess.finding

    def heading(key: str) -> str:
        return HEADINGS[key].in_language(language)

    name = law.act(part.act).name.in_language(language)
    if part.unanswered:
        quoted = "; ".join(f"“{piece}”" for piece in part.unanswered)
        yield f"{name}. {_ONLY_ABOUT.in_language(language)}: {quoted}"
    else:
        yield f"{name}: {_loud(heading_words(part, found)).in_language(language)}"
    if part.withheld:
        yield f"{_WITHHELD.in_language(language)}: " + "; ".join(
            law.facts.label(*pair).in_language(language) for pair in part.withheld
        )
    yield f"{heading('safe')}: {finding.safe.in_language(language)}"
    for key, rows in (
        (
            "conditions",
            []
            if part.permits_nothing
            else [item.in_language(language) for item in finding.conditions],
        ),
        ("provisions", [_cited(law, name, language) for name in _basis(part)]),
        ("sanctions", _sanctions(part, language)),
        ("questions", [_question(item, language) for item in part.ask]),
        ("contests", list(_disagreements(law, part, language))),
    ):
        if rows:
            yield f"{heading(key)}:"
            yield from (f"  - {row}" for row in rows)
    yield from _facts(law, part, language)


def _facts(law: Library, part: Part, language: str, but: Collection[str] = ()) -> Iterator[str]:
    used = {fact for fact, _value in part.guess.finding.used}
    assumed = [pair for pair in part.assumed if pair[0] in used]
    for title, facts in ((_UNDERSTOOD, part.situation.facts.items()), (_ASSUMED, assumed)):
        words = [
            law.facts.label(name, value).in_language(language)
            for name, value in facts
            if name not in but
        ]
        if words:
            yield f"{title.in_language(language)}: {'; '.join(words)}"


def _basis(part: Part) -> list[str]:
    cited = part.guess.finding.citations
    settled = [item.provision for item in cited if item.role in _SETTLED_ROLES]
    return settled or [item.provision for item in cited]


def _cited(law: Library, provision: str, language: str) -> str:
    return f"{citation(law, provision, language)} [{provision}]"


def _sanctions(part: Part, language: str) -> list[str]:
    return [
        f"{item.name.in_language(language)}: "
        + "; ".join(option.in_language(language) for option in item.options)
        for item in part.guess.finding.sanctions
    ]


def _disagreements(law: Library, part: Part, language: str) -> Iterator[str]:
    for name in part.guess.finding.contests:
        for position in law.contests[name].positions:
            told = f"{position.named(language)} ({when(position.when, language)})"
            yield f"{told}: {position.says.in_language(language)}"


def _question(item: Question, language: str) -> str:
    options = " / ".join(words.in_language(language) for _, words in item.answers)
    return f"{item.ask.in_language(language)} ({options})"


def answer_json(found: Answer) -> dict[str, Any]:
    """The answer as plain values; words in both languages."""
    read = found.understanding
    return {
        "question": read.text,
        "heading": both(headline(found)),
        "outcome": found.outcome,
        "class": found.klass,
        "status": found.status,
        "confidence": round(found.confidence, 3),
        "scope": read.scope,
        "bound_elsewhere": read.bound_elsewhere or None,
        "ordered": read.ordered,
        "of_another": read.of_another,
        "of_kin": read.of_kin,
        "acts": [part.act for part in found.parts],
        "readings": [{"act": item.act, "score": round(item.score, 3)} for item in read.readings],
        "given": [
            {"fact": item.fact, "value": item.value, "start": item.start, "end": item.end,
             "words": item.words}
            for item in read.given
        ],
        "parts": [_part_json(found, part) for part in found.parts if found.status != "choose_act"],
        "provisions": list(found.provisions),
        "ask": [_question_json(item) for item in found.ask],
    }  # fmt: skip


def _part_json(found: Answer, part: Part) -> dict[str, Any]:
    finding = part.guess.finding
    return {
        "act": part.act,
        "heading": both(heading_words(part, found)),
        "outcome": part.outcome,
        "facts": dict(part.situation.facts),
        "assumed": part.relied_on,
        "withheld": [list(pair) for pair in part.withheld],
        "unanswered": list(part.unanswered),
        "verdict": part.shown.outcome.value,
        "verdict_told_alone": part.verdict.outcome.value,
        "law": {"on": part.verdict.on.isoformat(), "version": part.verdict.law_version},
        "safe": {"id": finding.safe.id, "en": finding.safe.en},
        "provisions": list(part.guess.provisions),
        "contests": list(finding.contests),
        "ask": [_question_json(item) for item in part.ask],
    }


def _question_json(item: Question) -> dict[str, Any]:
    return {
        "fact": item.fact,
        "id": item.ask.id,
        "en": item.ask.en,
        "options": [
            {"value": value, "id": words.id, "en": words.en} for value, words in item.answers
        ],
    }
