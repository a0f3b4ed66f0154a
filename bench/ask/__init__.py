"""Benchmark of the understanding of questions."""
