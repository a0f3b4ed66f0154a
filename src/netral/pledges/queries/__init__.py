"""Sight: every read takes the actor, except what the wall and the public check show to anyone."""
