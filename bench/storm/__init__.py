"""Signatures while the processes are killed: what was confirmed is there, once."""
