"""Which of the places that bear a name is meant.

Decides by what the wording and the row say: the kind of place, the unit, the country, the neighbouring places. Never by population.
What these do not decide stays undecided, with its rivals. What follows for the map is the business of `geo.geocode`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from geo.gazetteer import SETTLEMENT_KINDS, Gazetteer, Place
from geo.location import GEOD
from geo.relations import RelationKind
from geo.toponyms import Wording, fold, nominatives, take_apart, untranslated, without_generic

FUZZY_RATIO = 85.0
"""Least similarity (per cent) of a misspelling, which must share the first letter too: measured to be right for 31 of 37 unseen
spellings and wrong for 0.8 % of other words."""
FUZZY_LENGTH = 5
FUZZY_TWO_SLIPS = 12
"""Letters from which on a name may have two slips."""

KINDS: dict[str, tuple[frozenset[str], ...]] = {
    "village": (frozenset({"village"}), frozenset({"town"})),
    "town": (frozenset({"town", "city", "capital", "foreign"}), frozenset({"village"})),
    "unit": (frozenset({"unit", "former_unit", "former_raion", "subregion"}),),
    "lake": (frozenset({"lake"}),),
    "mountain": (frozenset({"mountain"}),),
    "": (SETTLEMENT_KINDS | {"unit", "former_unit", "former_raion", "subregion", "zone"},),
}
"""Kinds of place that a generic word (`geo.toponyms.GENERIC_WORDS`) means, and those that it means only where there are none of these."""

THEATRE = frozenset({"AM", "AZ", "AM-AZ"})
SAME_SPOT_M = 5_000.0
NEIGHBOUR_M = 60_000.0
COMMUNITY_M = 30_000.0
FEATURES = {
    "road_point": ("junction", "turn", "tunnel", "pass", "checkpoint", "crossing", "post"),
    "mountain": ("height", "heights", "hill", "hills", "ridge"),
    "monastery": ("monastery", "church", "cathedral"),
    "mine": ("mine", "mines", "quarry"),
    "bridge": ("bridge",), "airport": ("airport", "airfield"), "lake": ("reservoir", "dam"),
    "other": (
        "gorge", "forest", "forests", "field", "fields", "posts", "outpost", "outposts", "position", "positions", "checkpoints", "plant",
        "farm", "farms", "station", "base", "cemetery", "valley", "river",
    ),
}  # fmt: skip
"""Words for what stands at a place or near it, by the kind of place that they may be."""
_FEATURE = re.compile(rf"\s+({'|'.join(word for words in FEATURES.values() for word in words)})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known besides the name.

    Attributes
    ----------
    countries, units
        Codes and unit ids, one of which should hold the place; empty when not told.
    said
        The stated country and unit as written, for reasons.
    note
        What of the context could not be used; empty when all could.
    """

    countries: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    said: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer for one name.

    Attributes
    ----------
    place
        The one that is meant, ``None`` when that is not decided.
    rivals
        Other places that the wording fits, best first; when nothing fits the context, those that bear the name elsewhere.
    reason
        What decided, or why nothing did.
    ambiguous
        Whether several fit and nothing told them apart.
    around
        Whether the words mean the surroundings of the place: a feature near it, a district without an outline.
    spelt_otherwise
        Whether the name was only found by similarity.
    """

    place: Place | None
    rivals: tuple[Place, ...] = ()
    reason: str = ""
    ambiguous: bool = False
    around: bool = False
    spelt_otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The places that a name may mean before any context, and how they were found."""

    places: tuple[Place, ...] = ()
    kind: str | None = None
    areas: tuple[Place, ...] = ()
    note: str = ""
    around: bool = False
    spelt_otherwise: bool = False
    wording: Wording = field(default_factory=lambda: Wording((), None))


def context_of(country: str | None, adm1: str | None, gazetteer: Gazetteer) -> Context:
    """The context that a row states: countries and first-level units by code or name, several with ``;`` or ``|`` between."""
    countries: set[str] = set()
    units: set[str] = set()
    unknown: list[str] = []
    for name in _values(country):
        known = {place.country for place in gazetteer.find(name) if place.kind == "country"}
        countries |= known or ({name.upper()} if len(name) == 2 else set())
        unknown += [] if known or len(name) == 2 else [name]
    countries |= {"AM", "AZ"} if "AM-AZ" in {name.upper() for name in _values(country)} else set()
    for name in _values(adm1):
        held = {unit for place in areas_named(name, gazetteer) for unit in place.units}
        units |= held
        unknown += [] if held else [name]
    note = f"{', '.join(unknown)} is not a known unit and was not used" if unknown else ""
    said = ", ".join([*_values(adm1), *_values(country)])
    return Context(frozenset(countries), frozenset(units), said, note)


