"""Check a text before it is posted: which passages may amount to an act, why, and how to say it.

`check` reads a post, or the text of a turnout poster. Pure Python; nothing is stored or sent
anywhere, and nothing is learnt from what is checked. No marks never means "safe": it means that
these rules found nothing.

>>> from netral.law.posts import Contest, Contestant, check
>>> contest = Contest((Contestant("ticket", 2, ("Bara Wijaya", "Lintang Ayu")),))
>>> found = check("Yuk coblos nomor 2!", contest=contest)
>>> [(mark.rules[0].id, found.text[mark.start:mark.end]) for mark in found.marks]
[('support', 'coblos nomor 2')]
"""

from netral.law.posts.checking import check
from netral.law.posts.contest import Contest, Contestant
from netral.law.posts.shapes import Check, Mark, Mode, Norm, Rule, Strength

__all__ = ["Check", "Contest", "Contestant", "Mark", "Mode", "Norm", "Rule", "Strength", "check"]
