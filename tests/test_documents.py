"""The documents: every link inside them leads somewhere, every code name in the glossary exists."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.conf import settings

CHECKOUT = Path(settings.CHECKOUT)
DOCUMENTS = sorted(
    [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md"), *CHECKOUT.glob("bench/**/*.md")]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
INDEXES = sorted((CHECKOUT / "docs/manual").glob("*/index.md"))


def anchors(text: str) -> set[str]:
    """The anchors that readers of Markdown make of headings."""
    titles = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken_links(document: Path) -> list[str]:
    found = []
    for target in LINK.findall(FENCE.sub("", document.read_text("utf-8"))):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (document.parent / unquote(path)).resolve() if path else document
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            found.append(target)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_links_inside_a_document_lead_somewhere(document: Path) -> None:
    assert broken_links(document) == []


@pytest.mark.parametrize("index", INDEXES, ids=lambda path: path.parent.name)
def test_the_index_of_a_manual_names_every_chapter(index: Path) -> None:
    chapters = {path.name for path in index.parent.glob("*.md")} - {"index.md"}
    assert chapters <= set(LINK.findall(index.read_text("utf-8")))


def test_both_manuals_have_the_same_chapters() -> None:
    chapters = {
        index.parent.name: {path.name for path in index.parent.glob("*.md")} for index in INDEXES
    }
    assert set(chapters) == {"en", "id"}
    assert chapters["en"] == chapters["id"]


def test_names_of_code_in_the_glossary_exist() -> None:
    rows = (CHECKOUT / "docs/glossary.md").read_text("utf-8").splitlines()
    models = {model.__name__: model for model in apps.get_models()}
    for name in re.findall(r"\| `([A-Z][\w.]+)` \|", "\n".join(rows)):
        first, *rest = name.split(".")
        value: object = models[first]
        for part in rest:
            value = getattr(value, part)


def test_sidik_jari_is_said_of_fingers_only() -> None:
    """What a computation makes of a text, a file or a certificate is its ``sidik`` (glossary)."""
    sources = [
        path
        for pattern in ("src/**/*.html", "src/**/*.py", "src/**/*.typ", "docs/manual/id/*.md")
        for path in CHECKOUT.glob(pattern)
    ]
    assert len(sources) > 300
    of_things = re.compile(
        r"sidik\s+jari\s+(naskah|sertifikat|berkas|isi|titik|kunci|dokumen|segel|pohon|SHA)", re.I
    )
    assert [path for path in sources if of_things.search(path.read_text("utf-8"))] == []
