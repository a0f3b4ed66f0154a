"""The form in which a legal reviewer writes the answer: act, facts, basis, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from netral.guidance.models import Consultation
from netral.guidance.queries.acts import find
from netral.guidance.queries.verdicts import ALWAYS, choices, is_open
from netral.guidance.rules.drafted import judged
from netral.guidance.services.precedents import Draft
from netral.guidance.templatetags.law import cited, say
from netral.law import library
from netral.law.acts import Act
from netral.law.asking import understand
from netral.law.catalogue import search_provisions
from netral.people.forms.pickers import SHOWN, DayInput, Line, PickField, PickingForm

FACT = "fakta_"
_LABEL = '<span>{}<br><small class="muted">{}</small></span>'
SUGGESTED = 4


@dataclass(frozen=True)
class Picked:
    """An act or a provision of the law as the pickers see it: a key and what is read."""

    pk: str
    name: str
    note: str = ""


class _LawField(PickField):
    """Something of the law, found by words; what is marked counts, a lone match is not enough."""

    takes_only_match = False

    def is_meant(self, one: Picked, text: str) -> bool:
        return text.strip().casefold() in (one.pk.casefold(), one.name.casefold())

    def lines_of(self, found: Sequence[Picked]) -> list[Line]:
        return [Line(one.pk, one.name, one.note) for one in found]


class ActField(_LawField):
    """One act of the catalogue, found in everyday words."""

    nothing = _("Tidak ada perbuatan yang cocok; coba kata lain, misalnya “foto” atau “hadir”.")
    search_label = _("Cari perbuatan")

    def search(self, text: str) -> tuple[list[Picked], int]:
        found = find(text).acts
        return [picked_act(act) for act in found[:SHOWN]], len(found)

    def by_key(self, key: str) -> Picked | None:
        act = library().acts.get(key)
        return picked_act(act) if act else None


class ProvisionField(_LawField):
    """One provision, found by its article, its instrument, or words of it."""

    nothing = _("Tidak ada ketentuan yang cocok; coba nomor pasal, nama peraturan, atau isinya.")
    search_label = _("Cari ketentuan")

    def search(self, text: str) -> tuple[list[Picked], int]:
        named, saying = search_provisions(library(), text)
        found = [*named, *saying]
        return [picked_provision(item.id) for item in found[:SHOWN]], len(found)

    def by_key(self, key: str) -> Picked | None:
        return picked_provision(key) if key in library().provisions else None


def picked_act(act: Act) -> Picked:
    return Picked(act.id, say(act.name), say(act.about))


def picked_provision(name: str) -> Picked:
    return Picked(name, cited(name), say(library().provision(name).text))


class CitedField(forms.MultipleChoiceField):
    """Provisions to tick; anything the law data knows is taken, also what was not offered."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": _("Tidak ada ketentuan %(value)s.")}

    def valid_value(self, value: str) -> bool:
        return value in library().provisions


