"""Timings that are printed, not asserted; run one with `python -m tests.benchmarks.<name>`."""
