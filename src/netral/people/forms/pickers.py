"""Choosing one of thousands without JavaScript: type a part, and pick when several match.

A select of 2,400 units is slow on any machine and hopeless on a phone. Here the field is text;
when what was typed fits several, the form comes back with those as a short list of radios.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from netral.people.folding import matching_key
from netral.people.models import Government, Person, Unit
from netral.people.queries import staff as staff_queries
from netral.people.queries import units as unit_queries
from netral.people.queries.reach import Reach

SHOWN = 20


class Picker:
    """A text field and its hidden twin, a list of radios shown only when it is needed."""

    nothing = _("Tidak ada yang cocok; periksa ejaannya atau tulis sebagian saja.")
    several = _("Ada beberapa yang cocok; pilih salah satu di bawah ini.")
    too_many = _("Terlalu banyak yang cocok; tulis lebih lengkap.")

    def __init__(self, form: forms.Form, name: str) -> None:
        self.form, self.name, self.choice_name = form, name, f"{name}_choice"
        # Text, not a list of choices: what may be chosen is only known once the text is read.
        form.fields[self.choice_name] = forms.CharField(
            label=_("Yang dimaksud"), required=False, widget=forms.HiddenInput
        )

    def find(self, text: str) -> Sequence[Any]:
        raise NotImplementedError

    def labels(self, found: Sequence[Any]) -> list[tuple[str, str]]:
        raise NotImplementedError

    def exact(self, text: str, found: Sequence[Any]) -> list[Any]:
        raise NotImplementedError

    def pick(self, text: str) -> Any:
        """The one that was meant; otherwise ``ValidationError``, with radios when it helps."""
        found = list(self.find(text))
        if not found:
            raise ValidationError(self.nothing)
        chosen = self.form.data.get(self.form.add_prefix(self.choice_name), "")
        for candidate in found[:SHOWN]:
            if str(candidate.pk) == chosen:
                return candidate
        exact = self.exact(text, found)
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if len(found) > SHOWN and len(exact) < 2:
            raise ValidationError(self.too_many)
        self._offer(exact or found)
        raise ValidationError(self.several)

    def _offer(self, found: Sequence[Any]) -> None:
        widget = forms.RadioSelect(choices=self.labels(found[:SHOWN]))
        self.form.fields[self.choice_name].widget = widget


class UnitPicker(Picker):
    """``initial`` unit stays chosen while its name is left standing."""

    nothing = _("Tidak ada unit bernama itu; periksa ejaannya atau tulis sebagian namanya.")

    def __init__(
        self,
        form: forms.Form,
        name: str,
        *,
        reach: Reach,
        government: Government,
        initial: Unit | None = None,
    ) -> None:
        super().__init__(form, name)
        self.reach, self.government, self.initial = reach, government, initial
        if initial:
            form.initial.setdefault(name, initial.name)

    def pick(self, text: str) -> Unit:
        if self.initial and text == self.initial.name:
            return self.initial
        unit: Unit = super().pick(text)
        return unit

    def find(self, text: str) -> Sequence[Unit]:
        return list(unit_queries.search(self.reach, self.government, text)[: SHOWN * 5 + 1])

    def exact(self, text: str, found: Sequence[Unit]) -> list[Unit]:
        return [unit for unit in found if unit.name_key == matching_key(text)]

    def labels(self, found: Sequence[Unit]) -> list[tuple[str, str]]:
        paths = unit_queries.paths_of(list(found))
        return [
            (str(unit.pk), f"{unit.name} ({paths[unit.pk]})" if unit.pk in paths else unit.name)
            for unit in found
        ]


class PersonPicker(Picker):
    nothing = _("Tidak ada pegawai dengan nama atau nomor itu; periksa lagi.")

    def __init__(
        self,
        form: forms.Form,
        name: str,
        *,
        reach: Reach,
        government: Government,
        besides: Person | None = None,
    ) -> None:
        super().__init__(form, name)
        self.reach, self.government, self.besides = reach, government, besides

    def find(self, text: str) -> Sequence[Person]:
        person = staff_queries.find_by_identifier(self.reach, self.government, text)
        if person:
            return [person] if person != self.besides else []
        filters = staff_queries.StaffFilters(text=text)
        people = staff_queries.staff(self.reach, self.government, filters)
        if self.besides:
            people = people.exclude(pk=self.besides.pk)
        return list(staff_queries.sorted_staff(people, "name")[: SHOWN + 1])

    def exact(self, text: str, found: Sequence[Person]) -> list[Person]:
        return [person for person in found if person.name_key == matching_key(text)]

    def labels(self, found: Sequence[Person]) -> list[tuple[str, str]]:
        return [(str(person.pk), _label(person)) for person in found]


def _label(person: Person) -> str:
    current = getattr(person, "current", None)
    where = f" · {current.unit.name}" if current else ""
    return f"{person.full_name} · {person.identifier}{where}"


class DayInput(forms.DateInput):
    """The browser's own calendar; ISO inside, written as the reader's language writes it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
