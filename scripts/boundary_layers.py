"""The embedded layers, feature by feature: units, lakes, lines, zones, facts, neighbours, exclaves.

Pure functions from what `scripts.boundary_packages` reads and from the tables in ``boundaries/data/sources`` to GeoDataFrames
in WGS 84; the geometry repairs are in `boundaries.repairs`, writing and records in `scripts.build_boundaries`.
"""

from __future__ import annotations

import json
import re
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from boundaries.repairs import (
    area_km2,
    clip_by_armenia,
    close_gaps,
    close_ordubad_wedge,
    drop_specks,
    fill_into,
    give_border_gaps_to_azerbaijan,
    holes_of,
    join_former_raions,
    polygons_of,
    rounded,
)
from geo.location import GEOD
from geo.schema import WGS84
from scripts.boundary_dated import INCLUSIVE_KINDS, day_after

CRACK_DEG, WIDEST_GAP_DEG, LARGEST_GAP_KM2, SPECK_KM2 = 0.005, 0.03, 15.0, 1.0
SEVEN = "seven_districts"


def cleaned_units(raw: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[BaseGeometry]]:
    """One coverage of both countries (``country, name, geometry``) and the lakes that it leaves open, largest first."""
    units = close_ordubad_wedge(clip_by_armenia(join_former_raions(raw)))
    units = give_border_gaps_to_azerbaijan(units, crack_deg=CRACK_DEG, largest_km2=LARGEST_GAP_KM2)
    units = drop_specks(close_gaps(units, widest_deg=WIDEST_GAP_DEG), below_km2=SPECK_KM2)
    # a speck leaves a hole behind, which goes to those around it
    units = close_gaps(units, widest_deg=WIDEST_GAP_DEG)
    sevan, _, _, artsvashen = holes_of(units)
    # the layer has no exclaves; this one is a hole of half its real size, so it is closed and the exclave drawn from another source
    units = fill_into(fill_into(units, "Gegharkunik", sevan), "Gadabay District", artsvashen)
    # rounding bends the border of the reservoir over itself in one place
    units = rounded(close_gaps(rounded(units, decimals=5), widest_deg=1e-4), decimals=5)
    return units, [sevan, *holes_of(units)]


