"""Deeds of the pledge."""
