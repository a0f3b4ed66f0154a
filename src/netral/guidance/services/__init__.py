"""Deeds of the guidance: one file per family of verbs."""
