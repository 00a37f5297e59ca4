"""Boundaries and zones as folium layers, and what the page tells about each feature.

The layers are folium's own GeoJson class with shapes, styles of `maps.theme` and constant names; a feature carries nothing but its
number. Names, periods, sources and counts of posts go into the data block (see `maps.payload`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from branca.element import MacroElement
from folium.template import Template
from shapely.geometry.base import BaseGeometry

from boundaries.catalogue import Catalogue
from geo.claims import ZoneFact
from geo.location import disc
from maps.kinds import DECIMALS, LEGEND_ORDER, OVERLAYS, OverlayKind
from maps.payload import data_block
from maps.shapes import packed, rounded
from maps.theme import stroke_values


class _Binding(MacroElement):
    """Tells the page's JavaScript which layer this is; both names are of our making."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            marchlandParts.bindOverlay({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.key|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, key: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Binding"
        self.key = key


class OverlayLayer(folium.GeoJson):
    """Boundaries or zones of one kind.

    Parameters
    ----------
    kind
        Style, name and place in the legend.
    table
        Features in WGS 84; ``name`` and, where there are such columns, period, status, source and so on.
    facts
        For each row, the facts that belong to it.
    """

    def __init__(self, kind: OverlayKind, table: gpd.GeoDataFrame, *, facts: Iterable[list[dict[str, Any]]] = ()) -> None:
        style = kind.stroke.leaflet(f"ml-path ml-{kind.key}")
        # folium's layer is empty: the page fills it from the data block, where shapes take a third of the space
        super().__init__({"type": "FeatureCollection", "features": []}, name=kind.label, control=False, pane=kind.pane, style=style)
        self.kind = kind
        self.shapes = _drawn(table)
        common, features = _told(table, list(facts))
        self.told = {
            "key": kind.key,
            "order": LEGEND_ORDER.index(kind.key) if kind.group else None,
            "group": kind.group,
            "label": kind.label,
            "stroke": stroke_values(kind.stroke),
            "common": common,
            "features": features,
            "shapes": [packed(shape, DECIMALS) for shape in self.shapes],
        }
        self.add_child(_Binding(kind.key))

    def _get_self_bounds(self) -> list[list[float | None]]:
        """South-west and north-east corner of the shapes, latitude first as folium wants it."""
        west, south, east, north = (float(v) for v in shapely.total_bounds(self.shapes))
        return [[south, west], [north, east]]

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with shapes and what the page tells about them put into the data block."""
        data_block(self.get_root()).parts.setdefault("overlays", {})[self.kind.key] = self.told
        super().render(**kwargs)  # type: ignore[no-untyped-call]


def overlay_layers(catalogue: Catalogue, *, zone_facts: Iterable[ZoneFact] = ()) -> list[OverlayLayer]:
    """One layer for each kind of boundary and zone of which the catalogue holds any, lowest first.

    Parameters
    ----------
    catalogue
        What was in force on the day or in the period of the map.
    zone_facts
        Counts that articles report for a zone as a whole; told with every zone of their kind.
    """
    reported, dated = list(zone_facts), _facts_by_zone(catalogue)
    layers = []
    for kind in OVERLAYS:
        table = kind.rows(catalogue)
        table = table[table.geometry.notna()]
        if len(table):
            layers.append(OverlayLayer(kind, table, facts=[_facts_of(row, dated, reported) for row in _rows(table)]))
    return layers


def _rows(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.drop(columns="geometry").to_dict("records")
    return rows


def _drawn(table: gpd.GeoDataFrame) -> list[BaseGeometry]:
    """The shapes as drawn; a place known only as a point is the disc that should hold it."""
    shapes = [
        disc(shape.x, shape.y, reach or 2_500.0) if shape.geom_type == "Point" else shape
        for shape, reach in zip(table.geometry, _reach(table), strict=True)
    ]
    return list(rounded(np.array(shapes, dtype=object), DECIMALS))


def _reach(table: gpd.GeoDataFrame) -> list[float]:
    """Metres around a point that should hold the place: ``accuracy_m`` or ``radius_m``; 0 when not known."""
    name = next((n for n in ("accuracy_m", "radius_m") if n in table.columns), None)
    return [0.0] * len(table) if name is None else [float(v) for v in table[name].fillna(0.0)]


_TOLD = (
    "id",
    "kind",
    "name",
    "country",
    "iso",
    "status",
    "schematic",
    "accuracy_m",
    "confidence",
    "posts",
    "passed_how",
    "held_by",
    "source",
    "note",
)


def _told(table: gpd.GeoDataFrame, facts: list[list[dict[str, Any]]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the page tells about all features alike and about each: known values only, dates as ISO text."""
    told = []
    for number, row in enumerate(_rows(table)):
        values = {name: row[name] for name in _TOLD if name in row and not pd.isna(row[name])}
        values |= {name: f"{row[name]:%Y-%m-%d}" for name in ("start", "end", "passed_on") if name in row and not pd.isna(row[name])}
        values |= {"names": names} if (names := _other_names(row)) else {}
        values |= {"facts": facts[number]} if number < len(facts) and facts[number] else {}
        told.append({name: value.item() if isinstance(value, np.generic) else value for name, value in values.items()})
    common = {name: value for name, value in told[0].items() if all(held.get(name) == value for held in told)} if len(told) > 1 else {}
    return common, [{name: value for name, value in held.items() if name not in common} for held in told]


