"""A gazetteer put together from files, kept in the user's cache so that it is built once.

The kept form is ``places.tsv`` with one more column, the folded names, which are what takes time. It is named by a digest of all that it
was made from, so that nothing stale is ever read; a file that can't be read or written is built anew or done without.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from geo.gazetteer import COLUMNS, Gazetteer, Place, place_of
from geo.toponyms import fold

FORMAT = 1
"""Raised when what is kept, or how names are folded or places put together, changes."""


def digest_of(contents: Iterable[bytes]) -> str:
    """Name of the gazetteer that is made from these contents in this order."""
    digest = hashlib.sha256(f"gazetteer {FORMAT}".encode())
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:32]


def cells_of(place: Place, names: Sequence[str]) -> list[str]:
    """A place as a line of ``places.tsv``."""
    return [
        place.place_id, place.name, place.kind, f"{place.lon:.7g}", f"{place.lat:.7g}", f"{place.radius_m:.0f}", place.country,
        place.adm1 or "", "|".join(place.units), "|".join(place.outline), str(place.population or ""), "yes" if place.near_border else "",
        "yes" if place.reported else "", "|".join(names),
    ]  # fmt: skip


NOTES = "# "
"""Begins the lines after the header that hold what was noticed when the gazetteer was built."""


def write_store(places: Iterable[Place], path: Path, *, notes: Sequence[str] = ()) -> bool:
    """Keep places and notes; ``False`` when the folder can't be written to. The file appears whole or not at all."""
    lines = ["\t".join((*COLUMNS, "keys")), *(NOTES + " ".join(note.split()) for note in notes)]
    for place in places:
        keys = dict.fromkeys(filter(None, map(fold, place.names)))
        lines.append("\t".join([*cells_of(place, place.names), "|".join(keys)]))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".gazetteer-")
        with os.fdopen(handle, "wb") as out:
            out.write(("\n".join(lines) + "\n").encode("utf-8"))
        Path(part).replace(path)
    except OSError:
        return False
    return True


def read_store(path: Path) -> tuple[Gazetteer, list[str]] | None:
    """The gazetteer that was kept and its notes; ``None`` when there is none or it is damaged."""
    keys: list[list[str]] = []
    notes: list[str] = []
    try:
        # line by line, as the whole text split up would take twice the memory of the places
        with path.open(encoding="utf-8", newline="\n") as lines:
            if next(lines, "").rstrip("\n").split("\t") != [*COLUMNS, "keys"]:
                return None
            places = [place for line in lines if (place := _kept(line, keys, notes))]
    except (OSError, ValueError, IndexError):
        return None
    return Gazetteer(places, keys=keys), notes


def _kept(line: str, keys: list[list[str]], notes: list[str]) -> Place | None:
    """The place of a line; its folded names go to the end of ``keys``. ``None`` for a note, which goes to the end of ``notes``."""
    if line.startswith(NOTES):
        notes.append(line.removeprefix(NOTES).rstrip("\n"))
        return None
    *cells, folded = line.removesuffix("\n").split("\t")
    place = place_of(cells)
    keys.append(folded.split("|"))
    return place
