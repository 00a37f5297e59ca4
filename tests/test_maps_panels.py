from __future__ import annotations

import doctest
import json
from importlib import import_module
from typing import Any

import folium
import pytest

from geo.schema import PUBLIC_COLUMNS, incident_table
from maps.build import build_map
from maps.layers import IncidentLayer
from maps.page import page_html
from maps.panels import IncidentFilter, IncidentTable, Legend, Panel, TimeFilter, UnlocatedList

PANELS = (IncidentFilter, IncidentTable, Legend, TimeFilter, UnlocatedList)


def block(page: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(page.split('id="marchland-data">')[1].split("</script>")[0])
    return held


@pytest.mark.parametrize("name", ["maps.layers", "maps.panels", "maps.tiles"])
def test_every_folium_class_has_an_example_that_runs(name: str) -> None:
    module = import_module(name)
    assert doctest.testmod(module).failed == 0
    public = [held for held in vars(module).values() if isinstance(held, type) and issubclass(held, folium.map.Layer | Panel)]
    for held in public:
        if held.__module__ == name and held.__name__ != "PageFacts":
            assert ">>>" in (held.__doc__ or ""), held


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_works_on_any_folium_map(panel: type[Panel]) -> None:
    drawn = folium.Map(tiles=None)
    IncidentLayer(incident_table({"id": ["a"]})).add_to(drawn)
    panel().add_to(drawn)
    page = drawn.get_root().render()
    assert f'"{panel.part}"' in page
    assert page.count('id="marchland-data"') == 1


def test_the_table_knows_every_column_of_the_exports() -> None:
    assert block(page_html(build_map(incident_table({}, size=0))))["columns"] == list(PUBLIC_COLUMNS)


def test_the_map_has_every_panel() -> None:
    page = page_html(build_map(incident_table({}, size=0)))
    for panel in PANELS:
        assert f'"{panel.part}")' in page
