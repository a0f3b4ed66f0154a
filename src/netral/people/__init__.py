"""Governments, their unit trees, the staff register and its import, accounts and duties.

Everything here is personal data of public servants. It never leaves except through
``queries`` (which take the actor) and exports (which are recorded). NIK, religion, home
address and political preference are never stored, not even for a moment in staged data.
"""
