"""Reads the data files into frozen objects. Every complaint names the file, the entry and the
key."""
