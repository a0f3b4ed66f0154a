"""Choosing one of thousands: type a part, and pick when several match.

A select of 2,400 units is slow on any machine and hopeless on a phone. Here the field is text;
what fits comes back as a short list of radios with the path below each name. Without JavaScript a
button asks the form for that list; ``js/picker.js`` presses it while one types, so that both ways
are answered by the same form within the same limits and there is no address to guard beside it.

Any feature offers units with :class:`UnitField` in a form that begins with :class:`PickingForm`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.people.folding import matching_key, without_degrees
from netral.people.models import Government, Person, Unit
from netral.people.queries import staff as staff_queries
from netral.people.queries import units as unit_queries
from netral.people.queries.reach import Reach

SHOWN = 20
DECLINED = "-"
"""Key of "none of these" beside what a search found. Not empty, and not marked by itself: words in
the field then mean nothing only when somebody has said so."""


@dataclass(frozen=True)
class Typed:
    """What came from the browser."""

    text: str = ""
    choice: str = ""
    """The key of the radio that is marked."""
    only_asked: bool = False
    """The button beside the field was pressed: show what fits, do nothing yet."""


@dataclass(frozen=True)
class Line:
    """One radio."""

    key: str
    name: str
    note: str = ""


class PickerWidget(forms.Widget):
    """Text, a button that searches, and the radios. The field says which ones."""

    template_name = "people/forms/picker.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.lines: list[Line] = []
        self.total = 0
        self.search_label: Any = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(
            text=str(data.get(name) or "").strip(),
            choice=str(data.get(f"{name}_choice") or ""),
            only_asked=f"{name}_cari" in data,
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_choice" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # a marked radio is enough

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Typed) else Typed(choice=str(value.pk) if value else "")
        context["widget"] |= {
            "typed": typed,
            "lines": self.lines,
            "shown": sum(1 for line in self.lines if line.key not in ("", DECLINED)),
            "declined": DECLINED,
            "total": self.total,
            "search_label": self.search_label,
        }
        return context


class PickField(forms.Field):
    """What the two kinds have in common. ``empty_label`` says what choosing nobody means."""

    widget = PickerWidget
    nothing: Any
    search_label: Any
    takes_only_match = True
    """Whether words that fit one row only are enough, without its radio being marked."""

    def __init__(self, *, empty_label: Any = "", **options: Any) -> None:
        super().__init__(**options)
        self.empty_label = empty_label
        self.widget.search_label = self.search_label
        self.only_asked = False
        self.kept: Any = None
        """What the form began with; it may stay even when it could not be chosen anew."""
        self.found: Sequence[Any] = ()

    def search(self, text: str) -> tuple[list[Any], int]:
        """The first of what fits, at most ``SHOWN``, and how many fit."""
        raise NotImplementedError

    def by_key(self, key: str) -> Any:
        """The row of a marked radio as far as it may be chosen, else ``None``."""
        raise NotImplementedError

    def is_meant(self, one: Any, text: str) -> bool:
        """Whether ``text`` is all that can be written of ``one``, not a part of it."""
        return bool(one.name_key == matching_key(text))

    def lines_of(self, found: Sequence[Any]) -> list[Line]:
        raise NotImplementedError

    def people_found(self) -> set[UUID]:
        """Whose names a search of this field shows; nobody's where its rows are no people."""
        return set()

    def begin_with(self, chosen: Any) -> None:
        self.kept = chosen
        self.show([chosen] if chosen else [])

    def show(self, found: Sequence[Any], total: int = 0, *, searched: bool = False) -> None:
        none = Line(DECLINED if searched else "", str(self.empty_label or gettext("Tanpa")))
        empty = [] if self.required else [none]
        self.widget.lines = [*empty, *self.lines_of(found)]
        self.widget.total = total

    def clean(self, value: Typed) -> Any:
        """The one that was meant; otherwise ``ValidationError``, with radios when it helps."""
        self.only_asked = value.only_asked
        is_declined = value.choice == DECLINED and not (self.required or self.only_asked)
        if not value.text or is_declined:
            return self._clean_marked(value)
        self.found, total = self.search(value.text)
        found = self.found
        self.show(found, total, searched=True)
        if not found:
            raise ValidationError(self.nothing)
        marked = [one for one in found if str(one.pk) == value.choice]
        exact = [one for one in found if self.is_meant(one, value.text)]
        only = found if total == 1 and self.takes_only_match else []
        meant = marked or (exact if len(exact) == 1 else only)
        if len(meant) == 1:
            return meant[0]
        if self.only_asked:
            return None
        raise ValidationError(
            gettext("Ada %(total)s yang cocok; pilih salah satu.") % {"total": total}
        )

    def _clean_marked(self, value: Typed) -> Any:
        marked = self.by_key(value.choice) if value.choice not in ("", DECLINED) else None
        if marked is None and self.kept and str(self.kept.pk) == value.choice:
            marked = self.kept
        self.show([marked] if marked else [], searched=bool(value.text))
        if marked is None and self.required and not self.only_asked:
            raise ValidationError(self.error_messages["required"], code="required")
        return marked


