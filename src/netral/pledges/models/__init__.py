"""Texts, ceremonies, signatures and the kept counts behind the coverage page."""

from __future__ import annotations

from netral.pledges.models.ceremonies import Ceremony, CeremonyMove, PledgeText
from netral.pledges.models.closings import ClosingFigures
from netral.pledges.models.coverage import CoverageCount, CoverageTotal, Reminder
from netral.pledges.models.declines import Decline
from netral.pledges.models.signatures import (
    ErasedSignature,
    PaperSheet,
    SheetCorrection,
    Signature,
    SignatureWithdrawal,
)

__all__ = [
    "Ceremony",
    "CeremonyMove",
    "ClosingFigures",
    "CoverageCount",
    "CoverageTotal",
    "Decline",
    "ErasedSignature",
    "PaperSheet",
    "PledgeText",
    "Reminder",
    "SheetCorrection",
    "Signature",
    "SignatureWithdrawal",
]
