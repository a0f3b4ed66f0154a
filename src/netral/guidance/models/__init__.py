"""What the guidance keeps: one file per noun."""

from netral.guidance.models.asked import AskedCount

__all__ = ["AskedCount"]
