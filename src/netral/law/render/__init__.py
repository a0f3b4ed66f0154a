"""One verdict, three forms: readable text, JSON, and semantic HTML."""

from netral.law.render.html import verdict_html
from netral.law.render.plain import verdict_text
from netral.law.render.structure import verdict_json

__all__ = ["verdict_html", "verdict_json", "verdict_text"]
