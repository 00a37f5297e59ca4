"""Our own GeoJSON, read back without loss.

A FeatureCollection with the member ``marchland`` holds the declared properties of `geo.schema` in their own types; any other GeoJSON
is a layer like others (`geo.read.vector`). Units, zones and distances are kept: they were answered for the location before it was
rounded for the export.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.claims import Actor, Claim, ZoneFact
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.read.files import sha256_of
from geo.schema import COLUMNS, Dossier, InputFile, incident_table

_RECORDS: dict[str, Callable[..., Any]] = {"actors": Actor, "claims": Claim}


def is_own_export(content: bytes) -> bool:
    """Whether the head of a file shows one of our own collections."""
    head = content[:2000]
    return b'"FeatureCollection"' in head and b'"marchland"' in head


def read_export(content: bytes, *, path: str, name: str | None = None, gazetteer: Gazetteer) -> Dossier:
    """The dossier that was exported.

    Parameters
    ----------
    content, path, name
        The file's bytes, its path, and what outputs call it.
    gazetteer
        Tells the unit that a place carries itself, which exports leave out.

    Raises
    ------
    InputError
        It is no whole JSON, or a feature lacks what an export has.
    """
    file = InputFile(path, name or PurePath(path).name, "marchland", "utf-8", 0, (), sha256_of(content))
    try:
        collection = json.loads(content)
        incidents = _incidents(collection["features"], gazetteer)
        facts = tuple(ZoneFact(**fact) for fact in collection["marchland"].get("zone_facts", ()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError, shapely.errors.GEOSException) as error:
        message = f"{path}: is not a whole export of marchland ({type(error).__name__}: {error}); export it again"
        raise InputError(message, path=path) from error
    before = tuple(dict.fromkeys(name for name in incidents.source_file if name))
    return Dossier(incidents, zone_facts=facts, files=(replace(file, rows_in=len(incidents), source_names=before),))


def _incidents(features: list[dict[str, Any]], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    rows = [feature["properties"] for feature in features]
    columns = {c.name: [_value(row.get(c.name), c.name, c.type) for row in rows] for c in COLUMNS if c.public}
    ids = columns["id"]
    if len(set(ids)) < len(ids) or not all(isinstance(one, str) and one for one in ids):
        raise ValueError("not every feature has an id of its own")
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) if feature["geometry"] else None for feature in features])
    held = np.asarray(shapes, dtype=object)
    held[shapely.is_empty(held)] = None
    places = [gazetteer.get(place_id) if place_id else None for place_id in columns["place_id"]]
    columns["place_unit"] = [place.unit if place and not place.outline else None for place in places]
    columns["assigned"] = [True] * len(rows)
    return incident_table(columns, geometry=held, size=len(rows))


def _value(value: Any, name: str, kind: str) -> Any:
    if kind == "list":
        make = _RECORDS.get(name)
        return tuple(make(**item) if make else item for item in value or ())
    if kind == "flag":
        return bool(value)
    return value