def _other_names(row: dict[str, Any]) -> list[str]:
    """Further forms of a unit's name, Latin ones in alphabetical order, then the other scripts."""
    latin = sorted({name for n in ("name_az_latin", "name_hy_latin") if isinstance(name := row.get(n), str)})
    scripts = [row.get(n) for n in ("name_az", "name_hy", "name_ru")]
    return [name for name in dict.fromkeys([*latin, *scripts]) if isinstance(name, str) and name]


def _facts_by_zone(catalogue: Catalogue) -> dict[str, list[dict[str, Any]]]:
    """The catalogue's dated facts by the ids of the zones or groups that they name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for fact in list[Any](catalogue.facts[catalogue.facts.zones.notna()].itertuples()):
        told = _fact(fact)
        for zone in fact.zones.split(";"):
            found.setdefault(zone, []).append(told)
    return found


def _facts_of(row: dict[str, Any], dated: dict[str, list[dict[str, Any]]], reported: list[ZoneFact]) -> list[dict[str, Any]]:
    """Dated facts about this zone or its group, then what articles say about it."""
    named = [fact for key in (row["id"], row.get("group")) if isinstance(key, str) for fact in dated.get(key, ())]
    # a fact may name both the zone and its group
    told = list({id(fact): fact for fact in named}.values())
    return told + [_reported(fact) for fact in reported if _is_about(fact, row)]


def _is_about(fact: ZoneFact, zone: dict[str, Any]) -> bool:
    """Whether a fact is about this zone: of its kind, whole and not a part of another, in force on the day of the report."""
    if fact.zone_kind != zone.get("kind") or zone.get("group"):
        return False
    day = pd.Timestamp(fact.said_on) if fact.said_on else pd.NaT
    return not (day < zone["start"] or day >= zone["end"])


def _fact(fact: Any) -> dict[str, Any]:
    values = {"subject": fact.name, "value": _paired(fact.value, fact.value_units), "source": fact.source, "note": fact.note}
    dates = {"start": fact.start, "end": fact.end}
    return {k: v for k, v in values.items() if v} | {k: f"{v:%Y-%m-%d}" for k, v in dates.items() if not pd.isna(v)}


def _paired(values: str | None, units: str | None) -> str | None:
    """Several values with their units, each beside its own: "9;7", "posts;vehicles" is "9 posts; 7 vehicles"."""
    if not values:
        return None
    numbers, words = values.split(";"), (units or "").split(";")
    if len(numbers) != len(words):
        return f"{'; '.join(numbers)} {'; '.join(words)}".strip()
    return "; ".join(f"{number} {word}".strip() for number, word in zip(numbers, words, strict=True))


def _reported(fact: ZoneFact) -> dict[str, Any]:
    kept = ("subject", "low", "high", "unit", "place_text", "said_on", "text", "source_file")
    return {name: value for name, value in asdict(fact).items() if name in kept and value is not None}
