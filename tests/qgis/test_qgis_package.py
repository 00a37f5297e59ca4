from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def seen(export: Callable[[str], Path], in_qgis: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    return in_qgis("inspect_package.py", export(".gpkg"), tmp_path_factory.mktemp("image") / "map.png", "2021-05-14")


def test_every_layer_loads_with_all_its_rows(seen: Any) -> None:
    counts = {name: layer["rows"] for name, layer in seen["layers"].items() if layer["valid"]}
    assert set(counts) == set(seen["layers"])
    assert {name: counts[name] for name in ("incidents", "incident_areas", "incident_lines", "troop_positions", "claims", "sources")} == {
        "incidents": 3,
        "incident_areas": 1,
        "incident_lines": 1,
        "troop_positions": 1,
        "claims": 2,
        "sources": 1,
    }


def test_every_layer_with_geometry_has_its_style_by_itself_and_draws(seen: Any) -> None:
    drawn = {name: layer for name, layer in seen["layers"].items() if "rendered" in layer}
    assert len(drawn) == 10
    for name, layer in drawn.items():
        assert layer["renderer"] in ("categorizedSymbol", "singleSymbol"), name
        assert layer["rendered"]["errors"] == [], name
        assert layer["rendered"]["colours"] > 1, name
    assert "Shelling" in drawn["incidents"]["categories"]
    assert drawn["lines"]["categories"][-1] == "Other"
    assert seen["map"]["errors"] == []


def test_fields_have_aliases_and_codes_have_words(seen: Any) -> None:
    incidents = seen["layers"]["incidents"]
    assert incidents["aliases"]["killed_low"] == "Killed, at least"
    assert incidents["widgets"]["event_type"] == "ValueMap"
    assert {"Exchange of fire": "firefight"} in incidents["words"]["map"]
    assert (incidents["types"]["start"], incidents["types"]["killed_low"]) == ("DateTime", "Integer64")


def test_the_time_filter_is_set_up_and_narrows_to_the_day(seen: Any) -> None:
    layers = seen["layers"]
    # mode 2: from a field to a field
    assert all(layers[name]["temporal_fields"] == [2, "start", "end"] for name in ("incidents", "incident_areas", "zones", "lines"))
    assert (layers["incidents"]["rows"], layers["incidents"]["on_day"]) == (3, 2)
    assert (layers["troop_positions"]["rows"], layers["troop_positions"]["on_day"]) == (1, 0)
    assert layers["zones"]["on_day"] < layers["zones"]["rows"]


def test_each_layer_tells_attribution_and_disclaimer(seen: Any) -> None:
    for layer in seen["layers"].values():
        assert layer["rights"] == ["a source & <another>"]
        assert layer["constraints"] == ["a disclaimer"]
        assert "a source & <another>" in layer["abstract"]
