"""Repairs of the upstream data, each on the smallest data that show the fault, and what the builder makes of its own tables."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from boundaries import repairs
from boundaries.catalogue import load_catalogue
from boundaries.records import DATA
from geo.schema import WGS84
from scripts import boundary_dated as dated
from scripts import boundary_layers as layers
from scripts.boundary_packages import _arcs, _ring
from scripts.build_boundaries import feature_collection


def units(**shapes: Any) -> gpd.GeoDataFrame:
    """Units by name; those whose name begins with ``az`` are of Azerbaijan."""
    country = ["AZ" if name.startswith("az") else "AM" for name in shapes]
    return gpd.GeoDataFrame({"country": country, "name": list(shapes)}, geometry=list(shapes.values()), crs=WGS84)


def test_former_raions_become_marzes_and_equal_names_one_district() -> None:
    raw = gpd.GeoDataFrame(
        {"country": ["AM", "AM", "AZ", "AZ"], "raw_name": ["Goris", "Sisian", "Lankaran District", "Lankaran District"]},
        geometry=[shapely.box(i, 0, i + 1, 1) for i in range(4)],
        crs=WGS84,
    )
    assert list(repairs.join_former_raions(raw).name) == ["Syunik", "Lankaran District"]


def test_all_38_raions_and_yerevan_have_a_marz() -> None:
    assert len(repairs.MARZ_OF_RAION) == 39
    assert len(set(repairs.MARZ_OF_RAION.values())) == 11


def test_overlap_of_the_two_countries_stays_armenian() -> None:
    clipped = repairs.clip_by_armenia(units(am=shapely.box(0, 0, 2, 1), az=shapely.box(1, 0, 3, 1)))
    assert shapely.area(np.asarray(clipped.geometry)).tolist() == [2, 1]


def test_gap_between_the_two_countries_goes_to_azerbaijan() -> None:
    am = shapely.box(0, 0, 1, 1).difference(shapely.box(0.9, 0.4, 1, 0.5))
    both = units(am=am, az=shapely.box(1, 0, 2, 1))
    assert len(repairs.holes_of(both)) == 1
    filled = repairs.give_border_gaps_to_azerbaijan(both, crack_deg=0.005, largest_km2=1000).set_index("name")
    assert filled.geometry["am"].equals(am)
    assert filled.geometry["az"].area == pytest.approx(1.01, abs=1e-5)


def test_gap_as_large_as_a_lake_stays_open() -> None:
    both = units(am=shapely.box(0, 0, 1, 1).difference(shapely.box(0.5, 0.2, 1, 0.7)), az=shapely.box(1, 0, 2, 1))
    assert repairs.give_border_gaps_to_azerbaijan(both, crack_deg=0.005, largest_km2=15).geometry.geom_equals(both.geometry).all()


def test_closed_gaps_make_a_coverage() -> None:
    # a gap on one half of the edge, an overlap on the other
    bent = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (0.999, 0.75), (1, 0.5), (1.001, 0.25)])
    two = units(az_a=shapely.box(0, 0, 1, 1), az_b=bent)
    assert not shapely.coverage_is_valid(np.asarray(two.geometry))
    closed = repairs.close_gaps(two, widest_deg=0.03)
    assert shapely.coverage_is_valid(np.asarray(closed.geometry))
    assert repairs.holes_of(closed) == []


def test_specks_go_and_real_islands_stay() -> None:
    island, speck = shapely.box(2, 0, 2.1, 0.1), shapely.box(3, 0, 3.001, 0.001)
    kept = repairs.drop_specks(units(az=shapely.MultiPolygon([shapely.box(0, 0, 1, 1), island, speck])), below_km2=1)
    assert len(kept.geometry[0].geoms) == 2


def test_embedded_zones_and_facts_are_what_the_source_tables_give() -> None:
    source = json.loads((DATA / "sources" / "zones_schematic.geojson").read_text(encoding="utf-8"))
    more, names = (pd.read_csv(DATA / "sources" / name) for name in ("zones_more.csv", "names.csv"))
    zones = dated.named(dated.with_more_zones(layers.zones_layer(source, load_catalogue().units), more), names)
    assert feature_collection(zones, decimals=5) == (DATA / "zones.geojson").read_text(encoding="utf-8")
    facts = layers.facts_table(pd.read_csv(DATA / "sources" / "control_and_zones.csv", dtype=str))
    assert facts.to_csv(index=False, lineterminator="\n") == (DATA / "zone_facts.csv").read_text(encoding="utf-8")


def test_units_have_the_names_and_codes_of_the_source_tables() -> None:
    table = layers.unit_table(*(pd.read_csv(DATA / "sources" / name) for name in ("units.csv", "units_more.csv")))
    embedded = load_catalogue().units.set_index("name")
    assert set(embedded.index) == set(table.index)
    assert embedded.iso.dropna().to_dict() == table.iso_3166_2.dropna().to_dict()
    assert embedded.id.to_dict() == table.unit_id.to_dict()


def test_arc_of_a_topology_is_walked_backwards_for_its_complement() -> None:
    arcs = _arcs({"transform": {"scale": [0.5, 1], "translate": [10, 20]}, "arcs": [[[0, 0], [2, 0]], [[2, 0], [0, 3]]]})
    assert _ring([~1, ~0], arcs).tolist() == [[11, 23], [11, 20], [10, 20]]
