"""Sentences in templates: "disetujui oleh Sari, M.Si.." has a full stop too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[3] / "src/netral"
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
BLOCK = re.compile(r"{% blocktranslate (.*?)%}(.*?){% endblocktranslate %}", re.DOTALL)
WHO = r"[\w.]*(?:full_name|(?:actor|person|officer|account|leader|witness|\w+_by)\.name)"


def sentences_that_end_with_a_name(text: str) -> Iterator[str]:
    """Names of people end in a degree, and that in a full stop: ``before_stop`` takes it away."""
    for given, words in BLOCK.findall(text):
        for variable in re.findall(rf"(\w+)={WHO}(?=\s|$)", given):
            if re.search(rf"{{{{ {variable} }}}}(</\w+>)?\.(?!\w)", words):
                yield words
    yield from re.findall(rf"{{{{ {WHO} }}}}(?:</\w+>)?\.(?!\w)", text)


def test_no_sentence_ends_with_the_name_of_somebody() -> None:
    found = {
        str(file.relative_to(SOURCES)): said
        for file in TEMPLATES
        if (said := list(sentences_that_end_with_a_name(file.read_text("utf-8"))))
    }
    assert TEMPLATES and not found, "put the words in another order"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            "{% blocktranslate trimmed with a=x.decided_by.name %}oleh {{ a }}.{% endblocktranslate %}",
            1,
        ),
        ("{% blocktranslate with a=x.full_name|before_stop %}{{ a }}.{% endblocktranslate %}", 0),
        ("{% blocktranslate with a=x.full_name %}{{ a }} pergi.{% endblocktranslate %}", 0),
        ("<b>{{ one.person.full_name }}</b>.", 1),
    ],
)
def test_the_search_finds_them(text: str, ends: int) -> None:
    assert len(list(sentences_that_end_with_a_name(text))) == ends
