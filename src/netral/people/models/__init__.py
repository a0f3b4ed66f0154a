"""The register: one file per noun."""

from netral.people.models.accounts import Account, ClaimCode
from netral.people.models.changes import Change
from netral.people.models.duties import Duty
from netral.people.models.governments import Government
from netral.people.models.imports import ColumnMapping, Import, ImportProblem, ImportRow, ImportUnit
from netral.people.models.staff import FormerNumber, Person, Posting
from netral.people.models.units import HeadOfUnit, Unit, UnitAncestor

__all__ = [
    "Account",
    "Change",
    "ClaimCode",
    "ColumnMapping",
    "Duty",
    "FormerNumber",
    "Government",
    "HeadOfUnit",
    "Import",
    "ImportProblem",
    "ImportRow",
    "ImportUnit",
    "Person",
    "Posting",
    "Unit",
    "UnitAncestor",
]
