"""Measurements of what the project promises, each beside its peer in one run.

A benchmark is a function that returns `Figure` records; `scripts.benchmarks.__main__` runs them and prints the table.
"""
