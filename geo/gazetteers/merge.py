"""Further places put together with those that there are.

Two entries are one place when they share a name (folded), lie within `MERGE_M` and in one country. Places of GeoNames stand under
those that there are: they add names, or themselves where nothing is known. Own places stand above: they give the point, the radius
and the kind, and keep the id under which the place was known, so that tables which hold it stay right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from geo.candidates import areas_named
from geo.gazetteer import Gazetteer, Place
from geo.location import GEOD
from geo.toponyms import fold

MERGE_M = 8_000.0
FEATURES = frozenset({"lake", "mountain", "mine", "airport", "road_point", "bridge", "monastery", "other"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What polygons tell of a place.

    Attributes
    ----------
    units
        Id, name and country of the units that its radius touches, nearest first.
    near_border
        As in `geo.gazetteer.Place`.
    """

    units: tuple[tuple[str, str, str], ...] = ()
    near_border: bool = False


Survey = Callable[[Sequence[Place]], Sequence[Surroundings]]
"""Tells the surroundings of places, one for each; `geo` knows no polygons, so a caller that does brings it."""


def with_units(places: Sequence[Place], survey: Survey, known: Gazetteer) -> tuple[list[Place], list[str]]:
    """The places with country, unit and nearness to the border; a unit that the place states goes before the polygons."""
    placed, notes = [], []
    for place, around in zip(places, survey(places), strict=True):
        stated = [a for a in areas_named(place.adm1, known) if a.kind == "unit" and a.unit] if place.adm1 else []
        if place.adm1 and not stated:
            notes.append(f"{place.name}: {place.adm1!r} is not a known unit; taken from the boundaries")
        in_country = [unit for unit in around.units if not place.country or unit[2] == place.country]
        own = [(a.unit or "", a.adm1 or "", a.country) for a in stated if not place.country or a.country == place.country][:1]
        within = list(dict.fromkeys([*own, *in_country]))
        first = within[0] if within else None
        units = tuple(unit for unit, _, _ in within)
        country = place.country or (first[2] if first else "")
        placed.append(
            replace(
                place, adm1=first[1] if first else None, unit=first[0] if first else None, units=units, country=country,
                near_border=around.near_border,
            )
        )  # fmt: skip
    return placed, notes


def merged(base: Iterable[Place], *, under: Sequence[Place] = (), over: Sequence[Place] = ()) -> list[Place]:
    """All places in one list.

    Parameters
    ----------
    base
        Those that there are.
    under
        Places that only add what is not known.
    over
        Places that win.
    """
    places = list(base)
    taken: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        _take(taken, place, number)
    known = set(taken)
    for place in sorted(under, key=lambda p: p.place_id):
        _add_under(place, places, taken, known)
    ids = {place.place_id: number for number, place in enumerate(places)}
    for place in over:
        _add_over(place, places, taken, ids)
    return places


def _take(taken: dict[str, list[int]], place: Place, number: int) -> None:
    for key in {fold(name) for name in place.names}:
        if number not in taken.setdefault(key, []):
            taken[key].append(number)


def _same(place: Place, places: Sequence[Place], taken: dict[str, list[int]]) -> int | None:
    """The number of the place that another entry is."""
    found = []
    for number in {number for name in place.names for number in taken.get(fold(name), [])}:
        other = places[number]
        is_one = not other.is_area and (other.kind in FEATURES) == (place.kind in FEATURES) and other.country == place.country
        if is_one and (other.kind == place.kind or place.kind not in FEATURES):
            away = GEOD.inv(place.lon, place.lat, other.lon, other.lat)[2]
            found += [(away, number)] if away <= MERGE_M else []
    return min(found)[1] if found else None


def _add_under(place: Place, places: list[Place], taken: dict[str, list[int]], known: set[str]) -> None:
    same = _same(place, places, taken)
    if same is None:
        # another name of a far place that a known one bears would only make the latter ambiguous
        names = tuple(name for name in place.names if name == place.name or fold(name) not in known)
        places.append(replace(place, names=names))
        _take(taken, places[-1], len(places) - 1)
        return
    fresh = [name for name in place.names if set(taken.get(fold(name), [same])) == {same}]
    old = places[same]
    places[same] = replace(old, names=tuple(dict.fromkeys([*old.names, *fresh])), population=max(old.population, place.population))
    _take(taken, places[same], same)


def _add_over(place: Place, places: list[Place], taken: dict[str, list[int]], ids: dict[str, int]) -> None:
    by_id = ids.get(place.place_id)
    same = by_id if by_id is not None else _same(place, places, taken)
    if same is None:
        ids[place.place_id] = len(places)
        places.append(place)
        _take(taken, place, len(places) - 1)
        return
    old = places[same]
    names = tuple(dict.fromkeys([*place.names, *old.names]))
    places[same] = replace(place, place_id=old.place_id, names=names, population=max(old.population, place.population))
    _take(taken, places[same], same)
