"""The layers of boundaries and zones: which there are, what each holds, how it is drawn and named.

Making folium layers of them is left to `maps.overlays`; colours are those of `maps.theme`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd

from boundaries.catalogue import Catalogue
from maps.theme import Stroke

DECIMALS = 3
"""Of a degree, about 100 m; the best layer is good to 800 m, and shared edges stay shared at one rounding."""

BASE, AREAS, LINES = "ml-base", "ml-areas", "ml-lines"
"""Panes, lowest first."""

SITE_KINDS = ("post", "checkpoint", "joint_centre", "pocket")
CHANGE_KINDS = ("area_change", "dissolution", "transfer")
OWN_LAYER_KINDS = ("closure", "corridor", "corridor_road", "district_area", "district_group", "former_oblast", "peacekeeping_zone")
LINE_KINDS = ("border_section", "line_of_contact", "state_border")


@dataclass(frozen=True, slots=True)
class OverlayKind:
    """A layer of the base map, of boundaries or of zones.

    Attributes
    ----------
    key
        Name in the page's data and CSS classes.
    group, label
        Where and how the legend names it; not in the legend when ``group`` is ``None``.
    pane
        Leaflet pane.
    rows
        Its features, out of a catalogue.
    stroke
        How it is drawn.
    """

    key: str
    group: str | None
    label: str
    pane: str
    rows: Callable[[Catalogue], gpd.GeoDataFrame]
    stroke: Stroke


def _zones(*kinds: str) -> Callable[[Catalogue], gpd.GeoDataFrame]:
    return lambda catalogue: catalogue.zones[catalogue.zones.kind.isin(kinds)]


def _other_zones(catalogue: Catalogue) -> gpd.GeoDataFrame:
    return catalogue.zones[~catalogue.zones.kind.isin((*SITE_KINDS, *CHANGE_KINDS, *OWN_LAYER_KINDS))]


def _other_lines(catalogue: Catalogue) -> gpd.GeoDataFrame:
    return catalogue.lines[~catalogue.lines.kind.isin(LINE_KINDS)]


def _lines(kind: str) -> Callable[[Catalogue], gpd.GeoDataFrame]:
    return lambda catalogue: catalogue.lines[catalogue.lines.kind == kind]


PEACE = Stroke("peace", 1.4, "6 4", "peace", 0.1)

OVERLAYS: tuple[OverlayKind, ...] = (
    OverlayKind("neighbours", None, "Neighbouring countries", BASE, lambda c: c.neighbours, Stroke("unit", 0.8, None, "abroad", 1)),
    OverlayKind("units", "Boundaries", "Provinces and districts", BASE, lambda c: c.units, Stroke("unit", 0.8, None, "land", 1)),
    OverlayKind("lakes", None, "Lakes", BASE, lambda c: c.lakes, Stroke("coast", 0.6, None, "water", 1)),
    OverlayKind("seven", "Boundaries", "The seven districts", AREAS, _zones("district_group"), Stroke("seven", 1.4, "5 3", "seven", 0.08)),
    OverlayKind("peace", "Zones", "Russian peacekeeping zone", AREAS, _zones("peacekeeping_zone"), PEACE),
    OverlayKind("corridor", "Zones", "Lachin corridor, 5 km", AREAS, _zones("corridor"), Stroke("road", 1.2, "4 3", "road", 0.16)),
    OverlayKind("exclaves", "Boundaries", "Exclaves", LINES, lambda c: c.exclaves, Stroke("state", 1.2, "3 3")),
    OverlayKind("former", "Boundaries", "Former NKAO", LINES, _zones("former_oblast"), Stroke("former", 1.8, "8 3 2 3")),
    OverlayKind("district", "Zones", "Aghdara / Martakert part, 2023", LINES, _zones("district_area"), Stroke("former", 1.2, "2 3")),
    OverlayKind("road", "Zones", "Road of the corridor", LINES, _zones("corridor_road"), Stroke("road", 2.6, "9 3")),
    OverlayKind("closure", "Zones", "Road closures", LINES, _zones("closure"), Stroke("contact", 2, "1 4")),
    OverlayKind("change", "Zones", "Reported changes of control", LINES, _zones(*CHANGE_KINDS), Stroke("site", 1.2, "2 4", "site", 0.1)),
    OverlayKind("zone", "Zones", "Other zones", LINES, _other_zones, Stroke("site", 1.4, "6 3", "site", 0.1)),
    OverlayKind("line", "Boundaries", "Other lines", LINES, _other_lines, Stroke("state", 1.4, "6 3")),
    OverlayKind("site", "Zones", "Posts, checkpoint, pocket", LINES, _zones(*SITE_KINDS), Stroke("site", 1.4, "3 3", "site", 0.12)),
    OverlayKind("state", "Boundaries", "Armenia-Azerbaijan line, undelimited", LINES, _lines("state_border"), Stroke("state", 2, "7 4")),
    OverlayKind("section", "Boundaries", "Delimited section, 2024", LINES, _lines("border_section"), Stroke("state", 3)),
    OverlayKind("contact", "Boundaries", "Line of contact", LINES, _lines("line_of_contact"), Stroke("contact", 3, "1 6")),
)
"""In the order in which they are drawn, lowest first."""

LEGEND_ORDER = (
    "state", "section", "contact", "units", "exclaves", "former", "seven", "line", "peace", "corridor", "road", "closure", "site",
    "change", "district", "zone",
)  # fmt: skip
"""Keys in the order of the legend, which is another than that of drawing."""

GROUPS = ("Boundaries", "Zones", "Reported troop positions", "Incidents")
