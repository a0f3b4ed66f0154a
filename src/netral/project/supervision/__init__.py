"""The processes of ``netral run`` under one parent, and the addresses they are reached at."""
