"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import OutputError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place when the block ends well, and goes when it does not.

    Raises
    ------
    OutputError
        The folder is missing, read-only or full; what stood at ``path`` is untouched.
    """
    try:
        # a folder of its own, because GDAL wants a new name with the right suffix
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
            part = Path(folder) / path.name
            yield part
            part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: could not be written ({error.strerror or error})") from error


def write_text(text: str, path: str) -> None:
    """Write UTF-8 text to a file, or to standard output when the path is ``-``.

    Raises
    ------
    OutputError
        As `whole_file`.
    """
    if path == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    with whole_file(Path(path)) as part:
        part.write_bytes(text.encode("utf-8"))


def check_writable(path: str) -> None:
    """Find out before the work starts that there is no folder to write to.

    Raises
    ------
    OutputError
        The folder does not exist or may not be written to, or the path is a folder.
    """
    target = Path(path)
    if path == "-":
        return
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; give a file name")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: the folder {target.parent} does not exist")
    if not os.access(target.parent, os.W_OK):
        raise OutputError(f"{path}: the folder {target.parent} may not be written to")


def make_folder(path: str) -> Path:
    """The folder at this path, made when it is missing.

    Raises
    ------
    OutputError
        It can't be made or may not be written to.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: the folder could not be made ({error.strerror or error})") from error
    check_writable(str(folder / "map.html"))
    return folder
