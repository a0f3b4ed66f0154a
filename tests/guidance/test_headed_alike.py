"""The page, the terminal and JSON head an answer with the same words."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client

from netral.law import library
from netral.law.asking import Said, converse
from netral.law.asking.show import answer_json, answer_text

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "pake jaket partai pas hujan soalnya ga ada lagi",
    "bos maksa pake kaos paslon pas senam pagi",
    "nerima amplop serangan fajar 100rb boleh ga?",
    "asn golput bisa disanksi?",
    "boleh gak pns like postingan calon bupati?",
    "pns boleh nyoblos kan",
    "jual beli suara",
    "saya pns, nonton kampanye dari pinggir lapangan diam saja boleh?",
    "pakai kaos partai boleh?",
    "ikut tim sukses",
)


def page_of(question: str, language: str = "id") -> str:
    client = Client(headers={"accept-language": language})
    return unescape(client.post("/tanya/", {"pertanyaan": question}).content.decode())


def headed(page: str) -> list[str]:
    found = re.findall(r'data-keep="word">(.*?)</span>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", item).split()) for item in found]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_way_heads_an_answer_alike(question: str) -> None:
    page = page_of(question)
    words = headed(page)
    found = converse(Said(question))
    printed_text = answer_text(library(), found)
    told = answer_json(found)
    assert [item["heading"]["id"] for item in told["parts"]] == [
        words[[part.act for part in found.gravest_first].index(part.act)] if words else ""
        for part in (found.parts if found.status != "choose_act" else ())
    ]
    if words:
        assert words[0].casefold() in printed_text.casefold()
        assert told["heading"]["id"].casefold() == words[0].casefold()
        for name in (part.act for part in found.parts):
            assert library().act(name).name.id in printed_text
    else:
        assert found.status in ("choose_act", "ask_first", "outside")
        assert printed_text.startswith(told["heading"]["id"]) or found.understanding.ordered
    answer = Client().post(
        "/api/hukum/ask", json.dumps({"question": question}), content_type="application/json"
    )
    assert json.loads(answer.content)["heading"] == told["heading"]


def test_what_leans_is_not_first_forbidden_and_then_undecided() -> None:
    question = "pake jaket partai pas hujan soalnya ga ada lagi"
    text = answer_text(library(), converse(Said(question)))
    assert text.startswith("ANGGAP DILARANG\n")
    assert "belum memutus" not in text and "tidak cukup untuk memutuskan" not in text
    sentence = "Karena kewajiban umum untuk netral, anggap dilarang sampai dijawab penelaah hukum."
    assert sentence in text and sentence in page_of(question)
    english = answer_text(library(), converse(Said(question)), "en")
    assert english.startswith("TREAT AS FORBIDDEN\n")


def test_english_names_who_disagrees_in_english() -> None:
    text = answer_text(library(), converse(Said("boleh golput?", acts=("abstain",))), "en")
    assert "Minister of Home Affairs (2019)" in text and "Mendagri" not in text
