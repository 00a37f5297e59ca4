"""The moment that goes into files which must hold one: fixed, so that the same input gives the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from geo.errors import InputError


def build_moment() -> datetime:
    """The moment that ``SOURCE_DATE_EPOCH`` names (seconds since 1970, as reproducible builds use it); without it 1980-01-01.

    Raises
    ------
    InputError
        It is no number of seconds.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if not stated:
        # the earliest that a zip archive can hold
        return datetime(1980, 1, 1, tzinfo=UTC)
    try:
        return datetime.fromtimestamp(int(stated), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"SOURCE_DATE_EPOCH is {stated!r}; it must be whole seconds since 1970") from error


def build_stamp() -> str:
    """That moment as GeoPackages write it, ``1980-01-01T00:00:00.000Z``."""
    return build_moment().strftime("%Y-%m-%dT%H:%M:%S.000Z")
