"""Benchmarks of the law package; each prints ratios measured in one run."""
