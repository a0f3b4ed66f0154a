"""Planning a ceremony."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.people.models import Account, Government, Unit
from netral.pledges.models import Ceremony
from netral.pledges.queries import ceremonies as ceremony_queries
from netral.pledges.rules.keys import keys_in
from netral.pledges.services.ceremonies import Plan

SHOWN = 50


class UnitTree(forms.SelectMultiple):
    """Units by level, sorted, expandable, searchable; all of it without JavaScript.

    A search is a button of the same form: the page comes back with the units that match, and
    what had been filled in and ticked. The form sets ``units`` and ``search``.
    """

    template_name = "pledges/parts/unit_choice.html"
    use_fieldset = True
    units: QuerySet[Unit]
    search = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(forms.Select, self).get_context(name, value, attrs)
        chosen = {str(key) for key in keys_in(value or ())}
        if self.search:
            found = list(ceremony_queries.search_units(self.units, self.search)[: SHOWN + 1])
            context["found"], context["has_more"] = found[:SHOWN], len(found) > SHOWN
            shown = set(context["found"])
        else:
            context["tree"] = ceremony_queries.unit_tree(self.units)
            shown = {unit for top, below in context["tree"] for unit in (top, *below)}
        keys = {str(unit.pk) for unit in shown}
        elsewhere = self.units.filter(pk__in=chosen - keys).select_related("parent")
        return {
            **context,
            "name": name,
            "chosen": chosen,
            "elsewhere": elsewhere,
            "search": self.search,
        }

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return ""


class PlanForm(forms.ModelForm[Ceremony]):
    """A ceremony; what may be chosen depends on the officer."""

    planned_at = forms.DateTimeField(
        label=_("Waktu"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        error_messages={"invalid": _("Tulis tanggal dan jam, misalnya 24-11-2026 08:00.")},
    )

    class Meta:
        model = Ceremony
        fields = (
            "title", "election", "text", "leader", "place", "planned_at", "accepts", "units",
        )  # fmt: skip
        widgets = {"units": UnitTree, "accepts": forms.RadioSelect}
        help_texts = {
            "leader": _("Tulis jabatannya, misalnya Sekretaris Daerah; ini tampil di layar."),
            "accepts": _(
                "Dengan kunci sandi, ponsel sendiri yang menandatangani sesudah mengenali sidik "
                "jari, wajah, atau PIN pemiliknya; siapa pun dapat memeriksanya kelak. "
                "Kertas selalu diterima. Tidak dapat diubah sejak pembacaan dimulai."
            ),
            "units": _("Tidak memilih satu pun berarti seluruh pemerintah daerah."),
        }
        error_messages = {"text": {"required": _("Terbitkan naskah ikrar lebih dahulu.")}}

    def __init__(
        self,
        *args: Any,
        actor: Account,
        government: Government,
        search: str = "",
        **arguments: Any,
    ) -> None:
        super().__init__(*args, **arguments)
        self.actor, self.government = actor, government
        texts = ceremony_queries.texts_for(actor).filter(
            government=government, published_at__isnull=False
        )
        elections = ceremony_queries.elections_for(government)
        units = ceremony_queries.units_to_cover(actor, government)
        tree = self.fields["units"].widget
        assert isinstance(tree, UnitTree)
        tree.units, tree.search = units, search
        levels = [(level, capfirst(label)) for level, label in Ceremony.Accepts.choices]
        cast(forms.ChoiceField, self.fields["accepts"]).choices = levels
        self._offer("election", _("Pemilu atau pemilihan"), elections)
        self._offer("text", _("Naskah"), texts, first=texts.first(), write=_text_label)
        self._offer("units", _("Unit yang diundang"), units)

    def _offer(
        self,
        name: str,
        label: Any,
        rows: QuerySet[Any],
        *,
        first: Any = None,
        write: Callable[[Any], str] = str,
    ) -> None:
        """Fills a choice with what this officer may choose from."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.label, field.initial = rows, label, first
        field.label_from_instance = write  # type: ignore[assignment, method-assign]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        everywhere = ceremony_queries.may_write_texts(self.actor, self.government)
        if not values.get("units") and "units" not in self.errors and not everywhere:
            self.add_error("units", gettext("Pilih unit dalam lingkup tugas Anda."))
        return values

    def plan(self) -> Plan:
        values = self.cleaned_data
        return Plan(
            election=values["election"],
            text=values["text"],
            title=values["title"],
            leader=values["leader"],
            place=values["place"],
            planned_at=values["planned_at"],
            units=tuple(values["units"]),
            accepts=values["accepts"],
        )


def _text_label(text: Any) -> str:
    return gettext("%(title)s, versi %(version)d") % {
        "title": text.title,
        "version": text.version,
    }
