"""The peers, each given a rule set of the size of ours.

zen-engine (Rust) gets a decision table in JDM form with one row per norm of the library and
"collect" as hit policy: it must say which norms apply. OpenFisca-core gets, for one person, one
formula per prohibition, each an `and` of conditions over input variables, and one that combines
them. Neither is asked for missing facts, exceptions, citations or a trace, which ours gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from netral.law import Library
from netral.law.instruments import Norm

Facts = Mapping[str, Any]


def zen_table(library: Library) -> str:
    """A JDM decision with one row per norm; conduct is matched through one input per element."""
    facts = [name for name in library.facts.facts if name != "conduct"]
    inputs = [
        {"id": f"i_{name}", "name": name, "field": name, "type": "expression"} for name in facts
    ]
    inputs.append({"id": "i_conduct", "name": "conduct", "field": "conduct", "type": "expression"})
    rules = [_zen_rule(norm, facts) for norm in library.norms.values()]
    table = {
        "id": "table",
        "name": "norms",
        "type": "decisionTableNode",
        "content": {
            "hitPolicy": "collect",
            "inputs": inputs,
            "outputs": [{"id": "o", "name": "norm", "field": "norm", "type": "expression"}],
            "rules": rules,
        },
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        table,
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "e1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "e2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _zen_rule(norm: Norm, facts: list[str]) -> dict[str, str]:
    """One row: the single-fact elements of a norm; elements over several facts are left out."""
    row = {f"i_{name}": "" for name in facts}
    row["i_conduct"] = ""
    for element in norm.elements:
        if len(element.choices) == 1:
            name, values = next(iter(element.choices.items()))
            row[f"i_{name}"] = ", ".join(json.dumps(value) for value in values)
    return {"_id": norm.id, **row, "o": json.dumps(norm.id)}


def zen_judge(library: Library) -> Callable[[Facts], Any]:
    """A function that evaluates the table for one set of facts."""
    import zen

    decision = zen.ZenEngine().create_decision(zen_table(library))
    return decision.evaluate


def openfisca_judge(library: Library, depth: int = 20) -> Callable[[Facts], Any]:
    """A function that runs one simulation of one person with `depth` formulas."""
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity("person", "persons", "A person", is_person=True)
    system = TaxBenefitSystem([person])
    enums = {}
    for name, fact in library.facts.facts.items():
        if fact.many:
            continue
        values = {"unknown": "unknown", **{value: value for value in fact.values}}
        enums[name] = Enum(f"E_{name}", values)
        system.add_variable(_input(name, enums[name], person, Variable, Enum, periods))
    prohibitions = [norm for norm in library.norms.values() if norm.forbids and ">" not in norm.id][
        :depth
    ]
    names = []
    for number, norm in enumerate(prohibitions):
        names.append(f"norm_{number}")
        system.add_variable(_formula(names[-1], norm, enums, person, Variable, periods))
    system.add_variable(_total(names, person, Variable, periods))

    def run(facts: Facts) -> Any:
        told = {key: {"2024-10": value} for key, value in facts.items() if key in enums}
        simulation = SimulationBuilder().build_from_entities(system, {"persons": {"one": told}})
        return simulation.calculate("forbidden", "2024-10")

    return run


def _input(name: str, values: Any, entity: Any, base: Any, enum: Any, periods: Any) -> Any:
    """An input variable with "unknown" as its default."""
    body = {
        "value_type": enum,
        "possible_values": values,
        "default_value": values["unknown"],
        "entity": entity,
        "definition_period": periods.DateUnit.MONTH,
        "label": name,
    }
    return type(name, (base,), body)


def _formula(name: str, norm: Norm, enums: Any, person: Any, base: Any, periods: Any) -> Any:
    """A norm as a boolean formula over the single-valued facts."""
    conditions = [
        (fact, values)
        for element in norm.elements
        for fact, values in element.choices.items()
        if fact in enums
    ]

    def formula(self: Any, period: Any) -> Any:
        result = True
        for fact, values in conditions:
            held = self(fact, period)
            any_of = False
            for value in values:
                any_of = any_of + (held == enums[fact][value])
            result = result * any_of
        return result

    body = {
        "value_type": bool,
        "entity": person,
        "definition_period": periods.DateUnit.MONTH,
        "label": name,
        "formula": formula,
    }
    return type(name, (base,), body)


def _total(names: list[str], person: Any, base: Any, periods: Any) -> Any:
    """Whether any of the norms applies."""

    def formula(self: Any, period: Any) -> Any:
        result = False
        for name in names:
            result = result + self(name, period)
        return result

    body = {
        "value_type": bool,
        "entity": person,
        "definition_period": periods.DateUnit.MONTH,
        "label": "any norm",
        "formula": formula,
    }
    return type("forbidden", (base,), body)
