"""Names on the base map: countries, lakes, the towns of the gazetteer and the units, in both forms.

They travel in the data block and become text nodes; where several would cover each other, the page shows those of lower rank first.
"""

from __future__ import annotations

from typing import Any

from boundaries.catalogue import Catalogue
from geo.gazetteer import Gazetteer

# our placing: roomy spots that keep the names of both countries off the line between them
COUNTRIES: tuple[tuple[str, float, float], ...] = (
    ("Armenia", 44.62, 40.47),
    ("Azerbaijan", 47.75, 40.42),
    ("Azerbaijan", 45.3, 39.42),
    ("Georgia", 44.3, 41.75),
    ("Iran", 46.6, 38.45),
    ("Russia", 46.6, 42.35),
    ("Türkiye", 42.9, 40.2),
)

MAX_TOWNS = 160
TOWN_KINDS = ("capital", "city", "town")


def label_payload(catalogue: Catalogue, gazetteer: Gazetteer | None) -> list[dict[str, Any]]:
    """Labels in the order in which they win over others: ``name``, ``at`` (longitude, latitude), ``kind`` (country, lake, town, unit).

    Parameters
    ----------
    catalogue
        Its lakes and units are named.
    gazetteer
        Its towns and cities of both countries are named, larger first; ``None`` for no towns.
    """
    labels = [{"name": name, "at": [lon, lat], "kind": "country"} for name, lon, lat in COUNTRIES]
    labels += _lakes(catalogue)
    return labels + ([] if gazetteer is None else _towns(gazetteer)) + _units(catalogue)


def _lakes(catalogue: Catalogue) -> list[dict[str, Any]]:
    lakes = catalogue.lakes[catalogue.lakes.kind == "lake"] if len(catalogue.lakes) else catalogue.lakes
    spots = lakes.representative_point()
    return [
        {"name": name, "at": [round(spot.x, 3), round(spot.y, 3)], "kind": "lake"} for name, spot in zip(lakes.name, spots, strict=True)
    ]


def _units(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Provinces and districts, inside their outlines; a city that is a unit has the name of its town already."""
    units = catalogue.units[catalogue.units.kind != "city"].drop_duplicates("id") if len(catalogue.units) else catalogue.units
    names = units["label"].fillna(units.name) if "label" in units else units.name
    spots = units.representative_point()
    return [{"name": name, "at": [round(spot.x, 3), round(spot.y, 3)], "kind": "unit"} for name, spot in zip(names, spots, strict=True)]


def _towns(gazetteer: Gazetteer) -> list[dict[str, Any]]:
    towns = [place for place in gazetteer if place.kind in TOWN_KINDS and place.country in ("AM", "AZ")]
    towns.sort(key=lambda place: (-place.population, place.name))
    return [{"name": p.name, "at": [round(p.lon, 3), round(p.lat, 3)], "kind": "town"} for p in towns[:MAX_TOWNS]]
