"""Pure thought of the guidance: no clock, no database."""
