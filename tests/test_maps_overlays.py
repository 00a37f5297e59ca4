from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from boundaries.catalogue import as_of, load_catalogue
from geo.claims import ZoneFact
from maps.kinds import LEGEND_ORDER, OVERLAYS
from maps.overlays import OverlayLayer, overlay_layers


def features(layer: OverlayLayer) -> list[dict[str, Any]]:
    return [layer.told["common"] | feature for feature in layer.told["features"]]


def layer_of(key: str, **options: Any) -> OverlayLayer:
    return next(layer for layer in overlay_layers(load_catalogue(), **options) if layer.kind.key == key)


def told(key: str, **options: Any) -> list[dict[str, Any]]:
    return features(layer_of(key, **options))


def test_every_zone_and_line_of_the_catalogue_is_in_one_layer() -> None:
    catalogue = load_catalogue()
    drawn = [feature["id"] for layer in overlay_layers(catalogue) for feature in features(layer)]
    wanted = [*catalogue.zones.id, *catalogue.lines.id, *catalogue.units.id]
    assert sorted(set(wanted) - set(drawn)) == []
    assert len(drawn) == len(set(drawn))


def test_the_legend_orders_every_layer_that_it_names() -> None:
    assert sorted(LEGEND_ORDER) == sorted(kind.key for kind in OVERLAYS if kind.group)


def test_folium_is_given_no_feature_and_no_name_of_one() -> None:
    for layer in overlay_layers(load_catalogue()):
        assert layer.data["features"] == []
        assert layer.layer_name in {kind.label for kind in OVERLAYS}


def test_a_post_known_as_a_point_is_drawn_as_an_area() -> None:
    assert {shape.geom_type for shape in layer_of("site").shapes} == {"Polygon"}


def test_a_layer_tells_its_bounds_as_folium_wants_them() -> None:
    (south, west), (north, east) = layer_of("state").get_bounds()
    assert 38 < south < north < 42
    assert 44 < west < east < 47.5


def test_disputed_undelimited_and_schematic_lines_are_dashed() -> None:
    dashed = {kind.key for kind in OVERLAYS if kind.stroke.dash}
    assert {"state", "contact", "former", "peace", "corridor", "road", "site", "exclaves"} <= dashed


def test_both_countries_have_the_same_fill() -> None:
    fills = {kind.stroke.fill for kind in OVERLAYS if kind.key == "units"}
    assert fills == {"land"}


def test_counts_of_posts_are_told_with_the_zone_each_beside_its_unit() -> None:
    posts = [fact for fact in told("peace")[1]["facts"] if fact["subject"] == "Posts North, South, corridor"]
    assert posts[0]["value"] == "9 posts North; 9 South; 7 temporary in the corridor"


def test_a_count_reported_by_an_article_is_told_with_the_whole_zone_in_force_that_day_and_no_other() -> None:
    fact = ZoneFact("peacekeeping_zone", "Russian peacekeepers", 2000, 2000, "personnel", "Nagorno-Karabakh", said_on="2021-05-14")
    with_it = [zone["id"] for zone in told("peace", zone_facts=[fact]) if any(held.get("low") == 2000 for held in zone.get("facts", ()))]
    assert with_it == ["aor_2020_2023"]
    assert all(held["subject"] != fact.subject for zone in told("corridor", zone_facts=[fact]) for held in zone["facts"])


@pytest.mark.parametrize(("day", "count"), [("2021-05-14", 1), ("2023-01-01", 1), ("2024-01-01", 0)])
def test_the_corridor_is_the_one_of_the_day(day: str, count: int) -> None:
    keys = [layer.kind.key for layer in overlay_layers(as_of(load_catalogue(), day))]
    assert keys.count("corridor") == count


def test_neighbouring_units_still_share_their_edges() -> None:
    shapes = np.array(layer_of("units").shapes)
    assert shapely.is_valid(shapes).all()
    overlap = shapely.area(shapes).sum() - shapely.union_all(shapes).area
    assert overlap < 0.001


def test_an_empty_catalogue_has_no_layers() -> None:
    full = load_catalogue()
    empty = replace(full, **{name: getattr(full, name).iloc[:0] for name in ("units", "zones", "lines", "neighbours", "lakes", "exclaves")})
    assert overlay_layers(empty) == []
