"""How often the check of a text is right, on sets of invented posts."""
