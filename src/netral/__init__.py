"""Netral: the neutrality programme of Indonesian governments as software."""
