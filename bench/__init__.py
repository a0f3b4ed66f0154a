"""Benchmarks: each prints ratios of things measured in turn in one run. See README.md."""
