"""The answer to one place wording as plain data: status, coordinates, unit, candidates with scores and reasons.

What ``marchland locate`` prints. How a wording is read is the business of `geo.locate`; only what it found is put into words here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import shapely

from geo.candidates import Context, context_of, read_name
from geo.gazetteer import Gazetteer, Place
from geo.locate import Located
from geo.location import Location
from geo.relations import parse_relation

Status = Literal["resolved", "ambiguous", "unresolved"]
UnitsNear = Callable[[float, float, float], Sequence[tuple[str, str]]]
"""Name and country of the units within a radius (metres) of a point (longitude, latitude), nearest first: the one that holds it, where
there is one, at the head."""

NAME, STATED, BORDER, REPORTED = 0.4, 0.3, 0.15, 0.15
"""What a candidate's score is the sum of: bearing the name, fitting the stated unit or country, lying near the border, being in the
curated list. The score ranks; it is no probability, and it decides nothing."""
SIMILAR = 0.25
"""In place of `NAME` for a name that is only similar."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a wording may mean.

    Attributes
    ----------
    place_id, name, adm1, lon, lat
        Of the place; ``adm1`` is ``None`` for countries and wider areas, and the coordinates of an area are a point inside it.
    score
        0 to 1, see `NAME`.
    reason
        What the score is made of, in words.
    """

    place_id: str
    name: str
    adm1: str | None
    lon: float
    lat: float
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one wording.

    Attributes
    ----------
    text, status
        The wording, and whether it was ``resolved``, is ``ambiguous`` or ``unresolved``.
    lon, lat
        WGS 84 degrees. Of an area a point inside and of a line its middle, only to look at or to sort by: ``kind`` says that it is
        no point, ``radius_m`` how far it reaches. ``None`` unless resolved.
    radius_m, kind
        As in `geo.location.Location`.
    place, place_id
        Display name and id of the place; the id is ``None`` when several are meant.
    country, adm1
        ISO code, ``AM-AZ`` for what lies in both or on the line between them; name of the first-level unit, ``None`` when there are
        several.
    relation
        Kinds of relation in the wording (`geo.relations.RelationKind`) with ``+`` between; ``None`` when nothing was resolved.
    candidates
        Best first; of a resolved wording the chosen places, then those that were left aside.
    reason
        What decided, or why nothing did.
    """

    text: str
    status: Status
    lon: float | None
    lat: float | None
    radius_m: float | None
    kind: str
    place: str | None
    place_id: str | None
    country: str | None
    adm1: str | None
    relation: str | None
    candidates: tuple[Candidate, ...]
    reason: str

    def as_dict(self) -> dict[str, object]:
        """Plain values under the names of the attributes."""
        return asdict(self) | {"candidates": [asdict(candidate) for candidate in self.candidates]}


def answer_of(
    text: str,
    located: Located,
    *,
    gazetteer: Gazetteer,
    country: str | None = None,
    adm1: str | None = None,
    units_near: UnitsNear | None = None,
) -> Answer:
    """What was found for a wording, as an answer.

    Parameters
    ----------
    text, located, gazetteer
        The wording, what `geo.locate.locate_with_unit` made of it, and the places that it was given.
    country, adm1
        The stated context that it was given.
    units_near
        Tells the units around a point away from any place ("5 km east of"); ``None``: such points get the unit of the place that they are
        told by only where that place lies in one unit.
    """
    location = located.location
    context = context_of(country, adm1, gazetteer)
    chosen = _chosen(location, text, gazetteer)
    resolved = location.kind != "unknown"
    status: Status = "resolved" if resolved else "ambiguous" if location.method == "ambiguous" else "unresolved"
    lon, lat = _coordinates(location, chosen) if resolved else (None, None)
    in_country, unit, also = _unit(located, chosen, (lon, lat), units_near) if resolved else (None, None, "")
    relations = "+".join(dict.fromkeys(relation.kind for relation in parse_relation(text))) if resolved else None
    return Answer(
        text, status, lon, lat, None if location.radius_m is None else round(location.radius_m), location.kind, location.place,
        location.place_id, in_country, unit, relations or ("in" if resolved else None),
        candidates(location, chosen, gazetteer=gazetteer, context=context),
        "; ".join(part for part in (location.reason, also) if part),
    )  # fmt: skip


