"""The example that ships with marchland: 58 reported incidents, November 2020 to June 2024."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def example_table() -> AbstractContextManager[Path]:
    """The example spreadsheet as a file, for the time of a ``with`` block."""
    return as_file(files("geo") / "data" / "incidents_example.csv")
