"""The version of marchland that runs, for outputs to name."""

from __future__ import annotations

from importlib.metadata import version as installed_version


def tool_version() -> str:
    """Version of the installed distribution."""
    return installed_version("marchland")
