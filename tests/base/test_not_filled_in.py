"""A field that was left empty is called "isian": "bidang", Django's word, is a kind of unit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.forms import BaseForm
from django.urls import get_resolver
from django.utils.translation import override

from netral.people.forms.pickers import PersonField, UnitField

UNSEEN = ("django.forms.formsets", "django.contrib.admin")


def every_form(above: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    for form in above.__subclasses__():
        if not form.__module__.startswith(UNSEEN):
            yield form
        yield from every_form(form)


def test_no_form_says_bidang_of_a_field() -> None:
    assert get_resolver().url_patterns  # brings every view, and so every form
    named, said = set(), set()
    with override("id"):
        for form in every_form():
            named.add(form.__name__)
            for name, field in getattr(form, "base_fields", {}).items():
                message = str(field.error_messages["required"])
                assert "Bidang" not in message, (form, name)
                said.add(message)
    assert {"PostingForm", "LoginForm", "ReauthenticateForm"} <= named
    assert "Isian ini belum diisi." in said


@pytest.mark.parametrize(
    ("field", "said"), [(UnitField, "Pilih unitnya."), (PersonField, "Pilih orangnya.")]
)
def test_what_is_picked_is_named(field: type, said: str) -> None:
    with override("id"):
        assert str(field().error_messages["required"]) == said
