"""Units, zones and border distance of incidents' locations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundaries.assign import assign_units
from boundaries.catalogue import as_of, load_catalogue
from boundaries.cells import UNDECIDED
from boundaries.grid import CellIndex
from geo.location import GEOD, disc
from geo.schema import WGS84, incident_table

CATALOGUE = load_catalogue()
UNITS = CATALOGUE.units.set_index("name")


def incidents(*shapes: Any, radius_m: Any = 0.0, day: Any = "2021-05-14", **columns: Any) -> gpd.GeoDataFrame:
    """Incidents at shapes or (lon, lat) pairs."""
    points = [shapely.Point(s) if isinstance(s, tuple) else s for s in shapes]
    spread = {k: v if isinstance(v, list) else [v] * len(points) for k, v in columns.items()}
    dated = {"start": [day] * len(points), "end": [day] * len(points), "radius_m": np.broadcast_to(radius_m, len(points))}
    return incident_table({"id": [str(i) for i in range(len(points))], **dated, **spread}, geometry=points)


def one(shape: Any, **options: Any) -> Any:
    return assign_units(incidents(shape, **options), CATALOGUE).iloc[0]


def shares(row: Any) -> dict[str, float]:
    return {share["unit"]: share["share"] for share in row.adm1_shares}


@pytest.mark.parametrize(
    ("place", "lon", "lat", "country", "adm1"),
    [
        # positions of villages and towns: GeoNames, CC BY 4.0
        ("Vorotan", 46.376, 39.425, "AM", "Syunik"),
        ("Khoznavar", 46.335, 39.622, "AM", "Syunik"),
        ("Kornidzor", 46.530, 39.548, "AM", "Syunik"),
        ("Nerkin Hand", 46.516, 39.041, "AM", "Syunik"),
        ("Davit Bek", 46.495, 39.320, "AM", "Syunik"),
        ("Agarak", 46.195, 38.865, "AM", "Syunik"),
        ("Khudaferin", 46.947, 39.150, "AZ", "Jabrayil District"),
        ("Ashaghi Askipara", 45.080, 41.074, "AZ", "Qazakh District"),
        ("Yerevan", 44.513, 40.182, "AM", "Yerevan"),
        ("Baku", 49.867, 40.409, "AZ", "Baku City"),
        ("Nakhchivan", 45.412, 39.209, "AZ", "Nakhchivan City"),
    ],
)
def test_place_lies_in_its_country_and_unit(place: str, lon: float, lat: float, country: str, adm1: str) -> None:
    row = one((lon, lat), radius_m=500)
    assert (row.country, row.adm1) == (country, adm1), place


def test_disc_across_a_boundary_is_shared_by_area() -> None:
    # Vorotan lies 0.9 km from the line
    row = one((46.376, 39.425), radius_m=2500)
    found = shares(row)
    assert row.adm1 == "Syunik"
    assert found["Syunik"] > found["Qubadli District"] > 0.1
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert sum(found.values()) == pytest.approx(1, abs=0.002)
    assert [s["code"] for s in row.adm1_shares] == ["AM-SU", "AZ-QBI"]


@pytest.mark.parametrize(
    ("lon", "lat", "radius_m"), [(46.376, 39.425, 2500), (46.6, 39.75, 15_000), (45.08, 41.07, 4000), (45.0, 41.3, 30_000)]
)
def test_shares_agree_with_points_thrown_at_random(lon: float, lat: float, radius_m: float) -> None:
    found = shares(one((lon, lat), radius_m=radius_m))
    rng, many = np.random.default_rng(7), 100_000
    far = np.hypot(radius_m, CATALOGUE.accuracy["units"]) * np.sqrt(rng.uniform(size=many))
    lons, lats, _ = GEOD.fwd(np.full(many, lon), np.full(many, lat), rng.uniform(0, 360, many), far)
    exclaves = CATALOGUE.exclaves[CATALOGUE.exclaves.geom_type == "Polygon"]
    hosts = UNITS.geometry.difference(exclaves.union_all())
    inside = {name: shapely.contains_xy(shape, lons, lats) for name, shape in hosts.items()}
    for unit, shape in zip(exclaves.unit, exclaves.geometry, strict=True):
        name = CATALOGUE.units.set_index("id").name[unit]
        inside[name] = inside[name] | shapely.contains_xy(shape, lons, lats)
    for name, hits in inside.items():
        assert found.get(name, 0) == pytest.approx(hits.mean(), abs=0.01), name


def test_layer_is_never_held_to_be_exact() -> None:
    # half the layer's accuracy away from the line, with a coordinate that claims to be exact
    line = CATALOGUE.lines.set_index("id").geometry["am-az-border-east"]
    on_line = line.interpolate(0.7, normalized=True)
    away = GEOD.fwd(on_line.x, on_line.y, 270, CATALOGUE.accuracy["units"] / 2)[:2]
    assert len(shares(one(tuple(away)))) > 1


def test_point_nearer_to_an_edge_than_the_layer_is_accurate_is_shared_with_a_reason() -> None:
    line = CATALOGUE.lines.set_index("id").geometry["am-az-border-east"]
    on_line = line.interpolate(0.7, normalized=True)
    near, far = (tuple(GEOD.fwd(on_line.x, on_line.y, 90, metres)[:2]) for metres in (300, 5000))
    row = one(near)
    assert len(shares(row)) > 1
    metres = float(row.geocode_reason.split(" m from the edge of a unit, which the layer draws to 1000 m")[0])
    assert 0 < metres <= 301
    assert one(far).geocode_reason is None


def squares(*shapes: shapely.Polygon) -> Any:
    """A catalogue whose only units have these outlines, the first in AM and the others in AZ."""
    units = CATALOGUE.units.iloc[[0, *range(50, 49 + len(shapes))]].set_geometry(list(shapes), crs=WGS84).reset_index(drop=True)
    return replace(CATALOGUE, units=units, lakes=CATALOGUE.lakes.iloc[:0], exclaves=CATALOGUE.exclaves.iloc[:0])


def test_ground_of_two_units_is_shared_between_them() -> None:
    layer = squares(shapely.box(46.0, 40.0, 46.6, 40.5), shapely.box(46.4, 40.0, 47.0, 40.5))
    many = incidents(*[(46.5, 40.25)] * 3, (46.2, 40.25), (46.8, 40.25), radius_m=[1000.0, 2000, 3000, 1000, 1000])
    filled = assign_units(many, layer)
    assert [[share["share"] for share in row] for row in filled.adm1_shares] == [[0.5, 0.5]] * 3 + [[1.0]] * 2
    assert list(filled.country) == ["AM-AZ"] * 3 + ["AM", "AZ"]


def test_part_in_a_gap_between_units_is_missing_from_the_shares() -> None:
    layer = squares(shapely.box(46.0, 40.0, 46.5, 40.5), shapely.box(46.52, 40.0, 47.0, 40.5))
    row = assign_units(incidents((46.51, 40.25), radius_m=3000), layer).iloc[0]
    assert [share["share"] for share in row.adm1_shares] == pytest.approx([0.33, 0.33], abs=0.02)
    wide = squares(shapely.box(46.0, 40.0, 46.5, 40.5), shapely.box(47.0, 40.0, 47.5, 40.5))
    assert assign_units(incidents((46.75, 40.25), radius_m=3000), wide).adm1_shares[0] == ()


def test_shortcuts_for_whole_discs_answer_as_counting_does(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    points = [tuple(p) for p in rng.uniform((43.5, 38.3), (50.5, 42), (400, 2))]
    shapes = [shapely.box(x, y, x + 0.05, y + 0.05) for x, y in points[:50]]
    lines = [shapely.LineString([p, (p[0] + 0.1, p[1])]) for p in points[50:100]]
    table = incidents(*points, *shapes, *lines, radius_m=rng.choice([0.0, 500, 5000, 30_000], 500))
    quick = assign_units(table, CATALOGUE)
    monkeypatch.setattr(CellIndex, "find_whole", lambda self, west, *sides: np.full(len(west), UNDECIDED, dtype=np.int32))
    assert quick.drop(columns="geometry").equals(assign_units(table, CATALOGUE).drop(columns="geometry"))


def test_order_of_the_rows_changes_no_answer() -> None:
    rng = np.random.default_rng(9)
    points = [tuple(p) for p in rng.uniform((44, 38.8), (48, 41.5), (300, 2))]
    table = incidents(*points, radius_m=rng.choice([np.nan, 500.0, 9000.0], 300))
    table["start"] = table["end"] = rng.choice(np.array(["1994-01-01", "2019-01-01", "2021-01-01", "NaT"], dtype="datetime64[s]"), 300)
    order = rng.permutation(300)
    assert assign_units(table, CATALOGUE).iloc[order].equals(assign_units(table.iloc[order], CATALOGUE))


def test_equal_shares_leave_the_unit_open() -> None:
    # a straight meridian edge between two square units
    layer = squares(shapely.box(46.0, 40.0, 46.5, 40.5), shapely.box(46.5, 40.0, 47.0, 40.5))
    row = assign_units(incidents((46.5, 40.25), radius_m=1000), layer).iloc[0]
    assert row.adm1 is None
    assert row.country == "AM-AZ"
    assert [share["share"] for share in row.adm1_shares] == [0.5, 0.5]
    assert "shared equally" in row.geocode_reason


def test_gazetteer_place_keeps_its_own_unit_where_the_polygon_disagrees() -> None:
    # Stepanakert / Khankendi: the polygon of the city lies 5 km off
    row = one((46.752, 39.815), radius_m=2000, place_unit="az-khankendi-city", geocode_reason="by name")
    assert (row.country, row.adm1) == ("AZ", "Khankendi City")
    assert row.adm1_shares[0]["unit"] == "Khojaly District"
    assert row.geocode_reason.startswith("by name; the gazetteer gives Khankendi City, the polygons give Khojaly District")


def test_gazetteer_place_in_its_own_polygon_needs_no_remark() -> None:
    row = one((44.513, 40.182), radius_m=2000, place_unit="am-yerevan")
    assert row.adm1 == "Yerevan"
    assert row.geocode_reason is None


def test_unit_that_the_layer_does_not_have_leaves_the_polygons_to_answer() -> None:
    assert one((46.816, 40.212), radius_m=2000, place_unit="az-aghdara").adm1 == "Tartar District"


@pytest.mark.parametrize(
    ("exclave", "lon", "lat", "country", "adm1"),
    [
        ("Artsvashen", 45.526, 40.640, "AM", "Gegharkunik"),
        ("Yukhari Askipara", 45.026, 41.064, "AZ", "Qazakh District"),
        ("Barkhudarli", 45.226, 40.994, "AZ", "Qazakh District"),
    ],
)
def test_exclave_counts_to_the_unit_to_which_it_belongs(exclave: str, lon: float, lat: float, country: str, adm1: str) -> None:
    row = one((lon, lat), radius_m=100)
    assert (row.country, row.adm1) == (country, adm1)
    assert exclave in row.geocode_reason
    assert f"de jure {country}" in row.geocode_reason


def test_karki_is_said_to_be_known_only_as_a_point() -> None:
    row = one((44.947, 39.787), radius_m=500)
    assert row.adm1 == "Ararat"
    assert "Karki / Tigranashen (de jure AZ, held by AM), of which only a point is known" in row.geocode_reason


def test_point_in_lake_sevan_lies_in_gegharkunik() -> None:
    row = one((45.33, 40.35), radius_m=3000)
    assert (row.country, row.adm1, shares(row)) == ("AM", "Gegharkunik", {"Gegharkunik": 1.0})


def test_point_on_a_reservoir_has_a_country_and_no_unit() -> None:
    row = one((46.75, 40.93), radius_m=500)
    assert (row.country, row.adm1, row.adm1_shares) == ("AZ", None, ())
    assert "reservoir" in row.geocode_reason


@pytest.mark.parametrize(
    "lonlat", [(44.8, 41.72), (44.03, 36.19), (51.5, 39.0), (179.99, 40.0), (-179.99, 40.0), (0.0, 0.0), (46.0, 90.0), (46.0, -90.0)]
)
def test_point_outside_both_countries_says_so(lonlat: tuple[float, float]) -> None:
    row = one(lonlat, radius_m=5000)
    assert (row.country, row.adm1, row.adm1_shares, row.zones) == (None, None, (), ())
    assert "outside" in row.geocode_reason
    assert row.border_distance_m > 50_000


def test_disc_that_is_too_large_is_in_no_unit() -> None:
    row = one((46.0, 40.0), radius_m=9_000_000)
    assert row.adm1_shares == ()
    assert "too large" in row.geocode_reason


def test_part_outside_both_countries_is_missing_from_the_shares() -> None:
    # Gyumri lies 6 km from Turkey
    found = shares(one((43.845, 40.789), radius_m=15_000))
    assert 0.7 < sum(found.values()) < 0.95


def test_area_is_shared_by_its_own_ground_without_a_disc_around_it() -> None:
    both = shapely.union(UNITS.geometry["Syunik"], UNITS.geometry["Vayots Dzor"])
    row = one(both, radius_m=50_000)
    assert shares(row) == pytest.approx({"Syunik": 0.663, "Vayots Dzor": 0.337}, abs=0.005)
    assert row.border_distance_m == 0
    assert row.border_distance_error_m == CATALOGUE.accuracy["units"] + CATALOGUE.accuracy["border"]


def test_unit_itself_lies_wholly_in_itself() -> None:
    for name in ("Syunik", "Gegharkunik", "Khojavend District"):
        row = one(UNITS.geometry[name], radius_m=30_000)
        assert (row.adm1, shares(row)) == (name, {name: 1.0})


def test_line_is_shared_by_its_length() -> None:
    # along the parallel, 0.3 degrees in Lori and as much in Tavush
    edge = shapely.intersection(UNITS.geometry["Lori"].boundary, UNITS.geometry["Tavush"].boundary).interpolate(0.4, normalized=True)
    found = shares(one(shapely.LineString([(edge.x - 0.05, edge.y), (edge.x + 0.05, edge.y)])))
    assert set(found) == {"Lori", "Tavush"}
    assert sum(found.values()) == pytest.approx(1, abs=0.002)


def test_line_along_the_state_border_is_of_both_countries() -> None:
    line = CATALOGUE.lines[CATALOGUE.lines.group == "am-az-border"].union_all()
    row = one(shapely.line_merge(line))
    assert row.country == "AM-AZ"
    assert sum(shares(row).values()) == pytest.approx(1, abs=0.01)


def test_several_points_count_as_the_ground_between_them() -> None:
    row = one(shapely.MultiPoint([(44.5, 40.15), (44.52, 40.2), (44.48, 40.2)]))
    assert row.adm1 == "Yerevan"


def test_polygon_that_crosses_itself_still_has_an_answer() -> None:
    bow = shapely.Polygon([(44.49, 40.15), (44.53, 40.2), (44.53, 40.15), (44.49, 40.2)])
    assert one(bow).adm1 == "Yerevan"


@pytest.mark.parametrize("shape", [shapely.Point(), shapely.Point(np.nan, 40), shapely.Point(46, 95)])
def test_geometry_that_is_no_place_on_the_globe_has_no_answer(shape: shapely.Point) -> None:
    row = one(shape, radius_m=100)
    assert (row.country, row.adm1_shares) == (None, ())
    assert np.isnan(row.border_distance_m)


def test_height_of_a_point_does_not_matter() -> None:
    assert one(shapely.Point(44.513, 40.182, 990)).adm1 == "Yerevan"


def test_border_distance_is_geodesic_and_carries_its_error() -> None:
    row = one((46.752, 39.815), radius_m=2000)
    corners = shapely.get_coordinates(shapely.segmentize(CATALOGUE.border.union_all(), 0.001))
    nearest = GEOD.inv(np.full(len(corners), 46.752), np.full(len(corners), 39.815), corners[:, 0], corners[:, 1])[2].min()
    assert row.border_distance_m == pytest.approx(nearest, abs=5)
    assert row.border_distance_error_m == 2000 + CATALOGUE.accuracy["border"]


def test_outline_of_an_exclave_is_not_the_border() -> None:
    assert one((45.526, 40.640)).border_distance_m > 5000


def test_distance_has_no_sign_on_either_side_of_the_border() -> None:
    line = CATALOGUE.border.union_all()
    on_line = shapely.line_merge(line).geoms[0].interpolate(0.5, normalized=True)
    for bearing in (90, 270):
        assert one(tuple(GEOD.fwd(on_line.x, on_line.y, bearing, 9000)[:2])).border_distance_m > 0


def test_line_of_contact_is_that_of_the_day_with_its_own_error() -> None:
    lines = CATALOGUE.lines.set_index("id")
    before, after = lines.loc["loc_1994_2020"], lines.loc["loc_2020_east"]
    stepanakert = (46.752, 39.815)
    for day, line in (("2020-09-26", before), ("2021-05-14", after)):
        corners = shapely.get_coordinates(shapely.segmentize(line.geometry, 0.001))
        nearest = GEOD.inv(np.full(len(corners), stepanakert[0]), np.full(len(corners), stepanakert[1]), *corners.T)[2].min()
        row = one(stepanakert, radius_m=2000, day=day)
        assert row.contact_distance_m == pytest.approx(nearest, abs=20)
        assert row.contact_distance_error_m == 2000 + line.accuracy_m


@pytest.mark.parametrize("day", ["2020-10-15", "2023-09-20", "2024-05-24", None])
def test_day_without_a_line_of_contact_has_no_distance_to_it(day: str | None) -> None:
    row = one((46.752, 39.815), day=day)
    assert np.isnan(row.contact_distance_m)
    assert np.isnan(row.contact_distance_error_m)


def test_incident_in_an_exclave_before_its_unit_was_made_has_a_country_and_no_unit() -> None:
    row = one((45.526, 40.640), radius_m=100, day="1994-01-01")
    assert (row.country, row.adm1, row.adm1_shares) == ("AM", None, ())
    assert "was not in force" in row.geocode_reason


def test_day_before_all_units_says_that_there_are_none() -> None:
    assert one((44.513, 40.182), day="1900-01-01").geocode_reason == "the layer has no units of that day"


def test_zones_are_those_of_the_day_and_touched_by_the_disc() -> None:
    stepanakert = (46.752, 39.815)
    assert set(one(stepanakert, day="2021-05-14").zones) >= {"nkao_former", "aor_2020_2023", "aor_south"}
    assert "aor_2020_2023" not in one(stepanakert, day="2023-09-20").zones
    assert "aor_2020_2023" in one(stepanakert, day="2023-09-19").zones
    assert "aor_2020_2023" not in one((45.9, 39.5), day="2021-05-14").zones


def test_incident_that_spans_a_change_has_the_zones_of_both_times() -> None:
    table = incidents((46.55, 39.64), radius_m=6000)
    table["start"], table["end"] = np.datetime64("2022-08-24"), np.datetime64("2022-08-31")
    assert {"corridor_old_5km", "corridor_new_5km"} <= set(assign_units(table, CATALOGUE).zones[0])


def test_incident_without_a_date_has_units_and_no_zones() -> None:
    row = one((46.752, 39.815), day=None)
    assert row.adm1 == "Khojaly District"
    assert row.zones == ()


def test_one_day_for_all_rows_overrides_their_own() -> None:
    table = incidents((46.752, 39.815), day="2024-01-01")
    assert "aor_2020_2023" in assign_units(table, CATALOGUE, as_of="2021-01-01").zones[0]
    assert "aor_2020_2023" in assign_units(table, as_of(CATALOGUE, "2021-01-01"), as_of="2021-01-01").zones[0]


def test_unit_not_in_force_on_the_day_is_not_given() -> None:
    table = incidents((44.513, 40.182), (44.513, 40.182), (44.513, 40.182))
    table["start"] = table["end"] = np.array(["1993-01-01", "2021-01-01", "NaT"], dtype="datetime64[s]")
    assert list(assign_units(table, CATALOGUE).adm1) == [None, "Yerevan", "Yerevan"]


def test_unlocated_row_has_no_answers_and_keeps_its_reason() -> None:
    row = one(None, stated_country="AM", geocode_reason="no such place")
    assert (row.country, row.adm1, row.adm2, row.adm1_shares, row.zones) == (None, None, None, (), ())
    assert np.isnan(row.border_distance_m)
    assert np.isnan(row.border_distance_error_m)
    assert row.geocode_reason == "no such place"


def test_rows_stay_in_order_with_their_index_and_the_input_unchanged() -> None:
    table = incidents((46.376, 39.425), None, (49.867, 40.409), (46.376, 39.425), radius_m=[100.0, np.nan, np.nan, 100.0])
    table.index = [7, 3, 9, 1]
    before = table.copy(deep=True)
    filled = assign_units(table, CATALOGUE)
    assert list(filled.index) == [7, 3, 9, 1]
    assert list(filled.adm1) == ["Syunik", None, "Baku City", "Syunik"]
    assert list(filled.columns) == list(table.columns)
    assert filled.dtypes.to_dict() == table.dtypes.to_dict()
    assert before.equals(table)


def test_empty_table_stays_empty() -> None:
    filled = assign_units(incident_table({}, size=0), CATALOGUE)
    assert len(filled) == 0
    assert filled.adm1_shares.dtype == object


def test_no_two_rows_differ_for_being_together() -> None:
    rng = np.random.default_rng(3)
    points = [tuple(p) for p in rng.uniform((44, 38.8), (48, 41.5), (30, 2))]
    together = assign_units(incidents(*points, radius_m=2500.0), CATALOGUE)
    alone = [one(point, radius_m=2500.0) for point in points]
    assert list(together.adm1_shares) == [row.adm1_shares for row in alone]
    assert list(together.border_distance_m) == [row.border_distance_m for row in alone]


@settings(max_examples=60, deadline=None)
@given(st.floats(43, 51), st.floats(38, 42.5), st.one_of(st.just(0.0), st.floats(1, 200_000)))
def test_shares_are_sorted_and_sum_to_at_most_one(lon: float, lat: float, radius_m: float) -> None:
    row = one((lon, lat), radius_m=radius_m)
    values = [share["share"] for share in row.adm1_shares]
    assert values == sorted(values, reverse=True)
    assert sum(values) <= 1 + 1e-9
    assert all(0 < value <= 1 for value in values)
    around = disc(lon, lat, float(np.hypot(radius_m, CATALOGUE.accuracy["units"])))
    touched = {name for name, shape in UNITS.geometry.items() if shape.intersects(around)}
    # an exclave can add the unit that it belongs to
    assert set(shares(row)) <= touched | {"Gegharkunik", "Qazakh District"}


def test_rows_at_one_location_share_one_answer() -> None:
    rng = np.random.default_rng(5)
    points = [tuple(p) for p in rng.uniform((45, 39), (46.8, 41.2), (50, 2))]
    filled = assign_units(incidents(*points * 20, radius_m=2500.0), CATALOGUE)
    # each distinct disc is worked on once: its answer is the same object in all its rows
    assert filled.adm1_shares[0] is filled.adm1_shares[50]
    assert list(filled.adm1_shares[:50]) == list(filled.adm1_shares[950:])
