"""Checking a text before it is posted."""
