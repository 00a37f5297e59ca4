"""A place name in an article, and which of its homonyms is meant.

Finding names is left to `geo.extract.names`, what they are mentioned for to `geo.extract.mentions`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.gazetteer import Place

CAPITALS = frozenset({"yerevan", "baku"})

UNLOCATED_KINDS = frozenset({"country", "foreign", "capital"})

AREA_KINDS = frozenset({"unit", "zone", "former_raion", "former_unit", "subregion", "country"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in the article.

    Attributes
    ----------
    start, end
        Offsets of the name, with its kind word ("Tovuz district").
    text
        The name as written, without the kind word.
    places
        Gazetteer places that it may mean, best first; several when nothing decides.
    wording
        Offsets of the name with the words of its relation.
    shape
        ``name``, ``road`` or ``between`` (two places in `ends`), ``line``.
    said_kind
        ``unit`` or ``village`` when a word beside it says so.
    role
        ``None`` for a candidate place of an incident; otherwise what it is mentioned for.
    ends
        The two mentions of a road or of "between".
    within
        Name of the unit that a qualifier gives.
    """

    start: int
    end: int
    text: str
    places: tuple[Place, ...]
    wording: tuple[int, int]
    shape: str = "name"
    said_kind: str | None = None
    role: str | None = None
    ends: tuple[Mention, ...] = ()
    within: str | None = None


def distance_deg(one: Place, two: Place) -> float:
    """A measure for ranking only: degrees, longitude shortened for the latitude of the region."""
    return math.hypot((one.lon - two.lon) * 0.766, one.lat - two.lat)


def settle(mention: Mention, near: Sequence[Place], *, spread: bool = False) -> Mention:
    """With the homonyms in order: the one nearest to what else the article names first.

    A unit goes before a village of the same name, a town before its unit, unless a word beside the name said otherwise; with
    ``spread`` (what is told stands in the country and not in a town) the unit goes first.
    """
    if len(mention.places) < 2:
        return mention
    units = [p for p in mention.places if p.kind in ("unit", "zone")]
    places = list(mention.places)
    if units and mention.said_kind is None:
        # "positions in Kalbajar" stand in the district, not in the town
        towns = [] if spread else [p for p in places if p.kind in ("town", "city", "lake")]
        places = towns or units
    if near and len(places) > 1:
        places.sort(key=lambda p: sum(distance_deg(p, q) for q in near if q.place_id != p.place_id))
    return replace(mention, places=tuple(places))
