"""Forms: a problem stands beside its field and is tied to it; long forms list them at the top."""

from __future__ import annotations

import re

from django import forms
from django.utils import translation


class OneField(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti pada SK.")
    place = forms.CharField(label="Tempat", required=False)


class ThreeFields(OneField):
    day = forms.DateField(label="Tanggal")
    way = forms.ChoiceField(label="Cara", widget=forms.RadioSelect, choices=[("a", "A")])
    sure = forms.BooleanField(label="Sudah diperiksa")


def test_a_field_has_a_label_a_help_and_says_when_it_may_stay_empty() -> None:
    with translation.override("id"):
        shown = str(OneField())
    assert '<label for="id_name">Nama</label>' in shown
    assert 'aria-describedby="id_name_helptext"' in shown
    assert 'id="id_name_helptext"' in shown
    assert shown.count("(boleh kosong)") == 1


def test_a_problem_is_tied_to_its_field() -> None:
    shown = str(OneField({"name": ""}))
    assert 'aria-invalid="true"' in shown
    described = re.search(r'aria-describedby="([^"]*)"', shown)
    assert described is not None
    for key in described[1].split():
        assert f'id="{key}"' in shown
    assert "has-problem" in shown
    assert "perlu-diperbaiki" not in shown


def test_several_problems_are_listed_first_with_a_way_to_each() -> None:
    shown = str(ThreeFields({}))
    summary, _, fields = shown.partition("</section>")
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == 4
    for target in links:
        assert f'id="{target}"' in fields


def test_choices_stand_in_a_group_with_a_name() -> None:
    shown = str(ThreeFields())
    assert "<fieldset" in shown
    assert "<legend>Cara</legend>" in shown
