"""The errors that a caller may want to handle.

    MarchlandError
    ├── InputError (ValueError)     a file, row or option of the user that cannot be used
    ├── DataError (ValueError)      a data file of ours (or one put in its place) that is not what its record says
    └── OutputError (OSError)       a result that could not be written; what was there before is untouched

The text of each says what, which value, where and what to do next, in one or a few lines fit for a terminal.
"""

from __future__ import annotations


class MarchlandError(Exception):
    """Root of all errors raised on purpose."""


class InputError(MarchlandError, ValueError):
    """A file, row or option of the user that cannot be used.

    Attributes
    ----------
    path
        The file concerned, ``None`` when it is an option.
    """

    def __init__(self, message: str, *, path: str | None = None) -> None:
        super().__init__(message)
        self.path = path


class DataError(MarchlandError, ValueError):
    """An embedded or downloaded data file that does not fit its record."""


class OutputError(MarchlandError, OSError):
    """A result that could not be written; an older file of that name is untouched."""
