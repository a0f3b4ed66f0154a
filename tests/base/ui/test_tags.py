"""Template tags: figures that do not flatter, addresses that keep their filters."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation

from netral.base.templatetags import ui


def render(source: str, address: str = "/", **values: object) -> str:
    request = RequestFactory().get(address)
    return Template(source).render(Context({"request": request, **values}))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, "–"),
        (0, 18_000, "0%"),
        (1, 18_000, "<1%"),
        (179, 18_000, "<1%"),
        (180, 18_000, "1%"),
        (17_999, 18_000, "99%"),
        (18_000, 18_000, "100%"),
        (71, 100, "71%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_to_none(part: int, whole: int, shown: str) -> None:
    assert ui.percent(part, whole) == shown


def test_a_meter_carries_plain_numbers_though_people_read_thousands_marks() -> None:
    shown = render("{% meter 14906 18000 %}")
    assert 'max="18000"' in shown
    assert 'value="14906"' in shown
    assert "82%" not in shown
    assert "83%" in shown


def test_a_meter_may_say_the_numbers_beside_the_share() -> None:
    with translation.override("id"):
        shown = render("{% meter 1 18000 counted=True %}")
    assert '<span class="meter-figure">1 dari 18.000 (&lt;1%)</span>' in shown


def test_a_meter_over_nobody_is_valid_markup() -> None:
    assert 'max="1" value="0"' in render("{% meter 0 0 %}")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "13.30 WIB"),
        ("Asia/Makassar", "14.30 WITA"),
        ("Asia/Jayapura", "15.30 WIT"),
    ],
)
def test_a_moment_names_its_zone(zone: str, shown: str) -> None:
    with timezone.override(zone), translation.override("id"):
        text = ui.moment(datetime(2026, 11, 22, 6, 30, tzinfo=UTC))
    assert text == f"22 November 2026, pukul {shown}"


def test_changing_one_argument_keeps_the_others() -> None:
    shown = render("{% with_query page=3 q=None %}", "/?q=siti&unit=a&unit=b&page=2")
    assert shown == "?unit=a&unit=b&page=3".replace("&", "&amp;")


def test_the_pager_says_where_one_is_and_offers_both_ways() -> None:
    page = Paginator(range(18_000), 50).get_page(3)
    with translation.override("id"):
        shown = render("{% pager page %}", "/?sort=name&page=3", page=page)
    assert "101–150 dari 18.000" in shown
    assert "?sort=name&amp;page=2" in shown
    assert "?sort=name&amp;page=4" in shown


def test_a_single_page_has_no_pager() -> None:
    assert render("{% pager page %}", page=Paginator(range(3), 50).get_page(1)).strip() == ""


@pytest.mark.parametrize(
    ("address", "state", "leads_to"),
    [
        ("/?page=4", None, "?sort=name"),
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
    ],
)
def test_a_sorted_column_says_so_and_turns_round(
    address: str, state: str | None, leads_to: str
) -> None:
    shown = render('{% sort_header "name" "Nama" %}', address)
    assert f'href="{leads_to}"' in shown
    found = re.search(r'aria-sort="(\w+)"', shown)
    assert (found and found[1]) == state


@pytest.mark.parametrize(
    ("address", "state"),
    [("/", "descending"), ("/?sort=name", None), ("/?sort=staff", "ascending")],
)
def test_the_order_nobody_asked_for_is_shown_too(address: str, state: str | None) -> None:
    shown = render('{% sort_header "staff" "Pegawai" "num" default="-staff" %}', address)
    found = re.search(r'aria-sort="(\w+)"', shown)
    assert (found and found[1]) == state


def test_an_icon_is_silent_and_an_unknown_one_is_a_mistake() -> None:
    assert 'aria-hidden="true"' in render('{% icon "users" %}')
    with pytest.raises(TemplateSyntaxError, match="frontend"):
        render('{% icon "thumbs-up" %}')


def test_a_name_at_the_end_of_a_sentence_brings_no_second_full_stop() -> None:
    assert f"milik {ui.before_stop('Sari, A.Md.')}." == "milik Sari, A.Md."
    assert ui.before_stop("Sari") == "Sari"
