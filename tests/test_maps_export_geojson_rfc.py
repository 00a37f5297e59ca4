"""RFC 7946 checked by rules written from its text, without any code of the writer."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, Polygon, box

from geo.schema import Counts, incident_table
from maps.export.antimeridian import bounds_of, split_at_antimeridian
from maps.export.geojson import geojson_text
from maps.export.properties import plain_records
from maps.provenance import Provenance

PROVENANCE = Provenance("0", "neutral", None, Counts(1, 1, 0, 0, 0), ("a source",), "a disclaimer", ())
DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def faults(collection: dict[str, Any], text: str) -> list[str]:
    found = [] if collection["type"] == "FeatureCollection" else ["7: type"]
    found += ["4: crs"] if "crs" in collection else []
    found += [f"7.1: {name}" for name in ("coordinates", "geometries", "geometry", "properties") if name in collection]
    ids = [feature["id"] for feature in collection["features"]]
    found += ["3.2: id is neither string nor number"] if not all(isinstance(i, str | int | float) for i in ids) else []
    for feature in collection["features"]:
        found += [f"3.2: {name}" for name in ("type", "geometry", "properties") if name not in feature]
        found += ["7.1: foreign meaning"] if {"coordinates", "geometries", "features"} & set(feature) else []
        if feature["geometry"] is not None:
            found += geometry_faults(feature["geometry"])
    return found


def geometry_faults(geometry: dict[str, Any]) -> list[str]:
    if set(geometry) != {"type", "coordinates"} or geometry["type"] not in DEPTH:
        return [f"3.1: {geometry['type']}"]
    positions, rings, lines = [], [], []

    def walk(value: Any, depth: int) -> None:
        if depth == 0:
            positions.append(value)
            return
        if depth == 1 and geometry["type"] in ("Polygon", "MultiPolygon"):
            rings.append(value)
        if depth == 1 and "Line" in geometry["type"]:
            lines.append(value)
        for item in value:
            walk(item, depth - 1)

    walk(geometry["coordinates"], DEPTH[geometry["type"]])
    found = [f"3.1.1: {p}" for p in positions if len(p) != 2 or not (-180 <= p[0] <= 180 and -90 <= p[1] <= 90)]
    found += [f"11.2: {p}" for p in positions if any(round(v, 7) != v for v in p)]
    found += ["3.1.4: short line" for line in lines if len(line) < 2]
    found += ["3.1.6: ring not closed" for ring in rings if len(ring) < 4 or ring[0] != ring[-1]]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"] if rings else []
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
            found += ["3.1.6: winding"] if (area > 0) == (number > 0) else []
    for path in [*lines, *rings]:
        found += ["3.1.9: crosses" for a, b in pairwise(path) if abs(a[0] - b[0]) > 180]
    return found


def written(geometry: list[Any], **columns: list[Any]) -> tuple[dict[str, Any], str]:
    given_columns = {"id": [f"i{n}" for n in range(len(geometry))], "location_kind": ["area"] * len(geometry)} | columns
    text = geojson_text(incident_table(given_columns, geometry=geometry), provenance=PROVENANCE)
    return json.loads(text), text


ALL_KINDS = [
    Point(46, 39),
    None,
    MultiPoint([(46, 39), (47, 40)]),
    LineString([(170, 10), (-170, 12)]),
    Polygon([(170, 0), (-170, 0), (-170, 10), (170, 10)], holes=[[(175, 2), (-175, 2), (-175, 4), (175, 4)]]),
    Polygon([(46, 39, 5), (46, 40, 5), (47, 40, 5), (47, 39, 5)]),
    box(175, 0, 185, 5),
]


def test_every_kind_of_geometry_keeps_the_rules() -> None:
    collection, text = written(ALL_KINDS)
    assert faults(collection, text) == []
    assert len(collection["features"]) == len(ALL_KINDS)


def test_the_checker_finds_what_breaks_the_rules() -> None:
    clockwise = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}
    crossing = {"type": "LineString", "coordinates": [[170, 0], [-170, 0]]}
    assert geometry_faults(clockwise) == ["3.1.6: winding"]
    assert geometry_faults(crossing) == ["3.1.9: crosses"]
    assert geometry_faults({"type": "Point", "coordinates": [181, 0.12345678]}) != []


def test_gdal_opens_it_with_typed_dates(tmp_path: Any) -> None:
    _, text = written([Point(46, 39)], start=[np.datetime64("2021-05-12")])
    path = tmp_path / "incidents.geojson"
    path.write_text(text)
    info = pyogrio.read_info(path)
    assert dict(zip(info["fields"], info["ogr_types"], strict=True))["start"] == "OFTDate"


def test_a_box_over_the_180th_meridian_has_its_west_in_the_east() -> None:
    collection, _ = written([box(175, 0, 185, 5)])
    assert collection["bbox"] == [175, 0, -175, 5]
    assert collection["features"][0]["geometry"]["type"] == "MultiPolygon"


def test_a_ring_around_the_pole_reaches_the_pole() -> None:
    (shape,) = split_at_antimeridian(np.array([Polygon([(0, 80), (90, 80), (180, 80), (-90, 80)])], dtype=object))
    assert shape.bounds == pytest.approx((-180, 80, 180, 90))


def test_the_whole_world_is_no_crossing() -> None:
    world = np.array([box(-180, -90, 180, 90)], dtype=object)
    assert split_at_antimeridian(world)[0].area == pytest.approx(360 * 180)


def test_bounds_of_nothing_are_none() -> None:
    assert bounds_of(np.array([None], dtype=object), crosses=False) is None


@settings(max_examples=60)
@given(st.floats(-179, 179), st.floats(-60, 60), st.floats(0.5, 40), st.floats(0.5, 20))
def test_cutting_keeps_the_area_wherever_the_box_lies(west: float, south: float, width: float, height: float) -> None:
    drawn = box(west, south, west + width, south + height)
    rolled = shapely.transform(drawn, lambda xy: np.column_stack([(xy[:, 0] + 180) % 360 - 180, xy[:, 1]]))
    (cut,) = split_at_antimeridian(np.array([rolled], dtype=object))
    assert cut.area == pytest.approx(drawn.area, rel=1e-6)
    assert cut.is_valid
    assert cut.bounds[0] >= -180
    assert cut.bounds[2] <= 180


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.floats(0, 1e6), st.none() | st.integers(0, 999), st.booleans()
        ),
        max_size=6,
    )
)
def test_every_property_reads_back_as_it_was(rows: list[tuple[str, float | None, int | None, bool]]) -> None:
    columns = {
        "id": [f"i{n}" for n in range(len(rows))],
        "title": [row[0] for row in rows],
        "border_distance_m": [row[1] for row in rows],
        "killed_low": [row[2] for row in rows],
        "draft": [row[3] for row in rows],
    }
    table = incident_table(columns, size=len(rows))
    held = json.loads(geojson_text(table, provenance=PROVENANCE))
    assert [feature["properties"] for feature in held["features"]] == plain_records(table)
