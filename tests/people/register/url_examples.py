"""What the addresses of the register and its import promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netral.people.models import HeadOfUnit, Import, Person
from netral.people.services import accounts
from tests.contracts.expectations import Page, holders, whole, with_admin
from tests.contracts.places import Place
from tests.people.accounts import factories

keepers = holders("personnel")
readers = holders("personnel", "head")
whole_keepers = whole("personnel")


def _person(place: Place) -> Mapping[str, Any]:
    return {"person": place.person.pk}


def _person_with_key(place: Place) -> Mapping[str, Any]:
    """Only an account with a second factor is recovered."""
    place.once(
        "app", lambda: accounts.set_up_authenticator_app(account=place.account, secret="A" * 32)
    )
    return _person(place)


def _two_people(place: Place) -> Mapping[str, Any]:
    def make() -> Person:
        return factories.make_person(place.unit, name=f"Orang {place.word} kedua")

    return {"person": place.person.pk, "other": place.once("second", make).pk}


def _unit(place: Place) -> Mapping[str, Any]:
    """A unit below the place's, so that a subtree officer is above it."""
    below = place.once("below", lambda: factories.make_unit(place.government, parent=place.unit))
    return {"unit": below.pk}


def _headed_unit(place: Place) -> Mapping[str, Any]:
    key = _unit(place)["unit"]
    place.once(
        "head",
        lambda: HeadOfUnit.objects.create(
            unit_id=key, person=place.person, valid_from=factories.NOW.date()
        ),
    )
    return {"unit": key}


def _closed_unit(place: Place) -> Mapping[str, Any]:
    def make() -> Any:
        unit = factories.make_unit(place.government, parent=place.unit)
        unit.closed_on = factories.NOW.date()
        unit.save()
        return unit

    return {"unit": place.once("closed", make).pk}


def _import(state: str) -> Any:
    def arguments(place: Place) -> Mapping[str, Any]:
        def make() -> Import:
            values: dict[str, Any] = {}
            if state == Import.State.APPLIED:
                values["applied_at"] = factories.NOW
            return Import.objects.create(
                government=place.government,
                actor=place.account,
                state=state,
                file_name=f"{place.word}.xlsx",
                effective_on=factories.NOW.date(),
                created_at=factories.NOW,
                **values,
            )

        return {"source": place.once(f"import {state}", make).pk}

    return arguments


_preview = _import(Import.State.PREVIEW)
PAGES: dict[str, Page] = {
    "people:register": Page(may=readers),
    "people:register_new": Page(may=keepers),
    "people:register_export": Page(
        may=readers, arguments=lambda place: {"kind": "csv"}, words=frozenset({"kind"}), open=True
    ),
    "people:register_person": Page(may=readers, arguments=_person),
    "people:register_facts": Page(may=keepers, arguments=_person),
    "people:register_posting": Page(may=keepers, arguments=_person),
    "people:register_leave": Page(may=keepers, arguments=_person),
    "people:register_erase": Page(may=keepers, arguments=_person),
    "people:register_recover": Page(may=keepers, arguments=_person_with_key),
    "people:register_number": Page(may=keepers, arguments=_person),
    "people:register_merge": Page(may=keepers, arguments=_person),
    "people:register_merge_confirm": Page(may=keepers, arguments=_two_people),
    "people:units": Page(may=readers),
    "people:units_new": Page(may=keepers),
    "people:units_unit": Page(may=readers, arguments=_unit),
    "people:units_new_below": Page(
        may=keepers, arguments=lambda place: {"parent": _unit(place)["unit"]}
    ),
    "people:units_rename": Page(may=keepers, arguments=_unit),
    "people:units_move": Page(may=keepers, arguments=_unit),
    "people:units_close": Page(may=keepers, arguments=_unit),
    "people:units_reopen": Page(may=keepers, arguments=_closed_unit, method="post"),
    "people:units_head": Page(may=keepers, arguments=_unit),
    "people:units_end_head": Page(may=keepers, arguments=_headed_unit),
    "people:imports": Page(may=whole_keepers),
    "people:imports_figures": Page(may=whole("auditor")),
    "people:imports_new": Page(may=whole_keepers, method="post"),
    "people:imports_import": Page(may=whole_keepers, arguments=_preview),
    "people:imports_progress": Page(may=whole_keepers, arguments=_preview),
    "people:imports_columns": Page(may=whole_keepers, arguments=_import(Import.State.MAPPING)),
    "people:imports_decide": Page(may=whole_keepers, arguments=_preview, method="post"),
    "people:imports_units": Page(may=whole_keepers, arguments=_preview, method="post"),
    "people:imports_confirm": Page(may=whole_keepers, arguments=_preview, method="post"),
    "people:imports_discard": Page(may=whole_keepers, arguments=_preview, method="post"),
    "people:imports_undo": Page(may=whole_keepers, arguments=_import(Import.State.APPLIED)),
    "people:imports_problems": Page(may=whole_keepers, arguments=_preview),
    "people:imports_local_ids": Page(may=whole_keepers, arguments=_import(Import.State.APPLIED)),
    "people:government": Page(may=whole_keepers),
    "people:government_new": Page(may=with_admin(frozenset())),
}
