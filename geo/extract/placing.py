"""Places of an incident: which mentions count, where each of them is, and one location for all of them.

The wording of a mention goes to `geo.locate` with the place that was decided on; several places are joined by `geo.shapes`, so that
neither side's account is preferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.extract.drafts import Draft
from geo.extract.mentions import AREA_KINDS, Mention, distance_deg
from geo.extract.normalise import Article
from geo.extract.records import ExtractedIncident, PlaceRef
from geo.gazetteer import Gazetteer, Place
from geo.locate import locate
from geo.location import Location
from geo.shapes import Shape, together

# "in the X area" is not in X
_AROUND = re.compile(r" (?:area|vicinity|surroundings|sector)$")


def place_ref(mention: Mention, article: Article, gazetteer: Gazetteer) -> PlaceRef:
    """A mention with its location."""
    span = mention.wording
    words = article.text[slice(*span)]
    place = mention.places[0] if mention.places else None
    wording = article.plain[slice(*span)]
    if mention.shape in ("road", "between"):
        adm1 = ";".join(dict.fromkeys(e.places[0].adm1 for e in mention.ends if e.places and e.places[0].adm1))
        location = locate(wording, gazetteer=gazetteer, adm1=adm1 or None)
    else:
        location = locate(wording, gazetteer=gazetteer, adm1=place.adm1 if place else None, place_id=place.place_id if place else None)
    if location.kind == "point" and place and _AROUND.search(article.plain[mention.start : mention.end]):
        location = locate(f"near {mention.text}", gazetteer=gazetteer, adm1=place.adm1, place_id=place.place_id)
    if location.kind == "unknown" and place:
        location = locate("", gazetteer=gazetteer, place_id=place.place_id)
    if place and location.method == "place_id":
        location = replace(location, method="name", reason=f"the report names {place.name}")
    # a misspelling that only the location could settle
    place = place or (gazetteer.get(location.place_id) if location.place_id else None)
    lon, lat = _point(mention, location.geometry)
    relation = article.text[span[0] : mention.start].strip() or None
    country = (
        "AM-AZ"
        if mention.shape == "line" and place and place.kind == "line" and place.country != "AZ"
        else place.country
        if place
        else None
    )
    if mention.ends and len({e.places[0].country for e in mention.ends if e.places}) > 1:
        # between two places of two countries lies in neither for sure
        country = None
    name = "–".join(e.text for e in mention.ends) if mention.ends else place.name if place else mention.text
    return PlaceRef(
        span,
        words,
        name,
        location,
        lon,
        lat,
        country,
        place.adm1 if place else None,
        place.place_id if place else None,
        relation,
        mention.role == "origin",
    )


def _point(mention: Mention, geometry: object) -> tuple[float | None, float | None]:
    centre = getattr(geometry, "centroid", None)
    if centre is not None:
        return float(centre.x), float(centre.y)
    if mention.places and mention.shape != "line":
        return mention.places[0].lon, mention.places[0].lat
    return None, None


def own_places(draft: Draft) -> list[Mention]:
    """Without areas that only say in which unit another place lies, and one name of a road without the road."""
    mentions = draft.places
    points = [m for m in mentions if m.places and m.places[0].kind not in AREA_KINDS and m.shape != "line"]
    lead_only = [m for m in mentions if m.shape == "line" and points and not ("section" in m.text and _same_sentence(draft, m, points))]
    ends = {e.text for m in mentions for e in m.ends}
    kept = []
    for mention in mentions:
        if (
            mention.places
            and mention.places[0].kind in AREA_KINDS
            and any(_covers(mention.places[0], p.places[0]) for p in points if p.role != "origin")
        ):
            continue
        if mention in lead_only or (mention.shape == "name" and mention.text in ends):
            continue
        kept.append(mention)
    return kept


def _same_sentence(draft: Draft, mention: Mention, others: Sequence[Mention]) -> bool:
    sentence = next((f.sentence for f in draft.facts if f.sentence.start <= mention.start < f.sentence.end), None)
    return sentence is not None and any(sentence.start <= o.start < sentence.end for o in others)


def _covers(area: Place, place: Place) -> bool:
    if area.adm1 is not None:
        return area.adm1 == place.adm1
    return area.kind == "country" or (area.kind == "zone" and distance_deg(area, place) < 0.9)


def location_of(incident: ExtractedIncident, gazetteer: Gazetteer) -> Location:
    """One location for the incident: of its only place, or one that covers all of them.

    Where fire came from is left out when it is told where it fell, and the whole border beside a place on it.
    """
    named = [p for p in incident.places if not p.origin] or list(incident.places)
    finer = [p for p in named if not (p.location.outline and (p.place_id or "").startswith("line:"))] or named
    targets = [p for p in finer if p.location.kind != "unknown"]
    if not targets:
        reason = named[0].location.reason if named else "the report names no place for it"
        return Location(None, "unknown", None, reason=reason, rivals=named[0].location.rivals if named else ())
    if len(targets) == 1:
        return targets[0].location
    shape = together([_shape(p, gazetteer) for p in targets])
    names = list(dict.fromkeys(p.name for p in targets))
    return Location(
        shape.geometry, shape.kind, shape.radius_m, shape.outline, None, " and ".join(names), "relation",
        f"covers all {len(names)} places that the report names: {', '.join(names)}",
    )  # fmt: skip


def _shape(place: PlaceRef, gazetteer: Gazetteer) -> Shape:
    where = place.location
    known = gazetteer.get(place.place_id) if place.place_id else None
    return Shape(where.geometry, where.kind, where.radius_m or 0.0, (known,) if known else (), where.outline)
