"""Sight: every read takes the actor and returns only what that actor may see."""
