"""Netral: the neutrality programme of an Indonesian government as software."""
