"""What the guidance keeps: one file per noun."""

from netral.guidance.models.asked import AskedCount
from netral.guidance.models.precedents import Consultation, ConsultationStep

__all__ = ["AskedCount", "Consultation", "ConsultationStep"]
