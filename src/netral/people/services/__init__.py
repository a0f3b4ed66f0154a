"""Deeds: one typed, atomic function per verb, keyword-only, with ``actor`` and ``now``."""
