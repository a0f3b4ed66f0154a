"""Ikrar: texts, ceremonies, signatures, receipts, and who has not been reached.

A signature is written once and never changed or dropped. Public pages about a receipt show
the ceremony, the time and the kind of evidence, never the name.
"""
