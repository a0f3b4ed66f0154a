"""Forms of people, one module per page family."""
