"""The map of a dossier: base map, boundaries, zones, incidents and panels put together as one folium map.

`maps.page` makes the standalone page of it; in a notebook it shows as any folium map does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import folium
import geopandas as gpd
from folium.map import CustomPane

from boundaries.catalogue import Catalogue, load_catalogue, seen_from
from boundaries.catalogue import as_of as catalogue_of_day
from geo.claims import ZoneFact
from geo.gazetteer import Gazetteer, embedded_gazetteer
from geo.schema import Dossier
from maps.kinds import AREAS, BASE, LINES
from maps.labels import label_payload
from maps.languages import interface_texts, translated
from maps.layers import IncidentLayer
from maps.overlays import overlay_layers
from maps.panels import IncidentFilter, IncidentTable, Legend, PageFacts, TimeFilter, UnlocatedList
from maps.provenance import provenance_of
from maps.tiles import OnlineTiles, tile_source

TITLE = "Reported incidents"
MIN_ZOOM, MAX_ZOOM = 6, 13
"""A pixel is 20 m at the last zoom; closer the boundaries would look more exact than they are."""

# below Leaflet's own panes for shapes (400) and markers (600); the labels lie over every shape and under every symbol
PANES = ((BASE, 210), (AREAS, 250), (LINES, 300), ("ml-labels", 450))


def build_map(
    incidents: gpd.GeoDataFrame | Dossier,
    *,
    catalogue: Catalogue | None = None,
    zone_facts: Sequence[ZoneFact] = (),
    title: str | None = None,
    as_of: date | None = None,
    viewpoint: str = "neutral",
    disclaimer: str | None = None,
    gazetteer: Gazetteer | None = None,
    lang: str = "en",
    tiles: str | None = None,
) -> folium.Map:
    """A folium map of incidents on the boundaries and zones of their time.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, or a dossier around it, which also tells its inputs and counts.
    catalogue
        Boundaries and zones; ``None`` for the embedded ones.
    zone_facts
        Counts reported for a zone as a whole, added to those of the dossier.
    title
        Heading; ``None`` for a plain one.
    as_of
        Boundaries and zones of this one day; ``None``: those of the whole period, which the time filter narrows.
    viewpoint
        Whose depiction of contested things is drawn; named on the page.
    disclaimer
        Instead of the usual one; never none.
    gazetteer
        Whose towns are named on the base map; ``None`` for the embedded one.
    lang
        Language of the page's own texts, one of `maps.languages.LANGUAGES`.
    tiles
        Name of an online base map that needs no key, for a page that may use the network; ``None`` for none.

    Raises
    ------
    InputError
        There are no texts in this language, or the online base map can't be used.
    ValueError
        There is no such viewpoint, or the catalogue is of another one.
    """
    # what is missing is known before the work starts
    interface_texts(lang)
    online = [] if tiles is None else [OnlineTiles(tile_source(tiles))]
    dossier = incidents if isinstance(incidents, Dossier) else Dossier(incidents)
    held = _catalogue_for(catalogue, as_of, viewpoint)
    drawn = _empty_map(held.units)
    for layer in overlay_layers(held, zone_facts=(*dossier.zone_facts, *zone_facts)):
        layer.add_to(drawn)
    IncidentLayer(dossier).add_to(drawn)
    provenance = provenance_of(dossier, held, day=as_of, viewpoint=viewpoint)
    if disclaimer:
        provenance = replace(provenance, disclaimer=disclaimer)
    labels = label_payload(held, gazetteer or embedded_gazetteer())
    facts = PageFacts(title or translated(TITLE, lang), facts=provenance.as_dict(), labels=labels, lang=lang)
    _add_all(drawn, [*online, facts, TimeFilter(), Legend(), IncidentFilter(), UnlocatedList(), IncidentTable()])
    return drawn


def _catalogue_for(catalogue: Catalogue | None, day: date | None, viewpoint: str) -> Catalogue:
    held = load_catalogue() if catalogue is None else catalogue
    if held.viewpoint != viewpoint:
        held = seen_from(held, viewpoint)
    return held if day is None else catalogue_of_day(held, day)


def _empty_map(units: gpd.GeoDataFrame) -> folium.Map:
    west, south, east, north = (float(v) for v in units.total_bounds) if len(units) else (43.4, 38.4, 50.6, 41.9)
    drawn = folium.Map(
        location=_leaflet_order((west + east) / 2, (south + north) / 2),
        zoom_start=8,
        tiles=None,
        zoom_control="bottomright",
        attribution_control=False,
        zoom_snap=0.5,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
    )
    # folium drops max_zoom when there are no tiles
    drawn.options["max_zoom"] = MAX_ZOOM
    drawn.options["min_zoom"] = MIN_ZOOM
    drawn.options["max_bounds"] = [_leaflet_order(west - 4, south - 2.5), _leaflet_order(east + 2, north + 2)]
    _add_all(drawn, [CustomPane(name, z_index=z_index) for name, z_index in PANES])
    return drawn


def _leaflet_order(lon: float, lat: float) -> list[float]:
    """Latitude first, as Leaflet and folium want it; everything else in marchland has longitude first."""
    return [lat, lon]


def _add_all(drawn: folium.Map, elements: Iterable[Any]) -> None:
    for element in elements:
        element.add_to(drawn)
