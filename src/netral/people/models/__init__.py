"""The register: one file per noun."""

from netral.people.models.accounts import Account, ClaimCode, KnownDevice, SignIn
from netral.people.models.changes import Change, RegisterSeal
from netral.people.models.duties import Duty, DutyDeed
from netral.people.models.governments import Government
from netral.people.models.import_staging import ImportProblem, ImportRow, ImportUnit, RowAction
from netral.people.models.imports import ColumnMapping, Import, UnitSpelling
from netral.people.models.privacy import DataRequest, Erasure, ErasureProposal, NameListView
from netral.people.models.recoveries import AccountRecovery
from netral.people.models.slips import SlipBatch, SlipPart
from netral.people.models.staff import FormerNumber, Person, Posting
from netral.people.models.throttling import Attempts
from netral.people.models.units import HeadOfUnit, Unit, UnitAncestor

__all__ = [
    "Account",
    "AccountRecovery",
    "Attempts",
    "Change",
    "ClaimCode",
    "ColumnMapping",
    "DataRequest",
    "Duty",
    "DutyDeed",
    "Erasure",
    "ErasureProposal",
    "FormerNumber",
    "Government",
    "HeadOfUnit",
    "Import",
    "ImportProblem",
    "ImportRow",
    "ImportUnit",
    "KnownDevice",
    "NameListView",
    "Person",
    "Posting",
    "RegisterSeal",
    "RowAction",
    "SignIn",
    "SlipBatch",
    "SlipPart",
    "Unit",
    "UnitAncestor",
    "UnitSpelling",
]
