"""Places by name: the embedded gazetteer and the look-up in it.

A place carries its own unit, because a point near a boundary can fall on the wrong side of a simplified polygon.
Deciding which of several homonyms is meant is left to `geo.geocode`; the file is built by ``scripts.build_gazetteer``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import DataError
from geo.toponyms import fold

DATA = Path(__file__).parent / "data"

AREA_KINDS = frozenset({"country", "unit", "former_unit", "former_raion", "subregion", "zone", "line"})
"""Kinds that are not a settlement or a single feature: never a point."""

SETTLEMENT_KINDS = frozenset({"village", "town", "city", "capital"})

CONTEXT_KINDS = frozenset({"country", "capital", "foreign"})
"""Kinds that in running text mostly say who speaks, not where something happened."""

COMMON_WORDS = frozenset({"akn", "aran", "blur", "bum", "gai", "hak", "jil", "kur", "shot", "shut", "sis", "zar"})
"""Folded names that are also words or parts of names: in running text they are no place by themselves."""


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry.

    Attributes
    ----------
    place_id
        Id, e.g. ``goris-gorus``; ``unit:am-syunik`` and ``zone:nkao_former`` for units and zones known by name.
    name
        Display name, both Latin forms in alphabetical order: "Goris / Gorus".
    names
        Every known form in every script, as written.
    kind
        ``village``, ``town``, ``city``, ``mountain``, ``lake``, ``road_point``, ``bridge`` …; ``capital`` and ``foreign`` for places
        outside or far from the border that reports name as speakers; ``country``, ``unit``, ``former_unit``, ``former_raion``,
        ``subregion``, ``zone``, ``line`` for what is not a point.
    lon, lat
        WGS 84 degrees; for areas a point inside, only for ranking candidates.
    radius_m
        Metres that should hold the true point; for areas the radius of the circle of equal area.
    country
        ISO code, de jure; ``AM-AZ`` for a line or lake between them.
    adm1
        Name of the first-level unit in the division of 1992 to Dec 2023; ``None`` for countries and wider areas.
    unit
        Id of that unit (``am-syunik``), ``None`` likewise.
    outline
        ``unit:…`` or ``zone:…`` ids whose outline is the place; empty for points.
    population
        0 when not known. Never decides alone.
    units
        Ids of all units in which the place may lie: its own first, then those that its radius touches; of an area, all that it
        covers or partly covers. Empty outside Armenia and Azerbaijan.
    near_border
        Whether it lies within 40 km of the Armenia-Azerbaijan border, in the former NKAO or in a district around it: what a
        report of a border incident means by a name that others bear elsewhere.
    reported
        Whether it is in the curated list of places that reports of border incidents name; ``False`` for those of GeoNames alone.
    """

    place_id: str
    name: str
    names: tuple[str, ...]
    kind: str
    lon: float
    lat: float
    radius_m: float
    country: str
    adm1: str | None
    unit: str | None
    outline: tuple[str, ...] = ()
    population: int = 0
    units: tuple[str, ...] = ()
    near_border: bool = False
    reported: bool = False

    @property
    def is_area(self) -> bool:
        """Whether it is an area or a line, which is never drawn as a point."""
        return self.kind in AREA_KINDS


class Gazetteer:
    """Places with a look-up by any of their names (folded by `geo.toponyms.fold`)."""

    def __init__(self, places: Iterable[Place], *, keys: Iterable[Iterable[str]] | None = None) -> None:
        """Take up places; of several with one id the last counts.

        Parameters
        ----------
        places
            In the order in which homonyms are to be listed.
        keys
            The folded names of each place, of which ids are distinct then, where they are known already; ``None``: they are made.
        """
        held = list(places) if keys is not None else list({place.place_id: place for place in places}.values())
        folded = (dict.fromkeys(map(fold, place.names)) for place in held) if keys is None else keys
        self._places = {place.place_id: place for place in held}
        self._by_key: dict[str, list[str]] = {}
        for place, names in zip(held, folded, strict=True):
            for key in names:
                self._by_key.setdefault(key, []).append(place.place_id)
        # made when first needed
        self._by_joined: dict[str, list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}

    def find(self, toponym: str) -> tuple[Place, ...]:
        """All places that bear this name, exactly after folding; empty when there is none.

        A name that is written in one word here and in two there ("Karintak", "Karin Tak") is found as well.
        """
        key = fold(toponym)
        keys = [key] if key in self._by_key else self._joined(key.replace(" ", ""))
        ids = dict.fromkeys(place_id for one in keys if one for place_id in self._by_key[one])
        return tuple(self._places[place_id] for place_id in ids)

    def _joined(self, key: str) -> list[str]:
        if not self._by_joined:
            for one in self._by_key:
                self._by_joined.setdefault(one.replace(" ", ""), []).append(one)
        return self._by_joined.get(key, [])

    def get(self, place_id: str) -> Place | None:
        """The place with this id; ``None`` when there is none."""
        return self._places.get(place_id)

    def keys_like(self, key: str) -> tuple[str, ...]:
        """The folded names that begin with the same letter, for the search of misspellings."""
        if not self._by_letter:
            for one in self._by_key:
                self._by_letter.setdefault(one[:1], []).append(one)
        return tuple(self._by_letter.get(key[:1], ()))

    def of_key(self, key: str) -> tuple[Place, ...]:
        """All places that bear a folded name."""
        return tuple(self._places[place_id] for place_id in self._by_key.get(key, ()))

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __len__(self) -> int:
        return len(self._places)


def read_places(path: Path) -> tuple[Place, ...]:
    """The places of a file in the form of ``geo/data/places.tsv``.

    Raises
    ------
    DataError
        The file is missing or a line of it does not fit.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return tuple(place_of(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row[0] != "place_id")
    except (OSError, ValueError, IndexError) as error:
        raise DataError(f"{path.name}: {error}; install marchland again, or build it with scripts.build_gazetteer") from error


COLUMNS = (
    "place_id", "name", "kind", "lon", "lat", "radius_m", "country", "adm1", "units", "outline", "population", "near_border", "reported",
    "names",
)  # fmt: skip
"""Columns of ``geo/data/places.tsv``; several values are divided by ``|``, an empty cell is unknown."""


def place_of(row: list[str]) -> Place:
    """A line of ``places.tsv`` as a place."""
    place_id, name, kind, lon, lat, radius_m, country, adm1, units, outline, population, near_border, reported, names = row
    within = tuple(units.split("|")) if units else ()
    return Place(
        place_id, name, tuple(names.split("|")), kind, float(lon), float(lat), float(radius_m), country, adm1 or None,
        # an area that covers several units is in none of them
        within[0] if adm1 else None, tuple(outline.split("|")) if outline else (), int(population or 0), within,
        near_border == "yes", reported == "yes",
    )  # fmt: skip


@cache
def embedded_gazetteer() -> Gazetteer:
    """The gazetteer that ships with marchland (loaded once)."""
    return Gazetteer(read_places(DATA / "places.tsv"))
