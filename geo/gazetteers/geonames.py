"""Country dumps of GeoNames as published: ``AM.zip`` or ``AZ.txt``, and the files of alternate names.

Follows the ``readme.txt`` of the dumps: tab-separated UTF-8 without a header or quotes; 19 columns for places, 8 or 10 for
alternate names. Units and nearness to the border are not in the dumps in a usable form and are left to `geo.gazetteers.merge`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from geo.errors import InputError
from geo.gazetteer import Place

PLACE_COLUMNS = 19
NAME_COLUMNS = (8, 10)
LANGUAGES = frozenset({"", "az", "en", "hy", "ru"})
"""Languages of the alternate names that are taken; codes like ``link``, ``post`` and ``iata`` stand for no names at all."""

LARGEST_TEXT = 200_000_000
"""Characters that a dump in a zip archive may unpack to."""

KIND_OF_CODE = {
    "LK": "lake", "LKS": "lake", "LKI": "lake", "RSV": "lake", "MT": "mountain", "MTS": "mountain", "PK": "mountain", "PKS": "mountain",
    "HLL": "mountain", "HLLS": "mountain", "RDGE": "mountain", "PASS": "road_point", "TNLRD": "road_point", "BDG": "bridge",
    "AIRP": "airport", "AIRF": "airport", "MSTY": "monastery", "CH": "monastery", "MN": "mine", "MNAU": "mine", "MNCU": "mine",
}  # fmt: skip
"""Feature codes that are taken besides populated places, and the kind that they become."""

RADIUS_OF_KIND = {"lake": 5_000.0, "mountain": 3_000.0, "road_point": 2_000.0, "airport": 2_000.0}
VILLAGE_RADIUS_M = 2_500.0
"""A village and the usual error of its point: those of Karabakh are off by 2 to 2.5 km."""

_USABLE = re.compile(r"[A-Za-zÀ-ɏəḀ-ỿ'’ʻʼʿ \-.а-яёА-ЯЁәғҝҹөүһӘҒҜҸӨҮҺԱ-Ֆա-և]{3,}")


def is_geonames(text: str) -> bool:
    """Whether a text looks like a dump: numbered lines with as many columns as one has."""
    cells = text.partition("\n")[0].split("\t")
    return cells[0].lstrip("\ufeff").isdigit() and len(cells) in (PLACE_COLUMNS, *NAME_COLUMNS)


def text_of_zip(content: bytes, *, path: str) -> str:
    """The one dump in a zip archive, beside which GeoNames packs a ``readme.txt``.

    Raises
    ------
    InputError
        No archive, none or several texts in it, or one that is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = [
                one
                for one in archive.infolist()
                if one.filename.lower().endswith(".txt") and not re.search("readme|languagecodes", one.filename, re.IGNORECASE)
            ]
            if len(texts) != 1 or texts[0].file_size > LARGEST_TEXT:
                raise InputError(f"{path}: holds {len(texts)} tables; a GeoNames archive holds one besides readme.txt", path=path)
            return archive.read(texts[0]).decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no zip archive of GeoNames ({error}); fetch it again", path=path) from error


def read_names(text: str) -> dict[str, list[str]]:
    """Alternate names by the number of their place; only languages and scripts of the region, historic names among them."""
    names: dict[str, list[str]] = {}
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) in NAME_COLUMNS and cells[2] in LANGUAGES and _is_name(cells[3]):
            names.setdefault(cells[1], []).append(cells[3])
    return names


def read_dump(text: str, *, names: dict[str, list[str]], path: str) -> tuple[list[Place], list[str]]:
    """The places of a dump, and what is to be said about it.

    Parameters
    ----------
    text
        Of the dump.
    names
        Further names by number, from `read_names`.
    path
        For messages.

    Returns
    -------
    places
        Settlements (also abandoned ones), waters, heights, passes, bridges, airports, monasteries and mines; without units.
    notes
        How many lines were of other kinds, or no lines of a dump, with the first of these.
    """
    places: list[Place] = []
    other, broken = 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.lstrip("\ufeff").split("\t")
        kind = _kind(cells) if len(cells) == PLACE_COLUMNS else None
        lonlat = _lonlat(cells) if len(cells) == PLACE_COLUMNS else None
        if lonlat is None:
            broken += [number] if line.strip() else []
        elif kind is None:
            other += 1
        else:
            places.append(_place(cells, kind, lonlat, names.get(cells[0], [])))
    notes = [f"{len(places)} places of GeoNames; {other} lines are of other kinds and were not taken"]
    if broken:
        notes.append(f"{len(broken)} lines are no lines of a GeoNames dump (the first is line {broken[0]}) and were not taken")
    if not places:
        raise InputError(f"{path}: no place of GeoNames in it; give a country dump like AM.zip, with its 19 columns", path=path)
    return places, notes


def _kind(cells: list[str]) -> str | None:
    feature, code, population = cells[6], cells[7], cells[14]
    if feature == "P":
        people = int(population) if population.isdigit() else 0
        return "capital" if code == "PPLC" else "city" if people >= 100_000 else "town" if people >= 5_000 else "village"
    return KIND_OF_CODE.get(code)


def _lonlat(cells: list[str]) -> tuple[float, float] | None:
    try:
        lat, lon = float(cells[4]), float(cells[5])
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _place(cells: list[str], kind: str, lonlat: tuple[float, float], more: list[str]) -> Place:
    radius_m = {"village": VILLAGE_RADIUS_M, "town": 3_000.0, "city": 5_000.0, "capital": 10_000.0}.get(kind)
    names = tuple(dict.fromkeys([cells[1], *_clean([cells[2], *cells[3].split(","), *more])]))
    return Place(
        f"geonames-{cells[0]}", cells[1], names, kind, round(lonlat[0], 4), round(lonlat[1], 4),
        radius_m or RADIUS_OF_KIND.get(kind, 1_500.0), cells[8], None, None, population=int(cells[14]) if cells[14].isdigit() else 0,
    )  # fmt: skip


def _clean(names: Iterable[str]) -> Iterator[str]:
    return (name.strip() for name in names if _is_name(name))


def _is_name(name: str) -> bool:
    """Whether an alternate name is one in a script of the region, not an abbreviation, a code or an address."""
    text = name.strip()
    return bool(_USABLE.fullmatch(text)) and not text[:1].islower() and "|" not in text
