"""The embedded boundary files and what is to be known about each.

Reads and checks; which columns the files hold and what they mean is in `boundaries.catalogue`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import DataError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be known about one embedded file.

    Attributes
    ----------
    id, file, title
        Short name, file name in ``boundaries/data``, title in words.
    vintage, source
        Release and origin of the data.
    sha256, feature_count, crs
        Of the file; ``crs`` is ``None`` for a table without geometry.
    licence, attribution
        Of this file alone; the attribution is shown wherever the file is used.
    viewpoint
        Whose depiction of contested things the file draws.
    accuracy_m, accuracy_basis
        Metres by which the file's shapes may be off, and how that is known; ``None`` where each feature has its own.
    defects
        Known faults, in sentences.
    """

    id: str
    file: str
    title: str
    vintage: str
    source: str
    sha256: str
    feature_count: int
    crs: str | None
    licence: str
    attribution: str
    viewpoint: str
    accuracy_m: float | None
    accuracy_basis: str
    defects: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return DATA / self.file


@cache
def embedded_records() -> dict[str, Record]:
    """The records of all embedded files, by id, in the order of the file that holds them."""
    rows = json.loads((DATA / "records.json").read_text(encoding="utf-8"))
    return {row["id"]: Record(**(row | {"defects": tuple(row["defects"])})) for row in rows}


def check_record(record: Record) -> None:
    """Compare a file with its record.

    Raises
    ------
    DataError
        The file is missing or its bytes are not those of the record.
    """
    if not record.path.exists():
        raise DataError(f"{record.file} is missing from the installed data; install marchland again")
    found = hashlib.sha256(record.path.read_bytes()).hexdigest()
    if found != record.sha256:
        raise DataError(f"{record.file} is not what its record says (sha256 {found}, recorded {record.sha256}); install marchland again")
