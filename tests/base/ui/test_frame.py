"""The frame: small, strict, and without a party's colours or signs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

BASE = Path(settings.CHECKOUT) / "src/netral/base"
SOURCES = Path(settings.CHECKOUT) / "src/netral"
SHEET = BASE / "static/netral/css/netral.css"
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*(?:\ssrc=|application/json))|\son[a-z]+=\"|javascript:", re.I
)
SIGNS = {"thumbs-up", "thumbs-down", "heart", "hand", "vote", "check", "check-check"}


def test_the_sheet_is_small() -> None:
    assert SHEET.stat().st_size < 30_000


def test_templates_carry_no_inline_script_or_style() -> None:
    guilty = [
        f"{path.relative_to(SOURCES)}: {found[0]}"
        for path in TEMPLATES
        if (found := INLINE.search(path.read_text("utf-8")))
    ]
    assert not guilty


def test_a_table_of_many_columns_becomes_cards_on_the_phone() -> None:
    """Else its last figures stand out of sight at 360 px, and nobody knows they are there."""
    wide = [
        path.name
        for path in TEMPLATES
        for table in re.findall(r'<table class="table">.*?</thead>', path.read_text("utf-8"), re.S)
        if len(re.findall(r"<th |sort_header", table)) > 3
    ]
    assert wide == ["style.html"]  # shows the frame that scrolls


def test_no_page_asks_another_host_for_anything() -> None:
    elsewhere = re.compile(r"""(?:src|href)=["'](?:https?:)?//|url\(["']?(?:https?:)?//""")
    files = [*TEMPLATES, *SOURCES.glob("*/static/**/*.css")]
    assert not [path for path in files if elsewhere.search(path.read_text("utf-8"))]


def test_no_icon_is_a_sign_somebody_could_read_as_a_side() -> None:
    icons = {path.stem for path in (BASE / "static/vendor/icons").glob("*.svg")}
    assert icons
    assert not icons & SIGNS


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_the_style_page_is_for_demonstrations(
    client: Client, settings: object, demo: bool, status: int
) -> None:
    settings.DEMO = demo  # type: ignore[attr-defined]
    settings.DEBUG = False  # type: ignore[attr-defined]
    assert client.get("/gaya/").status_code == status
