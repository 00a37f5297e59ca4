"""Gaps, overlaps, repairs and double names of a user's layer, measured, drawn and cleaned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundaries.catalogue import load_catalogue
from boundaries.examine import cleaned, examine, find_gaps, find_overlaps, picture, write_cleaned
from boundaries.own import OwnLayer, read_layer
from boundaries.repairs import area_km2
from boundaries.shares import on_equal_area_cylinder

CATALOGUE = load_catalogue()
KM = 1 / 111.32


def own(*shapes: Any, names: list[str] | None = None, **columns: Any) -> OwnLayer:
    """Units at the equator, where a degree is 111 km both ways."""
    many = names or [f"unit {i}" for i in range(len(shapes))]
    held: dict[str, Any] = {"id": many, "name": many, "country": None, "iso": None, "kind": None}
    table = gpd.GeoDataFrame(held | columns, geometry=list(shapes), crs="EPSG:4326")
    return OwnLayer(table, "made/up.gpkg", None, (), 0, 1000.0, "")


FRAME = shapely.box(0, 0, 1, 1) - shapely.box(0.4, 0.4, 0.5, 0.5)


def test_gap_is_measured_and_its_neighbours_named() -> None:
    (gap,) = find_gaps(own(FRAME & shapely.box(0, 0, 0.45, 1), FRAME & shapely.box(0.45, 0, 1, 1)).units)
    assert gap.beside == ("unit 0", "unit 1")
    assert gap.km2 == pytest.approx(area_km2(shapely.box(0.4, 0.4, 0.5, 0.5)), rel=1e-6)
    assert shapely.box(0.4, 0.4, 0.5, 0.5).contains(shapely.Point(gap.lon, gap.lat))


def test_overlap_is_measured_and_its_units_named() -> None:
    (overlap,) = find_overlaps(own(shapely.box(0, 0, 0.5, 1), shapely.box(0.4, 0, 1, 1)).units)
    assert overlap.units == ("unit 0", "unit 1")
    assert overlap.km2 == pytest.approx(area_km2(shapely.box(0.4, 0, 0.5, 1)), rel=1e-6)


def test_largest_come_first_and_rounding_is_neither_gap_nor_overlap() -> None:
    shapes = [shapely.box(0, 0, 0.5, 1), shapely.box(0.499, 0, 1, 1), shapely.box(0.9, 0, 1.2, 1), shapely.box(1.2 - 1e-9, 0, 2, 1)]
    found = find_overlaps(own(*shapes).units)
    assert [overlap.units for overlap in found] == [("unit 1", "unit 2"), ("unit 0", "unit 1")]


def test_unit_within_another_is_an_overlap_and_two_copies_are_too() -> None:
    inner = find_overlaps(own(shapely.box(0, 0, 1, 1), shapely.box(0.2, 0.2, 0.4, 0.4)).units)
    assert inner[0].km2 == pytest.approx(area_km2(shapely.box(0.2, 0.2, 0.4, 0.4)), rel=1e-6)
    copies = find_overlaps(own(shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 1)).units)
    assert copies[0].km2 == pytest.approx(area_km2(shapely.box(0, 0, 1, 1)), rel=1e-6)


def test_embedded_units_have_no_overlap_and_no_gap_but_the_reservoirs() -> None:
    units = CATALOGUE.units
    assert find_overlaps(units) == ()
    lakes = CATALOGUE.lakes[CATALOGUE.lakes.unit.isna()]
    assert sorted(gap.km2 for gap in find_gaps(units)) == pytest.approx(sorted(map(area_km2, lakes.geometry)), rel=0.01)


@settings(deadline=None, max_examples=30)
@given(south=st.floats(-60, 60), up=st.floats(0.05, 1), cut=st.floats(0.2, 0.8), over=st.floats(0, 0.1))
def test_overlap_has_the_area_that_an_equal_area_projection_gives(south: float, up: float, cut: float, over: float) -> None:
    left, right = shapely.box(0, south, cut + over, south + up), shapely.box(cut, south, 1, south + up)
    common = np.array([shapely.box(cut, south, cut + over, south + up)], dtype=object)
    expected = shapely.area(on_equal_area_cylinder(common))[0] / 1e6
    found = sum(overlap.km2 for overlap in find_overlaps(own(left, right).units))
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-3)


def test_examination_tells_the_layer_as_plain_values(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    bow = shapely.Polygon([(2, 0), (3, 1), (3, 0), (2, 1)])
    table = gpd.GeoDataFrame({"name": ["a", "a", "b"]}, geometry=[FRAME, shapely.box(0.9, 0, 1.5, 1), bow], crs="EPSG:4326")
    path.write_text(table.to_json())
    found = json.loads(json.dumps(examine(read_layer(str(path))).as_dict()))
    assert (found["features"], found["repaired"], found["double_names"]) == (3, 1, ["a"])
    assert (len(found["gaps"]), len(found["overlaps"])) == (1, 1)
    assert found["gaps_km2"] == found["gaps"][0]["km2"]
    assert found["bounds"] == [0, 0, 3, 1]


def test_cleaning_leaves_one_coverage() -> None:
    sliver = 0.1 * KM
    untidy = own(shapely.box(0, 0, 0.5, 1), shapely.box(0.5 + sliver, 0, 1, 0.5), shapely.box(0.45, 0.5, 1, 1), shapely.box(0, 1, 1, 1.2))
    assert find_overlaps(untidy.units)
    table = cleaned(untidy)
    assert shapely.coverage_is_valid(np.asarray(table.geometry))
    assert find_overlaps(table) == ()
    assert find_gaps(table) == ()
    assert list(table.name) == list(untidy.units.name)


def test_gap_wider_than_a_sliver_stays_when_cleaned() -> None:
    wide = own(FRAME & shapely.box(0, 0, 0.45, 1), FRAME & shapely.box(0.45, 0, 1, 1))
    assert len(find_gaps(cleaned(wide))) == 1


def test_cleaned_copy_can_be_read_again(tmp_path: Path) -> None:
    write_cleaned(own(shapely.box(0, 0, 0.5, 1), shapely.box(0.4, 0, 1, 1)), tmp_path / "clean.gpkg")
    again = read_layer(str(tmp_path / "clean.gpkg"))
    assert list(again.units.name) == ["unit 0", "unit 1"]
    assert find_overlaps(again.units) == ()


HOSTILE = ["</title><script>alert(1)</script>", "a & b < c \" '", "control \x00 \x1b \ufffe", "{{ 7*7 }} ${7*7}"]


def test_picture_is_valid_xml_whatever_the_names_are() -> None:
    drawn = picture(own(*(shapely.box(i, 0, i + 1, 1) for i in range(len(HOSTILE))), names=HOSTILE))
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert {element.tag.removeprefix(space) for element in root.iter()} == {"svg", "title", "style", "path"}
    told = [element.text for element in root.iter(f"{space}title")]
    assert HOSTILE[0] in told
    assert HOSTILE[1] in told


def test_picture_marks_gaps_and_overlaps() -> None:
    drawn = picture(own(FRAME, shapely.box(0.9, 0, 1.5, 1)))
    assert (drawn.count('class="unit"'), drawn.count('class="gap"'), drawn.count('class="overlap"')) == (2, 1, 1)
    assert "unit 0 and unit 1" in drawn


def test_picture_has_north_up_and_fits_its_frame() -> None:
    drawn = picture(own(shapely.box(0, 0, 1, 1), shapely.box(0, 2, 1, 3)))
    root = ElementTree.fromstring(drawn)
    south, north = (path.get("d", "") for path in root.iter("{http://www.w3.org/2000/svg}path"))
    tops = [min(float(pair.split()[1]) for pair in data.strip("MZ").split("L")) for data in (south, north)]
    assert tops[1] < tops[0]
    assert tops[1] == pytest.approx(12, abs=0.1)