def areas_named(name: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The units, former units and zones that a name may mean as the wider place around another."""
    forms = [form for one in take_apart(name).forms for form in one]
    places = {p.place_id: p for form in [name, *forms, *(n for f in forms for n in nominatives(f))] for p in gazetteer.find(form)}
    return tuple(p for p in places.values() if p.is_area and p.kind != "line")


def narrowed(context: Context, areas: Iterable[Place], said: str) -> Context:
    """The context with a wider place that the wording itself names; it replaces what the row says."""
    wider = tuple(areas)
    units = frozenset(unit for place in wider for unit in place.units)
    countries = frozenset(place.country for place in wider if place.kind == "country")
    return replace(context, units=units or context.units, countries=countries or context.countries, said=said)


def read_name(name: str, gazetteer: Gazetteer) -> Reading:
    """The places that a name may mean, as written, without generic words, inflected, as a feature, or misspelt."""
    wording = take_apart(name)
    if exact := gazetteer.find(name):
        if wording.kind == "unit" and not any(p.is_area for p in exact):
            # a list of names may give that of the district to its seat as well
            shorter = (p for form in wording.forms for one in form[1:] for p in gazetteer.find(one) if p.kind in KINDS["unit"][0])
            exact = tuple(dict.fromkeys([*shorter, *exact]))
        return Reading(exact, wording.kind if len(wording.forms) == 1 else None, wording=wording)
    places, note = _agreeing(wording, gazetteer)
    if places:
        return Reading(places, wording.kind, areas=_bracketed(wording, gazetteer), note=note, wording=wording)
    for form in wording.names:
        if inflected := [p for one in (*untranslated(form), *nominatives(form)) for p in gazetteer.find(one)]:
            return Reading(tuple(dict.fromkeys(inflected)), wording.kind, wording=wording)
    return _feature(name, gazetteer) or _similar(wording, gazetteer)


def _feature(name: str, gazetteer: Gazetteer) -> Reading | None:
    """What stands at a place that is known: the place itself when it is of that kind ("Dadivank monastery"), else its surroundings."""
    match = _FEATURE.search(name)
    inner = read_name(name[: match.start()], gazetteer) if match else Reading()
    if match is None or not inner.places or inner.spelt_otherwise:
        return None
    same = tuple(p for p in inner.places if match[1].lower() in FEATURES.get(p.kind, ()))
    if same:
        return replace(inner, places=same, kind=None)
    return replace(inner, around=True, note=f"{name!r} is taken as near {name[: match.start()]}")


def _agreeing(wording: Wording, gazetteer: Gazetteer) -> tuple[tuple[Place, ...], str]:
    """Places that all the names in a wording can mean; where a second name only says which, those of the first."""
    known: list[tuple[Place, ...]] = []
    unknown: list[str] = []
    for form in wording.forms:
        places = next((places for one in form if (places := gazetteer.find(one))), ())
        known += [places] if places else []
        unknown += [] if places else [form[-1]]
    if not known:
        return (), ""
    common = tuple(place for place in known[0] if all(place in places for places in known[1:]))
    note = f"{', '.join(unknown)} is not known as another name of it" if unknown else ""
    return common or known[0], note


def _bracketed(wording: Wording, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The areas in brackets that say which one is meant: "Martuni (Khojavend)"."""
    if len(wording.forms) < 2:
        return ()
    return tuple(area for form in wording.forms[1:] for area in areas_named(form[-1], gazetteer))


def _similar(wording: Wording, gazetteer: Gazetteer) -> Reading:
    """Places whose name is almost the one written; only proper names, of one place."""
    for name in wording.names:
        key = fold(name)
        if len(key) < FUZZY_LENGTH or not any(c.isupper() for c in name):
            continue
        near = process.extract(key, gazetteer.keys_like(key), scorer=fuzz.ratio, score_cutoff=FUZZY_RATIO - 5, limit=8)
        # compounds share their endings: Vardanidzor is not a Vardadzor with two slips
        slips = 1 if len(key) < FUZZY_TWO_SLIPS else 2
        near = [one for one in near if Levenshtein.distance(key, one[0]) <= slips]
        spelt = [(score, one) for one, score, _ in near if score >= FUZZY_RATIO or _one_vowel_apart(key, one)]
        spelt = [(score, one) for score, one in spelt if re.sub(r"\D", "", one) == re.sub(r"\D", "", key)]
        places = tuple(dict.fromkeys(place for _, one in spelt for place in gazetteer.of_key(one)))
        if places:
            return Reading(
                places, wording.kind, note=f"{name!r} is taken as a spelling of {spelt[0][1]!r}", spelt_otherwise=True, wording=wording
            )
    return Reading(wording=wording)


def _one_vowel_apart(one: str, other: str) -> bool:
    """Whether two names of six letters or more differ only in one vowel ("lachen", "lachin")."""
    if len(one) != len(other) or len(one) < 6:
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and set(apart[0]) <= set("aeiou")


def choose(
    reading: Reading, name: str, *, context: Context, relation: RelationKind = "in", prefer: Place | None = None, loose: bool = False
) -> Found:
    """The place that a name means in a context.

    Parameters
    ----------
    reading, name
        What the name may mean (`read_name`), and the name as written.
    context
        What is known besides.
    relation
        A section of a border is one of a unit rather than of its town.
    prefer
        The place that the source gives by its id; decides when it bears the name.
    loose
        Whether a name that is known only outside the context may be taken all the same: one of several, the end of a road.
    """
    if not reading.places:
        return Found(None, reason=f"{name!r} is not in the gazetteer")
    around = reading.around
    if prefer and prefer in reading.places and (prefer.is_area or (reading.kind != "unit" and relation != "section")):
        return Found(prefer, reason=f"{name!r} with the id {prefer.place_id}", around=around)
    of_kind, no_area = _of_kind(reading)
    areas = [area for area in reading.areas if area not in reading.places]
    within = narrowed(context, areas, name) if areas and any(_inside(p, areas) for p in of_kind) else context
    fitting = _in_context(of_kind, within)
    outside = not fitting and loose
    fitting = of_kind if outside else fitting
    if not fitting:
        known = ", ".join(dict.fromkeys(p.adm1 or p.country for p in of_kind))
        return Found(None, tuple(of_kind), f"{name!r} is known in {known}, but the source says {within.said}")
    best, why = _preferred(fitting, reading.kind, relation)
    best = _same_spot(best)
    others = tuple(p for p in fitting if p not in best)
    if len(best) == 1:
        told = f"{name!r} by {within.said}" if len(fitting) < len(of_kind) and not outside else ""
        told = f"{name!r} lies outside {within.said}" if outside else told
        reason = _and(reading.note, told, why)
        return Found(best[0], others, reason, around=around or no_area, spelt_otherwise=reading.spelt_otherwise)
    told = ", ".join(f"{p.name} ({p.kind}, {p.adm1 or p.country})" for p in best)
    if reading.spelt_otherwise:
        return Found(None, tuple(best), f"{name!r} is not in the gazetteer; similar names: {told}")
    return Found(
        None, tuple(best), f"{name!r} fits {len(best)} places: {told}; give a province in the column adm1, or a place_id", ambiguous=True
    )


def with_neighbours(found: Found, name: str, neighbours: Sequence[Place]) -> Found:
    """An ambiguous name decided by the places named along with it: the only candidate within `NEIGHBOUR_M` of one of them."""
    near = [p for p in found.rivals if any(_apart_m(p, other) <= NEIGHBOUR_M for other in neighbours)]
    if not found.ambiguous or len(near) != 1:
        return found
    others = tuple(p for p in found.rivals if p not in near)
    return Found(near[0], others, f"{name!r} is the one near {neighbours[0].name}", around=found.around)


def is_context(area_name: str, places: Iterable[Place], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The areas of this name that hold one of the places; empty when it can't say which of them is meant.

    A community is named after its seat: it holds what lies within `COMMUNITY_M`.
    """
    inner = tuple(places)
    areas = tuple(area for area in areas_named(area_name, gazetteer) if any(_inside(p, [area]) for p in inner))
    if areas or take_apart(area_name).kind != "":
        return areas
    seats = gazetteer.find(without_generic(area_name)[0][-1])
    return tuple(s for s in seats if any(p is not s and p.units[:1] == s.units[:1] and _apart_m(p, s) <= COMMUNITY_M for p in inner))


def _inside(place: Place, areas: Iterable[Place]) -> bool:
    """Whether one of the areas other than itself holds the place; an area must be the smaller one."""
    for area in areas:
        if area is place or (place.is_area and (place.radius_m >= area.radius_m or place.kind == "country")):
            continue
        if area.kind == "country" and place.country == area.country:
            return True
        if place.units and place.units[0] in area.units:
            return True
    return False


def _values(cell: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", cell or "") if part.strip()]


def _of_kind(reading: Reading) -> tuple[list[Place], bool]:
    """The places of the kind that a generic word says; all, when there is none of it, and whether an area was meant in vain."""
    if not reading.kind:
        return list(reading.places), False
    tiers = [[p for p in reading.places if p.kind in kinds] for kinds in KINDS[reading.kind]]
    wanted = next((tier for tier in tiers if tier), [])
    return (wanted, False) if wanted else (list(reading.places), reading.kind == "unit")


def _in_context(places: list[Place], context: Context) -> list[Place]:
    """Those that the stated country and unit allow: by their own unit, else by one that their radius touches."""
    kept = [p for p in places if not context.countries or p.country in context.countries or p.country == "AM-AZ"]
    if not context.units:
        return kept
    own = [p for p in kept if p.units[:1] and p.units[0] in context.units]
    return own or [p for p in kept if set(p.units) & context.units or not p.units]


def _preferred(places: list[Place], kind: str | None, relation: RelationKind) -> tuple[list[Place], str]:
    """Of homonyms those that a bare name means by custom, and the reason.

    The region of the conflict before its neighbours; a zone, a line or a country before anything else; a marz before a village of
    its name; the seat before the district that is named after it. A border section is one of a unit.
    """
    best = [p for p in places if p.country in THEATRE] or places
    why = "" if len(best) == len(places) else "homonyms outside Armenia and Azerbaijan are left aside"
    if len(best) == 1:
        return best, why
    areas = [p for p in best if p.is_area]
    if relation == "section" and (units := [p for p in areas if p.kind == "unit"]):
        return units, why
    if kind:
        return _bordering(best if kind != "unit" else [p for p in areas if p.kind == "unit"] or best, why)
    wider = [p for p in areas if p.kind in ("zone", "line", "country")]
    settlements = [p for p in best if p.kind in SETTLEMENT_KINDS]
    marzes = [p for p in areas if p.kind == "unit" and (p.country == "AM" or len(p.outline) > 1)]
    if wider:
        return wider, why
    if marzes and not any(p.kind == "capital" for p in settlements):
        # a town of the same name is as likely
        return [*marzes, *(p for p in settlements if p.kind != "village")], "a province before a village of its name"
    if settlements and areas:
        names = ", ".join(p.name for p in areas[:1])
        return _bordering(settlements, f"the settlement rather than {names}")
    return _bordering(settlements or best, why)


def _bordering(places: list[Place], why: str) -> tuple[list[Place], str]:
    """Those near the border, where others of the name are far from it; in one unit those that reports name."""
    near = [p for p in places if p.near_border]
    if near and len(near) < len(places):
        places, why = near, _and(why, "the one near the border; others are far from it")
    reported = [p for p in places if p.reported]
    if reported and len(reported) < len(places) and len({p.unit for p in places}) == 1:
        places, why = reported, _and(why, "the one of this unit that reports of border incidents name")
    return places, why


def _and(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _same_spot(places: list[Place]) -> list[Place]:
    """One entry, that of the largest radius, where all lie on the same spot (a height and the village on it)."""
    if len(places) < 2 or any(p.is_area for p in places):
        return places
    if all(_apart_m(places[0], p) <= SAME_SPOT_M for p in places[1:]):
        return [max(places, key=lambda p: (p.kind in SETTLEMENT_KINDS, p.radius_m))]
    return places


def _apart_m(one: Place, other: Place) -> float:
    return float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2])