class DraftForm(PickingForm):
    """The answer as the drafter writes it. ``instance``: the consultation in its present state;
    ``on``: the local day whose law it is judged by."""

    question = forms.CharField(
        label=_("Pertanyaan"),
        help_text=_("Tulis ulang tanpa nama, unit, dan ciri orang: bagian ini dibaca semua orang."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    act = ActField(
        label=_("Perbuatan"),
        help_text=_("Tulis kata sehari-hari, lalu tandai satu dari daftarnya."),
        required=False,
        empty_label=_("Tidak ada yang cocok"),
    )
    provisions = CitedField(label=_("Ketentuan yang dikutip"), required=False)
    other = ProvisionField(
        label=_("Tambah ketentuan lain"),
        help_text=_("Cari, tandai, lalu simpan atau nilai: ketentuannya masuk ke daftar di atas."),
        required=False,
        empty_label=_("Tidak menambah"),
    )
    answer = forms.CharField(
        label=_("Jawaban"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    valid_until = forms.DateField(
        label=_("Berlaku sampai"),
        help_text=_("Kosongkan bila berlaku selama ketentuannya berlaku."),
        required=False,
        widget=DayInput(),
    )

    def __init__(self, *arguments: Any, instance: Consultation, on: date, **options: Any) -> None:
        self.instance, self.on = instance, on
        act = library().acts.get(instance.act)
        self.verdict = judged(instance.act, instance.facts, on)
        initial = {
            "question": instance.question, "answer": instance.answer,
            "valid_until": instance.valid_until, "provisions": list(instance.provisions),
            "act": picked_act(act) if act else None,
        }  # fmt: skip
        super().__init__(*arguments, initial=initial, **options)
        for name in ("question", "answer", "provisions"):
            self.fields[name].optional_word = _("(wajib sebelum diserahkan)")  # type: ignore[attr-defined]
        self.fields["provisions"].choices = self._offered()  # type: ignore[attr-defined]
        if act:
            self._ask_facts(act, self.verdict.missing if self.verdict else ())
        else:
            self._suggest()

    @property
    def facts(self) -> list[forms.BoundField]:
        """The selects of the facts that decide about the act."""
        return [self[name] for name in self.fields if name.startswith(FACT)]

    @property
    def summary(self) -> list[tuple[forms.BoundField, Any]]:
        """Each field with its problems, as ``base/forms/summary.html`` reads them."""
        return [(field, field.errors) for field in self]

    def draft(self) -> Draft:
        """What was typed and marked; judged and completed elsewhere."""
        told = self.cleaned_data
        act = told["act"].pk if told["act"] else ""
        other = (told["other"].pk,) if told["other"] else ()
        provisions = tuple(dict.fromkeys((*told["provisions"], *other)))
        return Draft(
            told["question"], told["answer"], act, self._facts_for(act), provisions,
            told["valid_until"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        act = told.get("act")
        if act and judged(act.pk, self._facts_for(act.pk), self.on) is None:
            self.add_error(
                "act", _("Keadaan di bawah tidak cocok dengan perbuatan ini; ubah salah satu.")
            )
        return told

    def _facts_for(self, act: str) -> dict[str, str]:
        """The facts that were told, as far as the act leaves them open."""
        told = dict(self.instance.facts)
        told |= {
            name.removeprefix(FACT): value
            for name, value in self.cleaned_data.items()
            if name.startswith(FACT)
        }
        known = library().acts.get(act)
        if known is None:
            return {}
        same = act == self.instance.act
        return {
            fact: value for fact, value in told.items()
            if value and (same or _fits(known, fact, value))
        }  # fmt: skip

    def _ask_facts(self, act: Act, missing: Iterable[str]) -> None:
        wanted = dict.fromkeys((*ALWAYS, *self.instance.facts, *missing))
        labels: Mapping[str, Any] = library().facts.facts
        for fact in wanted:
            if is_open(act, fact):
                values = labels[fact].values
                options = [(value, say(values[value])) for value in choices(act, fact)]
                self.fields[FACT + fact] = forms.ChoiceField(
                    label=say(labels[fact].ask),
                    choices=[("", _("Belum diketahui")), *options],
                    initial=self.instance.facts.get(fact, ""),
                    required=False,
                )

    def _suggest(self) -> None:
        """What the question may mean is offered before anybody has searched."""
        read = understand(self.instance.sent_text or self.instance.question)
        acts = [library().act(item.act) for item in read.readings[:SUGGESTED]]
        field = self.fields["act"]
        if acts and not self.is_bound and isinstance(field, ActField):
            field.show([picked_act(act) for act in acts])

    def _offered(self) -> list[tuple[str, Any]]:
        """What is cited already stands first, in its order: the page of the precedent keeps it."""
        found: Iterable[str] = self.verdict.provisions if self.verdict else ()
        names = dict.fromkeys((*self.instance.provisions, *found))
        law = library()
        return [
            (name, format_html(_LABEL, cited(name), say(law.provision(name).text)))
            for name in names
            if name in law.provisions
        ]


def _fits(act: Act, fact: str, value: str) -> bool:
    return is_open(act, fact) and value in choices(act, fact)