def _chosen(location: Location, text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a location is told by: its own, or those whose display names it holds."""
    if location.kind == "unknown":
        return ()
    if location.place_id:
        place = gazetteer.get(location.place_id)
        return (place,) if place else ()
    named = [place for relation in parse_relation(text) for name in relation.names for place in read_name(name, gazetteer).places]
    wanted = (location.place or "").split("; ")
    return tuple(place for place in dict.fromkeys(named) if place.name in wanted and place.place_id not in location.rivals)


def _coordinates(location: Location, chosen: tuple[Place, ...]) -> tuple[float | None, float | None]:
    """A point for the location, four decimals (11 m): its own, the middle of a line, one inside an area."""
    shape = location.geometry
    if shape is None:
        return (chosen[0].lon, chosen[0].lat) if chosen else (None, None)
    if location.kind == "line":
        point = shapely.line_interpolate_point(shape, 0.5, normalized=True)
    else:
        point = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
    return round(point.x, 4), round(point.y, 4)


def _unit(
    located: Located, chosen: tuple[Place, ...], lonlat: tuple[float | None, float | None], units_near: UnitsNear | None
) -> tuple[str | None, str | None, str]:
    """Country and first-level unit of a location, and what is to be said when its radius reaches into another country."""
    lon, lat = lonlat
    shape = located.location.geometry
    away = shape is not None and shape.geom_type == "Point" and located.unit is None
    if away and units_near and lon is not None and lat is not None:
        near = units_near(lon, lat, located.location.radius_m or 0.0)
        held = units_near(lon, lat, 0.0)
        others = sorted({country for _, country in near} - {country for _, country in held})
        also = f"the radius reaches into {', '.join(others)} too" if held and others else ""
        return (held[0][1], held[0][0], also) if held else (None, None, "")
    units = {place.adm1 for place in chosen}
    countries = {place.country for place in chosen}
    country = countries.pop() if len(countries) == 1 else "AM-AZ" if countries and countries <= {"AM", "AZ", "AM-AZ"} else None
    return country, units.pop() if len(units) == 1 else None, ""


def candidates(location: Location, chosen: Iterable[Place], *, gazetteer: Gazetteer, context: Context) -> tuple[Candidate, ...]:
    """The chosen places and the rivals of a location, each with its score; within both groups the best first, then by id."""
    rivals = [place for place_id in location.rivals if (place := gazetteer.get(place_id))]
    similar = "similar names" in location.reason or "taken as a spelling" in location.reason
    scored = [_scored(place, context, similar=similar) for place in dict.fromkeys(chosen)]
    taken = {candidate.place_id for candidate in scored}
    others = [_scored(place, context, similar=similar) for place in dict.fromkeys(rivals) if place.place_id not in taken]
    return tuple(one for group in (scored, others) for one in sorted(group, key=lambda c: (-c.score, c.place_id)))


def _scored(place: Place, context: Context, *, similar: bool) -> Candidate:
    score, told = (SIMILAR, ["a similar name"]) if similar else (NAME, ["bears the name"])
    if context.units or context.countries:
        in_unit = not context.units or bool(set(place.units) & context.units)
        in_country = not context.countries or place.country in context.countries or place.country == "AM-AZ"
        score += STATED if in_unit and in_country else 0.0
        told.append(f"{'in' if in_unit and in_country else 'not in'} {context.said}")
    if place.near_border:
        score += BORDER
        told.append("near the border")
    if place.reported:
        score += REPORTED
        told.append("named by reports of border incidents")
    reason = f"{place.kind}; {', '.join(told)}"
    return Candidate(place.place_id, place.name, place.adm1, place.lon, place.lat, round(score, 2), reason)
