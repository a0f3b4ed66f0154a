"""Pages of the pledge."""
