from datetime import date
from typing import Any

import geopandas as gpd
from shapely import Point

from geo.duplicates import possible_duplicates
from geo.location import shifted
from geo.schema import incident_table

HERE = Point(46.3, 39.5)


def table(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    usual = {"event_type": "firefight", "start": date(2021, 5, 12), "end": date(2021, 5, 12), "radius_m": 500.0, "at": HERE}
    made = [usual | {"id": f"i{n}", "source_file": f"f{n}.csv"} | row for n, row in enumerate(rows)]
    columns = {name: [row[name] for row in made] for name in made[0] if name != "at"}
    return incident_table(columns, geometry=[row["at"] for row in made])


def test_two_files_that_tell_of_one_place_and_day_are_proposed() -> None:
    (pair,) = possible_duplicates(table({}, {"at": shifted(46.3, 39.5, 90, 3_000), "event_type": "shelling"}))
    assert (pair.first, pair.second, pair.distance_m, pair.days) == ("i0", "i1", 3000, 0)


def test_rows_of_one_file_are_not_proposed() -> None:
    assert possible_duplicates(table({"source_file": "a"}, {"source_file": "a"})) == ()


def test_another_day_place_or_family_is_another_incident() -> None:
    assert possible_duplicates(table({}, {"start": date(2021, 5, 16), "end": date(2021, 5, 16)})) == ()
    assert possible_duplicates(table({}, {"at": shifted(46.3, 39.5, 0, 20_000)})) == ()
    assert possible_duplicates(table({}, {"event_type": "handover"})) == ()


def test_the_window_is_widened_by_how_exact_the_rows_are() -> None:
    away = {"at": shifted(46.3, 39.5, 0, 20_000)}
    assert len(possible_duplicates(table({"radius_m": 10_000.0}, away | {"radius_m": 6_000.0}))) == 1
    assert len(possible_duplicates(table({"end": date(2021, 5, 14)}, {"start": date(2021, 5, 16), "end": date(2021, 5, 17)}))) == 1


def test_what_is_near_to_everything_proposes_nothing() -> None:
    assert possible_duplicates(table({}, {"radius_m": 40_000.0})) == ()


def test_unlocated_undated_and_no_rows_propose_nothing() -> None:
    assert possible_duplicates(table({}, {"at": None})) == ()
    assert possible_duplicates(table({}, {"start": None, "end": None})) == ()
    assert possible_duplicates(incident_table({}, size=0)) == ()
