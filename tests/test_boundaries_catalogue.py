"""What the catalogue holds, how good it is, and what is in force when."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from boundaries.catalogue import Catalogue, as_of, in_force_between, load_catalogue
from boundaries.repairs import area_km2
from geo.location import GEOD

CATALOGUE = load_catalogue()
UNITS = CATALOGUE.units.set_index("id")
SEVEN = {
    "az-agdam": "2020-11-20", "az-fuzuli": "2020-10-17", "az-jabrayil": "2020-10-04", "az-kalbajar": "2020-11-25",
    "az-lachin": "2020-12-01", "az-qubadli": "2020-10-25", "az-zangilan": "2020-10-20",
}  # fmt: skip


def test_units_are_eleven_marzes_and_78_districts_and_cities() -> None:
    assert CATALOGUE.units.groupby("country").size().to_dict() == {"AM": 11, "AZ": 78}
    assert CATALOGUE.units.id.is_unique
    assert CATALOGUE.units.name.is_unique
    assert set(CATALOGUE.units.kind) == {"marz", "rayon", "city"}


def test_units_form_one_valid_coverage() -> None:
    shapes = np.asarray(CATALOGUE.units.geometry)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, rel=1e-9)


def test_only_the_two_reservoirs_are_gaps_between_units() -> None:
    whole = shapely.get_parts(CATALOGUE.units.union_all())
    gaps = [shapely.Polygon(ring) for part in whole for ring in part.interiors]
    reservoirs = CATALOGUE.lakes[CATALOGUE.lakes.unit.isna()].geometry
    assert len(gaps) == len(reservoirs) == 2
    assert all(min(gap.symmetric_difference(lake).area for lake in reservoirs) < 1e-5 for gap in gaps)


def test_areas_are_near_the_official_ones() -> None:
    # Agdam: 1,094 and 1,150 are both printed; Qazakh: without its exclaves
    known = CATALOGUE.units[CATALOGUE.units.area_official_km2.notna() & ~CATALOGUE.units.id.isin(["az-agdam", "az-qazakh"])]
    off = known.geometry.map(area_km2) / known.area_official_km2 - 1
    assert len(known) > 30
    assert off.abs().max() < 0.08
    assert area_km2(UNITS.geometry["az-agdam"]) == pytest.approx(1094, rel=0.08)


def test_lake_sevan_is_ground_of_gegharkunik() -> None:
    assert area_km2(UNITS.geometry["am-gegharkunik"]) == pytest.approx(5349, rel=0.03)
    sevan = CATALOGUE.lakes.set_index("id").loc["sevan"]
    assert UNITS.geometry[sevan.unit].buffer(1e-4).covers(sevan.geometry)


def test_seven_districts_carry_the_day_on_which_they_passed() -> None:
    seven = CATALOGUE.units[CATALOGUE.units.one_of_seven].set_index("id").passed_on
    assert seven.dt.strftime("%Y-%m-%d").to_dict() == SEVEN
    assert CATALOGUE.units[~CATALOGUE.units.one_of_seven].passed_on.isna().all()


def test_each_of_the_seven_is_a_zone_with_the_outline_of_its_unit() -> None:
    zones = CATALOGUE.zones[CATALOGUE.zones.group == "seven_districts"]
    assert set(zones.units) == set(SEVEN)
    assert all(shape.equals(UNITS.geometry[unit]) for shape, unit in zip(zones.geometry, zones.units, strict=True))


def test_state_border_of_the_units_is_close_to_openstreetmap() -> None:
    # on a plane around the border, where metres are off by less than 0.1 %
    plane = "+proj=laea +lat_0=40 +lon_0=46"
    ours = CATALOGUE.lines[(CATALOGUE.lines.kind == "state_border")].to_crs(plane).union_all()
    osm = CATALOGUE.border.to_crs(plane).union_all()
    for line, other in ((ours, osm), (osm, ours)):
        corners = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 200)))
        away = shapely.distance(corners, other)
        assert away.mean() < 200
        assert np.percentile(away, 95) < 500
        assert away.max() < 2_500


def test_border_is_the_900_km_line_of_openstreetmap() -> None:
    assert sum(map(GEOD.geometry_length, CATALOGUE.border.geometry)) == pytest.approx(900_000, rel=0.01)


def test_exclaves_have_their_known_sizes() -> None:
    sizes = {i: area_km2(g) for i, g in zip(CATALOGUE.exclaves.id, CATALOGUE.exclaves.geometry, strict=True)}
    assert sizes == pytest.approx({"artsvashen": 39.24, "barkhudarli": 9.87, "karki": 0, "yukhari-askipara": 32.38}, abs=0.05)


def test_neighbours_leave_neither_gap_nor_overlap_along_our_land_border() -> None:
    ours = shapely.union_all([*CATALOGUE.units.geometry, *CATALOGUE.lakes.geometry])
    theirs = CATALOGUE.neighbours.union_all()
    assert set(CATALOGUE.neighbours.name) == {"Georgia", "Iran", "Russia", "Turkey"}
    assert ours.intersection(theirs).area < 1e-3
    holes = [shapely.Polygon(r) for p in shapely.get_parts(ours.union(theirs).buffer(1e-4)) for r in p.interiors]
    assert sum(hole.area for hole in holes) < 1e-3


def test_corridors_are_clipped_to_azerbaijan() -> None:
    armenia = CATALOGUE.units[CATALOGUE.units.country == "AM"].union_all()
    corridors = CATALOGUE.zones[CATALOGUE.zones.kind == "corridor"]
    assert len(corridors) == 2
    assert all(area_km2(shape.intersection(armenia)) < 0.01 for shape in corridors.geometry)


def _ids(day: str) -> set[str]:
    dated = as_of(CATALOGUE, day)
    return {*dated.zones.id, *dated.lines.id}


@pytest.mark.parametrize(
    ("ident", "first", "last"),
    [
        ("aor_2020_2023", "2020-11-10", "2023-09-19"),
        ("corridor_old_5km", "2020-11-10", "2022-08-24"),
        ("corridor_old_road", "2020-11-10", "2022-08-29"),
        ("corridor_new_5km", "2022-08-30", "2023-09-19"),
        ("loc_2020_east", "2020-11-10", "2023-09-19"),
        ("loc_2020_west", "2020-11-25", "2023-09-19"),
        ("dadivank_post", "2020-11-25", "2024-04-16"),
        ("pocket_khtsaberd_2020", "2020-11-10", "2020-12-16"),
    ],
)
def test_zone_is_in_force_from_its_first_to_its_last_day(ident: str, first: str, last: str) -> None:
    before, after = pd.Timestamp(first) - pd.Timedelta(days=1), pd.Timestamp(last) + pd.Timedelta(days=1)
    assert ident in _ids(first)
    assert ident in _ids(last)
    assert ident not in _ids(str(before.date()))
    assert ident not in _ids(str(after.date()))


@pytest.mark.parametrize("ident", ["hakari_checkpoint", "nkao_aghdara_part", "border_section_2024"])
def test_zone_without_an_end_stays_in_force(ident: str) -> None:
    assert ident in _ids("2030-01-01")


def test_between_the_two_corridors_no_corridor_is_in_force() -> None:
    assert (as_of(CATALOGUE, "2022-08-27").zones.kind != "corridor").all()


def test_delimited_section_takes_the_place_of_the_old_line_on_its_day() -> None:
    before, after = _ids("2024-05-23"), _ids("2024-05-24")
    assert "am-az-border-before-2024" in before
    assert "border_section_2024" not in before
    assert "am-az-border-before-2024" not in after
    assert "border_section_2024" in after


def test_state_border_is_undelimited_but_for_the_section_of_2024() -> None:
    lines = as_of(CATALOGUE, "2024-06-01").lines.set_index("kind")
    assert set(lines.status["state_border"]) == {"undelimited"}
    assert lines.status["border_section"] == "de_jure"


def test_former_oblast_and_seven_districts_are_layers_of_any_day_since_2020() -> None:
    assert {"nkao_former", "seven_districts_lachin"} <= _ids("2021-05-14")


def test_period_holds_what_was_in_force_on_any_of_its_days() -> None:
    kinds = in_force_between(CATALOGUE, "2022-08-24", "2022-08-30").zones.set_index("id").kind
    assert set(kinds[kinds == "corridor"].index) == {"corridor_old_5km", "corridor_new_5km"}


def test_period_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        in_force_between(CATALOGUE, "2022-01-02", "2022-01-01")


@given(st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2030-01-01").date()), st.integers(0, 400))
def test_period_is_the_union_of_its_days(first: object, days: int) -> None:
    start = pd.Timestamp(str(first))
    period = in_force_between(CATALOGUE, start, start + pd.Timedelta(days=days))
    edges = pd.concat([CATALOGUE.zones.start, CATALOGUE.zones.end - pd.Timedelta(days=1)]).dropna()
    inside = [start, *edges[(edges >= start) & (edges <= start + pd.Timedelta(days=days))]]
    single: set[str] = set().union(*(set(as_of(CATALOGUE, day).zones.id) for day in inside))
    assert set(period.zones.id) == single


def test_happening_holds_on_its_last_day() -> None:
    facts = as_of(CATALOGUE, "2023-09-20").facts
    assert "offensive-2023" in set(facts.id)
    assert "war-2020" in set(as_of(CATALOGUE, "2020-11-09").facts.id)
    assert "war-2020" not in set(as_of(CATALOGUE, "2020-11-10").facts.id)
    assert "lachin-left" in set(as_of(CATALOGUE, "2022-08-25").facts.id)


def test_facts_name_zones_of_the_catalogue() -> None:
    known = {*CATALOGUE.zones.id, *CATALOGUE.lines.id, *CATALOGUE.zones.group.dropna(), *CATALOGUE.lines.group.dropna()}
    named = {ident for ids in CATALOGUE.facts.zones.dropna() for ident in ids.split(";")}
    assert "aor_2020_2023" in named
    assert named <= known


def test_personnel_agreed_is_a_fact_of_the_mandate() -> None:
    facts = as_of(CATALOGUE, "2021-05-14").facts.set_index("id")
    assert facts.value["mandate-personnel"] == "1960"
    assert facts.value_units["mandate-personnel"] == "servicemen"


def test_unknown_cells_are_none_and_open_dates_nat() -> None:
    for table in (CATALOGUE.units, CATALOGUE.zones, CATALOGUE.lines, CATALOGUE.facts):
        assert table.start.dtype == table.end.dtype == "datetime64[s]"
        for name in ("note", "status"):
            assert all(value is None or isinstance(value, str) for value in table[name])
    assert UNITS.iso["az-shusha-city"] is None


def test_catalogue_is_read_once_and_carries_its_attributions() -> None:
    assert load_catalogue() is CATALOGUE
    assert isinstance(CATALOGUE, Catalogue)
    text = " ".join(CATALOGUE.attributions)
    assert all(part in text for part in ("geoBoundaries", "OpenStreetMap", "Natural Earth"))
    assert len(set(CATALOGUE.attributions)) == len(CATALOGUE.attributions)