def unit_table(units: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Names, codes and dates of every unit by the name that the layer uses, from the two source tables."""
    table = pd.concat([units, more]).dropna(subset="layer_name").set_index("layer_name")
    # both writings start from the layer's own spelling where the table knows no other
    plain = table.index.to_series().str.replace(r" (District|City)$", "", regex=True)
    return table.assign(name_az_latin=table.name_az_latin.fillna(plain))


def units_layer(units: gpd.GeoDataFrame, table: pd.DataFrame, returned: dict[str, dict[str, str]]) -> gpd.GeoDataFrame:
    """The coverage with its properties, in the order of the unit ids."""
    facts = table.loc[list(units.name)].reset_index()
    layer = gpd.GeoDataFrame(
        {
            "id": facts.unit_id, "country": facts.country, "level": "adm1", "kind": facts.level.str.partition(" ")[0],
            "name": facts.layer_name, "name_hy_latin": facts.name_hy_latin, "name_az_latin": facts.name_az_latin,
            "name_hy": facts.name_hy, "name_az": facts.name_az, "name_ru": facts.name_ru, "iso": facts.iso_3166_2,
            "one_of_seven": facts.unit_id.isin(list(returned)),
            "passed_on": facts.unit_id.map({k: v["date"] for k, v in returned.items()}),
            "passed_how": facts.unit_id.map({k: v["how"] for k, v in returned.items()}),
            "start": facts.valid.str.rstrip("-"), "end": None, "status": "de_jure",
            "accuracy_m": np.where(facts.country == "AM", 800, 1200), "area_official_km2": facts.area_official_km2,
            "note": facts.note,
        },
        geometry=list(units.geometry), crs=WGS84,
    )  # fmt: skip
    return layer.sort_values("id", ignore_index=True)


def lakes_layer(gaps: list[BaseGeometry]) -> gpd.GeoDataFrame:
    """The lakes that the coverage leaves open, and Sevan, which it gives to Gegharkunik."""
    rows = [
        {"id": "sevan", "name": "Goycha / Sevan", "kind": "lake", "country": "AM", "unit": "am-gegharkunik"},
        {"id": "mingachevir", "name": "Mingachevir / Mingechaur", "kind": "reservoir", "country": "AZ", "unit": None},
        {"id": "shamkir", "name": "Shamkhor / Shamkir", "kind": "reservoir", "country": "AZ", "unit": None},
    ]
    return rounded(gpd.GeoDataFrame(rows, geometry=gaps, crs=WGS84), decimals=5)


def _lines_of(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = [p for p in shapely.get_parts(shape) if "Line" in p.geom_type]
    return sorted(shapely.get_parts(shapely.line_merge(shapely.union_all(parts))), key=lambda p: p.length, reverse=True)


EXCLAVES = (
    ("artsvashen", "Artsvashen / Bashkand", "AM", "am-gegharkunik", "AZ", "az-gadabay", (45.52, 40.65)),
    ("barkhudarli", "Barkhudarli", "AZ", "az-qazakh", "AM", "am-tavush", (45.22, 40.99)),
    ("yukhari-askipara", "Verin Voskepar / Yukhari Askipara", "AZ", "az-qazakh", "AM", "am-tavush", (45.02, 41.06)),
)


def border_layers(armenia: BaseGeometry, azerbaijan: BaseGeometry) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """The line between the two countries, and the exclaves, as OpenStreetMap had them.

    Both countries hold the exclaves there, so these are where the two overlap. The line ends at waters (Sev Lich, Joghaz), which
    are cut out of both; Karki is missing and comes in as a point with the radius of its gazetteer entry.
    """
    azerbaijan = shapely.make_valid(azerbaijan)
    overlap = [p for p in shapely.get_parts(polygons_of(shapely.intersection(armenia, azerbaijan))) if area_km2(p) > 1]
    rings = shapely.union_all([p.boundary for p in overlap])
    shared = shapely.intersection(armenia.boundary, azerbaijan.boundary)
    sections = [line for line in _lines_of(shared) if not rings.buffer(1e-6).contains(line)]
    border = gpd.GeoDataFrame({"id": [f"osm-{i}" for i in range(1, len(sections) + 1)]}, geometry=sections, crs=WGS84)
    border.insert(1, "length_km", [round(_length_km(g), 2) for g in border.geometry])
    common = {"kind": "exclave", "status": "de_facto", "held_since": "1992-01-01"}
    rows = []
    for ident, name, country, unit, holder, held_unit, inside in EXCLAVES:
        shape = min(overlap, key=lambda p: p.distance(shapely.Point(inside)))
        rows.append({
            "id": ident, "name": name, "country": country, "unit": unit, "held_by": holder, "held_unit": held_unit, "radius_m": 0,
            "accuracy_m": 200, **common, "geometry": shape,
        })  # fmt: skip
    rows.append({
        "id": "karki", "name": "Karki / Tigranashen", "country": "AZ", "unit": "az-sadarak", "held_by": "AM", "held_unit": "am-ararat",
        "radius_m": 2500, "accuracy_m": 2500, **common, "geometry": shapely.Point(44.947, 39.787),
    })  # fmt: skip
    return border, gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84)


def _length_km(line: BaseGeometry) -> float:
    return float(GEOD.geometry_length(line)) / 1000


def state_border(units: gpd.GeoDataFrame) -> list[BaseGeometry]:
    """The edges that the units of the two countries share, longest first: the main line and that of Nakhchivan."""
    armenia, azerbaijan = (units[units.country == c].union_all() for c in ("AM", "AZ"))
    return _lines_of(armenia.boundary.intersection(azerbaijan.boundary))


def lines_layer(units: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The state border as the units draw it, cut where the section delimited in 2024 took its place.

    The cut runs between the points nearest to the two ends of that section, which is schematic itself.
    """
    section = zones.set_index("id").geometry["border_section_2024"]
    main, nakhchivan = state_border(units)[:2]
    near = sorted(main.project(nearest_points(main, shapely.Point(end))[0]) for end in (section.coords[0], section.coords[-1]))
    pieces = {
        "am-az-border-before-2024": substring(main, *near),
        "am-az-border-nakhchivan": nakhchivan,
        "am-az-border-one-side": substring(main, 0, near[0]),
        "am-az-border-other-side": substring(main, near[1], main.length),
    }
    names = {
        "am-az-border-before-2024": "Armenia-Azerbaijan line between Baghanis and Berkaber before its delimitation",
        "am-az-border-nakhchivan": "Armenia-Azerbaijan line, Nakhchivan",
    }
    north = max(("am-az-border-one-side", "am-az-border-other-side"), key=lambda key: pieces[key].centroid.y)
    names |= {k: "Armenia-Azerbaijan line, " + ("from Georgia" if k == north else "Sevan to the Araks") for k in pieces if k not in names}
    rename = {k: ("am-az-border-north" if k == north else "am-az-border-east") for k in pieces if k.endswith("-side")}
    rows = [
        {
            "id": rename.get(key, key), "kind": "state_border", "group": "am-az-border", "name": names[key], "start": None,
            "end": "2024-05-24" if key.endswith("2024") else None, "status": "undelimited", "accuracy_m": 1000,
            "schematic": False, "confidence": "H", "basis": "edge shared by the units of the two countries", "source": "units.geojson",
            "note": "not delimited between the two states" + ("; see border_section_2024" if key.endswith("2024") else ""),
        }
        for key in sorted(pieces)
    ]  # fmt: skip
    layer = gpd.GeoDataFrame(rows, geometry=[pieces[key] for key in sorted(pieces)], crs=WGS84)
    return layer.sort_values("id", ignore_index=True)


def zones_layer(source: dict[str, Any], units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The schematic zones: dated, clipped to the country that they are said to lie in, the seven districts one by one."""
    rows = []
    for feature in source["features"]:
        facts = feature["properties"]
        if facts["id"] == SEVEN:
            rows += [_district(unit, facts) for unit in facts["units"]]
            continue
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        if facts.get("clip_to"):
            shape = polygons_of(shape.intersection(units[units.country == facts["clip_to"]].union_all()))
        rows.append(_zone(facts) | {"geometry": shape})
    return rounded(gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84), decimals=5)


def _zone(facts: dict[str, Any]) -> dict[str, Any]:
    start, end, note = facts["valid_from"], facts["valid_to"], facts.get("note")
    if facts["kind"] == "former_oblast":
        # a map of 2021 shows the former oblast: it is "former" from the day on which it was abolished
        note = f"unit from {start} to {end}, shown since as a former one; {note}"
        start, end = end, None
    return {
        "id": facts["id"], "kind": facts["kind"], "group": facts.get("group") or facts.get("parent"), "name": facts["name"],
        "start": start, "end": day_after(end, facts["kind"]), "status": facts["status"], "accuracy_m": facts["accuracy_m"],
        "schematic": True, "confidence": facts["confidence"], "basis": facts["basis"], "source": "own drawing",
        "units": ";".join(facts["units"]), "passed_on": None, "posts": facts.get("posts"), "note": note,
    }  # fmt: skip


def _district(unit: str, facts: dict[str, Any]) -> dict[str, Any]:
    passed = facts["returned"][unit]
    return _zone(facts) | {
        "id": f"{SEVEN}_{unit.removeprefix('az-')}", "group": SEVEN, "accuracy_m": 1200, "schematic": False, "units": unit,
        "basis": "outline of the unit", "source": "units.geojson", "passed_on": passed["date"], "note": f"{passed['how']}; {facts['note']}",
        "geometry": None,
    }  # fmt: skip


def facts_table(facts: pd.DataFrame) -> pd.DataFrame:
    """The dated facts with half-open validity and the ids of the zones that carry them."""
    last = pd.to_datetime(facts.valid_to)
    # the source writes one day as from = to, and happenings with their last day included
    inclusive = facts.kind.isin(INCLUSIVE_KINDS) | (facts.valid_to == facts.valid_from)
    end = last.where(~inclusive, last + pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    where = facts.geometry_definition.fillna("")
    return pd.DataFrame({
        "id": facts.id, "kind": facts.kind, "name": facts.name, "start": facts.valid_from, "end": end, "status": facts.status,
        "value": facts.value, "value_units": facts.value_units, "zones": where.map(_zone_ids),
        "units": where.map(_unit_ids),
        "geometry_definition": facts.geometry_definition, "accuracy_m": facts.geometry_accuracy_m,
        "source": facts.source.str.replace(r"REPORT s\d", "several agencies", regex=True),
        "confidence": facts.confidence, "note": facts.note,
    })  # fmt: skip


def _zone_ids(definition: str) -> str:
    # what follows "minus", "subtract" or "complement of" is where the fact does not hold
    kept = re.sub(r"(minus|subtract|complement of) zones?:\w+", "", definition)
    lists = re.findall(r"zones?:(\w+(?:, \w+)*)", kept)
    return ";".join(ident.strip() for part in lists for ident in part.split(","))


def _unit_ids(definition: str) -> str:
    return ";".join(re.findall(r"(?<![\w-])(?:am|az)-[a-z-]+", definition))


def neighbours_layer(world: dict[str, BaseGeometry], units: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Outlines of the neighbours for the base map, fitted to the units so that no sliver shows between the two sources."""
    ours = shapely.union_all([*units.geometry, *lakes.geometry])
    window = shapely.box(38, 35, 55, 45)
    names = {"Georgia": "GE", "Iran": "IR", "Russia": "RU", "Turkey": "TR"}
    shapes = {n: shapely.simplify(shapely.intersection(shapely.make_valid(world[n]), window), 0.004) for n in names}
    # ground that Natural Earth gives to Armenia or Azerbaijan and the units do not: to the neighbour that it touches
    spare = shapely.difference(shapely.union(world["Armenia"], world["Azerbaijan"]), ours)
    taken = shapely.union_all([ours])
    rows = []
    for name, shape in shapes.items():
        grown = shapely.union(shape, shapely.intersection(spare, shape.buffer(0.06)))
        fitted = polygons_of(shapely.difference(grown, taken))
        taken = shapely.union(taken, fitted)
        large = [shapely.Polygon(p.exterior, [r for r in p.interiors if shapely.Polygon(r).area > 1e-3]) for p in shapely.get_parts(fitted)]
        rows.append({"id": names[name], "name": name, "geometry": shapely.MultiPolygon([p for p in large if p.area > 1e-3])})
    fitted_all = rounded(_without_slivers(gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84), ours), decimals=4)
    # rounding lets narrow necks cross themselves
    return fitted_all.set_geometry(gpd.GeoSeries([polygons_of(shapely.make_valid(g)) for g in fitted_all.geometry], crs=WGS84))


def _without_slivers(neighbours: gpd.GeoDataFrame, ours: BaseGeometry) -> gpd.GeoDataFrame:
    """What the two sources leave open between them goes to the neighbour that has most of its edge."""
    shapes = list(neighbours.geometry)
    whole = shapely.get_parts(shapely.union_all([ours, *shapes]).buffer(1e-4))
    for ring in (ring for part in whole for ring in part.interiors):
        gap = shapely.Polygon(ring).buffer(3e-4)
        taker = int(np.argmax(shapely.area(shapely.intersection(shapes, gap))))
        shapes[taker] = polygons_of(shapely.union(shapes[taker], shapely.difference(gap, ours)))
    return neighbours.set_geometry(gpd.GeoSeries(list(shapes), crs=WGS84))
