"""Parts of the state border, strips along it, and what several of them have in common."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import shapely
from pyproj import Geod

from boundaries.catalogue import load_catalogue
from boundaries.outlines import fill_outlines
from geo.location import disc
from geo.schema import incident_table

GEOD = Geod(ellps="WGS84")
SEV_LICH = (46.232, 39.598)


def filled(outline: str, day: date = date(2021, 5, 12)) -> Any:
    """The row of an incident that is told by this outline."""
    table = incident_table({"id": ["a"], "outline": [(outline,)], "start": [day], "end": [day], "location_kind": ["area"]})
    return fill_outlines(table, load_catalogue()).iloc[0]


def shape_of(name: str) -> Any:
    return filled(name).geometry


def test_section_of_a_unit_is_the_part_of_the_border_along_it() -> None:
    row = filled("section:am-syunik")
    assert row.location_kind == "line"
    border = shape_of("line:am-az-border")
    assert 0 < row.geometry.length < border.length
    assert shape_of("unit:am-syunik").distance(row.geometry) < 0.01
    assert shape_of("unit:am-tavush").distance(row.geometry) > 0.5


def test_unit_away_from_the_border_is_the_unit_itself() -> None:
    assert filled("section:am-lori").geometry.equals(shape_of("unit:am-lori"))


@pytest.mark.parametrize(("point", "unit"), [("north-east", "am-tavush"), ("east", "am-gegharkunik"), ("south-east", "am-syunik")])
def test_part_towards_a_point_of_the_compass_runs_along_the_units_there(point: str, unit: str) -> None:
    part = filled(f"section:{point}")
    assert part.location_kind == "line"
    assert part.geometry.distance(shape_of(f"unit:{unit}")) < 0.01


def test_strip_lies_inside_the_country_at_its_distance() -> None:
    strip, border = shape_of("band:country:AM,3500,500"), shape_of("line:am-az-border")
    assert shapely.difference(strip, shape_of("country:AM").buffer(1e-6)).area < 1e-6
    point = strip.representative_point()
    near = shapely.shortest_line(point, border)
    away = GEOD.geometry_length(near)
    # half a kilometre of the wording, one of the layer, and the shortest way in degrees is not quite the shortest
    assert 1_900 < away < 5_200


def test_relations_that_meet_leave_what_they_have_in_common() -> None:
    row = filled(f"band:country:AM,3500,50 & unit:am-syunik & disc:{SEV_LICH[0]},{SEV_LICH[1]},6500")
    assert row.location_kind == "area"
    assert row.geometry.within(disc(*SEV_LICH, 6500).buffer(1e-6))
    assert "conflict" not in row.geocode_reason
    assert 1_000 < row.radius_m < 6_500


def test_relations_that_do_not_meet_keep_the_narrowest_and_say_conflict() -> None:
    row = filled("band:country:AM,3500,50 & disc:43.8,40.8,6500")
    assert row.geometry.equals(disc(43.8, 40.8, 6500))
    assert "conflict" in row.geocode_reason


@pytest.mark.parametrize("outline", ["section:am-nowhere", "band:country:AM,x,2", "disc:1,2", "band:country:AM,900000,50", "section:"])
def test_what_can_not_be_drawn_stays_without_geometry_and_says_why(outline: str) -> None:
    row = filled(outline)
    assert (row.geometry, row.location_kind, row.geocode_method) == (None, "unknown", "unresolved")
    assert row.geocode_reason
