"""Signatures per second through the real endpoint, against one row per commit by the driver."""
