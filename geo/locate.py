"""One place wording to a location.

What is ambiguous stays so, with its rivals; what is not found stays unlocated, with the reason. Outlines of units and zones are only
named here (``outline``); `boundaries` draws them. How names are compared is in `geo.toponyms`, how wordings are taken apart in
`geo.relations`, which of several places is meant in `geo.candidates`, and the geometry of a relation with its radius in `geo.shapes`.
Tables are the business of `geo.geocode`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.candidates import Context, Found, Reading, areas_named, choose, context_of, is_context, narrowed, read_name, with_neighbours
from geo.gazetteer import Gazetteer, Place
from geo.location import Location
from geo.relations import Relation, parse_relation
from geo.shapes import NEAR_M, Shape, narrowest, shape_of, together

LONGEST_WORDING = 300
"""Characters; what is longer is a text, for `geo.extract`."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One relation with what its names may mean, the context that holds for it, and what was found."""

    relation: Relation
    readings: tuple[Reading, ...]
    context: Context
    found: tuple[Found, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(one.place for one in self.found if one.place)

    @property
    def is_found(self) -> bool:
        return bool(self.found) and len(self.places) == len(self.found)


@dataclass(frozen=True, slots=True)
class Located:
    """A location, and the unit that its places carry themselves.

    Attributes
    ----------
    location
        The answer.
    unit
        Id of the unit, where all the places that the location is told by lie in one, or the source has decided on one of them;
        ``None`` for areas, lines and points away from the place.
    """

    location: Location
    unit: str | None = None


def locate(
    text: str, *, gazetteer: Gazetteer, country: str | None = None, adm1: str | None = None, place_id: str | None = None
) -> Location:
    """Where a place wording is.

    Parameters
    ----------
    text
        The wording: "near Tegh, Syunik", "15 km east of Goris", "Lachin district".
    gazetteer
        The places it may name.
    country, adm1
        What the source says besides, to tell homonyms apart; several values with ``;`` between. A place that is known only
        elsewhere is not taken.
    place_id
        The place that the source has already decided on. It decides homonyms; the wording still tells how the incident lies to it,
        and a wording that names an area or several places is taken as it says.

    Returns
    -------
    Location
        ``kind`` ``unknown`` and no geometry when the wording is ambiguous (with ``rivals``) or not found; ``reason`` says why. Of an
        area or line that a unit or zone gives, ``outline`` is set and the geometry ``None``.
    """
    return locate_with_unit(text, gazetteer=gazetteer, country=country, adm1=adm1, place_id=place_id).location


def locate_with_unit(
    text: str, *, gazetteer: Gazetteer, country: str | None = None, adm1: str | None = None, place_id: str | None = None
) -> Located:
    """The same with the unit that the places carry, which decides beside a boundary; see `locate`."""
    given = gazetteer.get(place_id) if place_id else None
    note = f"the id {place_id!r} is not in the gazetteer" if place_id and not given else ""
    context = context_of(country, adm1, gazetteer)
    if len(text) > LONGEST_WORDING:
        return _unresolved(f"{text[:40]!r}… is too long for the wording of a place")
    relations = parse_relation(text)
    if not relations:
        return _with_note(_of_id(given, Relation("in", (), text)) if given else _unresolved("no place is told"), note)
    pieces, notes = _with_contexts(relations, context, gazetteer)
    pieces = _by_neighbours(_decided(pieces, given))
    return _with_note(_combined(pieces, given, text), *notes, note, context.note)


def _with_contexts(relations: Sequence[Relation], context: Context, gazetteer: Gazetteer) -> tuple[list[_Piece], list[str]]:
    """The pieces that name the place, each with the wider places that the wording gives for it."""
    pieces: list[_Piece] = []
    notes: list[str] = []
    start = 0  # first piece of the group that a following "…, Syunik" may be the context of
    for relation in (_known_by_name(one, gazetteer) for one in relations):
        start = len(pieces) if relation.joint == "slash" else start
        if relation.kind == "in" and relation.names and relation.joint in ("comma", "slash") and pieces:
            group = pieces[start:] if relation.joint == "comma" else pieces[-1:]
            inner = [place for piece in group for reading in piece.readings for place in reading.places]
            areas = is_context(relation.names[0], inner, gazetteer)
            if not areas and _contradicts(relation, relations, group, gazetteer):
                areas = areas_named(relation.names[0], gazetteer)
            other_side = relation.joint == "slash" and pieces[-1].context.said != context.said
            if areas and relation.joint == "comma":
                pieces[start:] = [replace(p, context=narrowed(p.context, areas, relation.names[0])) for p in group]
                continue
            if other_side and read_name(relation.names[0], gazetteer).places and _only_area(relation.names[0], gazetteer):
                notes.append(f"{relation.names[0]} is taken as the other side of the border")
                continue
        piece = _Piece(relation, tuple(read_name(name, gazetteer) for name in relation.names), context)
        if relation.context:
            inner = [place for reading in piece.readings for place in reading.places]
            if areas := is_context(relation.context, inner, gazetteer):
                piece = replace(piece, context=narrowed(context, areas, relation.context))
        pieces.append(piece)
    return pieces, notes


def _known_by_name(relation: Relation, gazetteer: Gazetteer) -> Relation:
    """A road that is a place of its own ("the Goris-Stepanakert highway") rather than the way between two; every other piece as it is."""
    name = re.sub(r"^(?:(?:on|along|at|of|in)\s+)?(?:the\s+)?", "", relation.wording, flags=re.IGNORECASE)
    known = relation.kind in ("road", "between") and gazetteer.find(name)
    return replace(relation, kind="in", names=(name,)) if known else relation


def _contradicts(relation: Relation, relations: Sequence[Relation], group: Sequence[_Piece], gazetteer: Gazetteer) -> bool:
    """Whether "X, Syunik" puts X where no X is known: one name that is no area's, and last an area's."""
    inner = [place for reading in group[0].readings for place in reading.places]
    is_last = relation is relations[-1] and len(group) == 1 and relation.joint == "comma"
    units = [area for area in areas_named(relation.names[0], gazetteer) if area.kind in ("unit", "country", "former_unit", "former_raion")]
    return is_last and bool(units) and not any(place.is_area for place in inner)


def _only_area(name: str, gazetteer: Gazetteer) -> bool:
    return any(place.kind == "unit" for place in gazetteer.find(name))


def _decided(pieces: list[_Piece], given: Place | None) -> list[_Piece]:
    """The pieces with the place of each name.

    Of several names one must lie where the row says; then the others may lie in neighbouring units. The ends of a road may lie
    across the border as well.
    """
    strict = [replace(piece, found=_found(piece, given, piece.context, loose=False)) for piece in pieces]
    several = sum(len(piece.relation.names) for piece in pieces) > 1
    on_a_way = any(len(piece.relation.names) > 1 for piece in pieces)
    if not several or not (given or on_a_way or any(piece.places for piece in strict)):
        return strict
    return [piece if piece.is_found else replace(piece, found=_found(piece, given, _loosened(piece), loose=True)) for piece in strict]


def _found(piece: _Piece, given: Place | None, context: Context, *, loose: bool) -> tuple[Found, ...]:
    relation = piece.relation
    named = zip(piece.readings, relation.names, strict=True)
    return tuple(choose(reading, name, context=context, relation=relation.kind, prefer=given, loose=loose) for reading, name in named)


def _loosened(piece: _Piece) -> Context:
    ends = len(piece.relation.names) > 1
    said = ", ".join(sorted(piece.context.countries))
    return piece.context if ends else replace(piece.context, units=frozenset(), said=said)


def _by_neighbours(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with ambiguous names decided by places named along with them."""
    sure = [place for piece in pieces for place in piece.places]
    if not sure:
        return pieces
    return [replace(p, found=tuple(with_neighbours(f, n, sure) for f, n in zip(p.found, p.relation.names, strict=True))) for p in pieces]


def _combined(pieces: list[_Piece], given: Place | None, text: str) -> Located:
    """One location for all pieces."""
    named = [piece for piece in pieces if piece.relation.names]
    asides = [piece.relation for piece in pieces if not piece.relation.names and piece.relation.distance_m is not None]
    found = [piece for piece in named if piece.is_found]
    missed = [piece for piece in named if not piece.is_found and not _says_nothing(piece)]
    if given and not any(given in piece.places for piece in found):
        if missed or not found:
            return _of_id(given, named[0].relation if len(named) == 1 else Relation("in", (), text))
        if len(named) == 1 and len(named[0].places) == 1 and not named[0].places[0].is_area:
            return _with_note(_of_id(given, named[0].relation), f"the wording names {named[0].places[0].name}")
    if not found or not _may_stand_alone(found, missed, named):
        return _undecided(missed or named, text)
    groups, unmet = _groups(found, asides)
    shape = _partial(together(groups)) if missed else together(groups)
    every = [f for piece in found for f in piece.found]
    places = shape.places
    reasons = [_said(piece) for piece in found]
    reasons += [f.reason for f in every if f.reason]
    reasons += [f"{'; '.join(f.reason for f in piece.found if not f.place)}: left out" for piece in missed]
    reasons += ["the parts of the wording do not meet; the narrowest is kept"] if unmet else []
    plain = len(found) == 1 and found[0].relation.kind == "in" and not asides
    method = "relation" if not plain else "place_id" if given in places else "name"
    location = Location(
        shape.geometry, shape.kind, shape.radius_m, shape.outline, places[0].place_id if len(places) == 1 else None,
        "; ".join(dict.fromkeys(place.name for place in places)), method, "; ".join(dict.fromkeys(reasons)),
        tuple(dict.fromkeys(p.place_id for f in every for p in f.rivals)),
    )  # fmt: skip
    return Located(location, _unit_of(shape, given))


def _partial(shape: Shape) -> Shape:
    """A shape to which a part that is not known belongs: never a point."""
    return replace(shape, kind="near", radius_m=shape.radius_m + NEAR_M) if shape.kind in ("point", "near") else shape


def _says_nothing(piece: _Piece) -> bool:
    """Whether a later piece holds no proper name at all ("all posts")."""
    return piece.relation.joint != "first" and all(name.lower() == name for name in piece.relation.names)


def _may_stand_alone(found: list[_Piece], missed: list[_Piece], named: list[_Piece]) -> bool:
    """Whether what was found is the place, or at least a part that the wording puts on a level with the rest.

    "Nowhere, Goris" is not in Goris: what comes first is the place, unless the rest tells it by a distance.
    """
    if not missed or missed[0] is not named[0]:
        return True
    rest = found[0].relation
    return rest.joint == "and" or rest.kind in ("offset", "ring", "between", "road")


def _groups(found: list[_Piece], asides: Sequence[Relation]) -> tuple[list[Shape], bool]:
    """The shapes of the places that are meant; pieces that say more about the one before are merged into it."""
    groups: list[list[Shape]] = []
    for piece in found:
        shape = _shape(piece, asides if piece is found[0] else ())
        anonymous = piece.relation.names == ("state border",)
        if anonymous and len(found) > 1:
            continue
        refines = piece.relation.joint == "comma" and groups and _says_more(piece, shape, groups[-1])
        groups = [*groups[:-1], [*groups[-1], shape]] if refines else [*groups, [shape]]
    kept = [narrowest(group) for group in groups]
    # the place is the one named first; what was said more about it only gives the shape
    shapes = [
        shape if group[0].kind in ("line", "area") else replace(shape, places=group[0].places)
        for (shape, _), group in zip(kept, groups, strict=True)
    ]
    return shapes, not all(meets for _, meets in kept)


def _says_more(piece: _Piece, shape: Shape, group: list[Shape]) -> bool:
    """Whether a piece after a comma tells more about the place before it rather than another place."""
    wider = piece.relation.kind == "in" and any(p.is_area for p in piece.places) and not all(s.outline for s in group)
    on_the_way = group[0].kind == "line" and shape.geometry is not None and narrowest([group[0], shape])[1]
    return wider or on_the_way or piece.relation.kind in ("near", "offset", "ring", "between", "road", "inside", "section")


def _shape(piece: _Piece, asides: Sequence[Relation]) -> Shape:
    around = any(f.around for f in piece.found)
    more_m = NEAR_M if any(f.spelt_otherwise for f in piece.found) else 0.0
    shape = shape_of(piece.relation, piece.places, around=around, more_m=more_m)
    for aside in asides:
        if shape.own_point:
            told = shape_of(replace(piece.relation, kind=aside.kind, distance_m=aside.distance_m, spread_m=aside.spread_m), piece.places)
            shape = replace(shape, kind="near", radius_m=max(shape.radius_m, told.radius_m))
    return shape


_SAID = {
    "near": "near {0}", "towards": "in the direction of {0}", "between": "between {0}", "road": "on the way {0}",
    "section": "section of {0}", "inside": "a distance inside {0}",
}  # fmt: skip


def _said(piece: _Piece) -> str:
    relation = piece.relation
    names = " – ".join(place.name for place in piece.places)
    if relation.kind in ("offset", "ring"):
        towards = f" at {relation.bearing_deg:g}°" if relation.bearing_deg is not None else ""
        return f"{(relation.distance_m or 0) / 1000:g} km{towards} from {names}"
    return _SAID.get(relation.kind, "named {0}").format(names)


def _of_id(place: Place, relation: Relation) -> Located:
    """The place that the source gives by its id, for a wording in which it is not named or that was not understood."""
    vague = relation.kind in ("near", "towards", "section") and not place.is_area
    shape = shape_of(relation if vague else Relation("in", (place.name,), relation.wording), [place])
    reason = "the source gives the id of the place" + (f"; {relation.wording!r} is taken as told of it" if vague else "")
    location = Location(shape.geometry, shape.kind, shape.radius_m, shape.outline, place.place_id, place.name, "place_id", reason)
    return Located(location, _unit_of(shape, place))


def _unresolved(reason: str) -> Located:
    return Located(Location(None, "unknown", None, method="unresolved", reason=reason))


def _undecided(pieces: list[_Piece], text: str) -> Located:
    missed = [f for piece in pieces for f in piece.found if not f.place]
    if not missed:
        return _unresolved(f"no place is named in {text!r}")
    rivals = tuple(dict.fromkeys(p.place_id for f in missed for p in f.rivals))
    ambiguous = all(f.ambiguous for f in missed)
    reason = "; ".join(dict.fromkeys(f.reason for f in missed))
    return Located(Location(None, "unknown", None, method="ambiguous" if ambiguous else "unresolved", reason=reason, rivals=rivals))


def _with_note(located: Located, *notes: str) -> Located:
    reason = "; ".join(part for part in (located.location.reason, *notes) if part)
    return replace(located, location=replace(located.location, reason=reason))


def _unit_of(shape: Shape, given: Place | None) -> str | None:
    """The unit that all places of a shape carry; else that of the one that the source has decided on."""
    if shape.outline or shape.kind == "line" or any(place.is_area for place in shape.places):
        return None
    if len(shape.places) == 1 and not shape.own_point:
        return None
    units = {place.unit for place in shape.places}
    if len(units) == 1:
        return units.pop()
    return given.unit if given in shape.places else None
