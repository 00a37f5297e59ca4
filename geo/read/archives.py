"""Zip archives from outside (XLSX, KMZ, zipped shapefiles): refused before anything unfolds them when they could do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from geo.errors import InputError

MAX_UNFOLDED = 2_000_000_000
MAX_RATIO = 200
"""Text of a spreadsheet packs to a twentieth; a file that packs to less than a two-hundredth was made to do harm."""

MIN_SUSPECT = 10_000_000
MAX_MEMBERS = 10_000


def check_archive(content: bytes, *, path: str) -> None:
    """Refuse an archive that unfolds without bound or writes outside its folder; whatever is no archive passes.

    Raises
    ------
    InputError
        It unfolds to more than 2 GB or more than 200 times its size, holds more than 10,000 files, or names one outside.
    """
    if not content.startswith(b"PK"):
        return
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: is a damaged archive ({error})", path=path) from error
    unfolded = sum(member.file_size for member in members)
    if unfolded > MAX_UNFOLDED or (unfolded > MIN_SUSPECT and unfolded > MAX_RATIO * len(content)):
        raise InputError(f"{path}: would unfold from {len(content):,} to {unfolded:,} bytes and was not opened", path=path)
    if len(members) > MAX_MEMBERS:
        raise InputError(f"{path}: holds {len(members):,} files and was not opened", path=path)
    outside = next((m.filename for m in members if _leaves(m.filename)), None)
    if outside is not None:
        raise InputError(f"{path}: holds a file that points outside of it ({outside!r}) and was not opened", path=path)


def _leaves(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts
