"""Backup, restore and the move to PostgreSQL: the whole installation as one thing."""
