"""Norms extended to further statuses by reference, such as SE 01/2023 for non-ASN staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from netral.law.instruments import Element, Norm, Provision


def mirrored_norms(
    provisions: Mapping[str, Provision], norms: Mapping[str, Norm]
) -> dict[str, Norm]:
    """For each provision that mirrors an instrument, its prohibitions with the new statuses.

    The new norm is named "<mirroring provision>><mirrored provision>", stands on the mirroring
    provision (its days decide) and cites both.
    """
    found: dict[str, Norm] = {}
    for provision in provisions.values():
        if provision.mirrors is None:
            continue
        prefix = provision.mirrors.instrument + "/"
        for norm in norms.values():
            if norm.provision.startswith(prefix) and norm.forbids:
                name = f"{provision.id}>{norm.provision}"
                found[name] = replace(
                    norm,
                    id=name,
                    provision=provision.id,
                    elements=tuple(
                        _with_status(item, provision.mirrors.status) for item in norm.elements
                    ),
                    basis=(),
                    sanction=provision.mirrors.sanction,
                    also_cites=(norm.provision,),
                )
    return found


def _with_status(element: Element, status: tuple[str, ...]) -> Element:
    """The same element, but for other statuses."""
    if "status" not in element.choices:
        return element
    return Element({**element.choices, "status": status})