class PickingForm(forms.Form):
    """A form with such fields. While one only searches, nothing else is complained about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, PickField):
                field.begin_with(self.get_initial_for_field(field, name))

    @property
    def only_asked(self) -> bool:
        return any(field.only_asked for field in self._pickers().values())

    def people_found(self) -> set[UUID]:
        """Everybody whose name this answer lists after a search, for the record of lists opened.

        One person that fits alone is no list: whoever typed them knew whom they meant.
        """
        lists = (field.people_found() for field in self._pickers().values())
        return set().union(*(people for people in lists if len(people) > 1))

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.only_asked:
            asked = {name for name, field in self._pickers().items() if field.only_asked}
            kept = {name: found for name, found in self.errors.items() if name in asked}
            self._errors = ErrorDict(kept)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.only_asked

    def _pickers(self) -> dict[str, PickField]:
        return {name: one for name, one in self.fields.items() if isinstance(one, PickField)}


class UnitField(PickField):
    """One of ``units``, which the form sets: ``form.fields["unit"].units = …``."""

    nothing = _("Tidak ada unit yang cocok; periksa ejaannya atau tulis sebagian namanya.")
    search_label = _("Cari unit")
    default_error_messages = {"required": _("Pilih unitnya.")}
    units: QuerySet[Unit] = Unit.objects.none()

    def search(self, text: str) -> tuple[list[Unit], int]:
        found = unit_queries.search(self.units, text)
        first = list(found[: SHOWN + 1])
        return first[:SHOWN], len(first) if len(first) <= SHOWN else found.count()

    def by_key(self, key: str) -> Unit | None:
        try:
            return self.units.filter(pk=key).first()
        except ValidationError:  # no key at all
            return None

    def lines_of(self, found: Sequence[Unit]) -> list[Line]:
        paths = unit_queries.paths_of(list(found))
        return [Line(str(unit.pk), unit.name, paths.get(unit.pk, "")) for unit in found]


class PersonField(PickField):
    """Somebody of the register within ``reach``, by name, number or local id."""

    nothing = _("Tidak ada pegawai dengan nama atau nomor itu; periksa lagi.")
    search_label = _("Cari pegawai")
    default_error_messages = {"required": _("Pilih orangnya.")}
    reach: Reach
    government: Government
    besides: Person | None = None
    is_besides: Any = ""
    """What is said to whoever types ``besides``; otherwise :attr:`nothing`, which is not true."""

    def clean(self, value: Typed) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            if self.found or not self._names_besides(value.text):
                raise
            raise ValidationError(self.is_besides or self.nothing) from None

    def _names_besides(self, text: str) -> bool:
        if self.besides is None or not text:
            return False
        return matching_key(without_degrees(text)) == self.besides.name_key or text in (
            self.besides.number,
            self.besides.local_id,
        )

    def is_meant(self, one: Any, text: str) -> bool:
        """Never by a name that others begin with or share: the one who is meant is marked."""
        return False

    def search(self, text: str) -> tuple[list[Person], int]:
        person = staff_queries.find_by_identifier(self.reach, self.government, text)
        if person and person == self.besides:
            return [], 0
        if person:  # once more with the office, which the list shows beside the number
            placed = staff_queries.sorted_staff(
                self._people(staff_queries.StaffFilters()).filter(pk=person.pk), "name"
            )
            return list(placed) or [person], 1
        found, total = self._search_names(text)
        bare = without_degrees(text)
        return (found, total) if found or bare in ("", text) else self._search_names(bare)

    def _search_names(self, text: str) -> tuple[list[Person], int]:
        people = self._people(staff_queries.StaffFilters(text=text))
        first = staff_queries.best_named(people, text, SHOWN + 1)
        return first[:SHOWN], len(first) if len(first) <= SHOWN else people.count()

    def by_key(self, key: str) -> Person | None:
        try:
            return self._people(staff_queries.StaffFilters()).filter(pk=key).first()
        except ValidationError:
            return None

    def _people(self, filters: staff_queries.StaffFilters) -> staff_queries.Staff:
        people = staff_queries.staff(self.reach, self.government, filters)
        return people.exclude(pk=self.besides.pk) if self.besides else people

    def people_found(self) -> set[UUID]:
        return {person.pk for person in self.found}

    def lines_of(self, found: Sequence[Person]) -> list[Line]:
        return [Line(str(one.pk), one.full_name, whereabouts(one)) for one in found]


def whereabouts(person: Person) -> str:
    """Number or local id, and the unit where the query brought ``current``."""
    current = getattr(person, "current", None)
    return f"{person.identifier} · {current.unit.name}" if current else person.identifier


class DayInput(forms.DateInput):
    """The browser's own calendar; ISO inside, written as the reader's language writes it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
