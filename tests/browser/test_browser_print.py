"""Paper: one sheet with map, legend, scale bar, disclaimer and sources; phones and dark pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import expect
from scenes import write_scene
from shapely import Point

from geo.schema import EVENT_TYPES, incident_table
from maps.build import build_map
from maps.page import page_html

Open = Callable[..., Any]

PAPER = {"A4": {"width": 1062, "height": 733}, "A3": {"width": 1527, "height": 1062}}
"""Pixels of a sheet in landscape inside its margins."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("print") / "map.html")


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_holds_all_that_must_be_on_it(watched: Open, scene: Path, paper: str, scheme: str) -> None:
    page = watched(viewport=PAPER[paper], color_scheme=scheme).open(scene)
    page.emulate_media(media="print", color_scheme=scheme)
    for part in (".ml-title h1", ".ml-count", ".ml-period", "#marchland-legend", ".leaflet-control-scale", ".ml-disclaimer", ".ml-sources"):
        expect(page.locator(part)).to_be_visible()
        expect(page.locator(part)).to_be_in_viewport()
    for part in (".ml-time", ".ml-tools", "#marchland-filter", ".leaflet-control-zoom"):
        expect(page.locator(part)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.ml-title')).backgroundColor") == "rgb(255, 255, 255)"


def test_a_legend_of_every_type_fits_on_a_sheet(watched: Open, tmp_path: Path) -> None:
    spots = [Point(45.5 + i / 10, 39.5) for i in range(len(EVENT_TYPES))]
    held = incident_table(
        {"id": list(EVENT_TYPES), "event_type": list(EVENT_TYPES), "start": ["2021-05-12"] * len(spots)},
        geometry=gpd.GeoSeries(spots, crs="EPSG:4326"),
    )
    path = tmp_path / "all.html"
    path.write_text(page_html(build_map(held)), encoding="utf-8")
    page = watched(viewport=PAPER["A4"]).open(path)
    page.emulate_media(media="print")
    box = page.locator(".ml-side").bounding_box()
    assert box["y"] + box["height"] <= PAPER["A4"]["height"]


@pytest.mark.parametrize("paper", PAPER)
def test_printing_fills_one_sheet(watched: Open, scene: Path, paper: str) -> None:
    page = watched().open(scene)
    printed = page.pdf(format=paper, landscape=True, print_background=True, prefer_css_page_size=False)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": 390, "height": 844}}, {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}]
)
def test_a_phone_has_time_filter_and_table(watched: Open, scene: Path, options: dict[str, Any]) -> None:
    page = watched(**options, has_touch=True).open(scene)
    page.locator(".ml-when > summary").tap()
    expect(page.get_by_role("slider", name="First day shown")).to_be_in_viewport()
    page.get_by_role("button", name="One month on").tap()
    expect(page.locator(".ml-period")).to_have_text("10 November 2020 to 30 November 2020")
    page.get_by_role("button", name="All").tap()
    page.get_by_text("Find and filter").tap()
    page.get_by_role("combobox", name="Status").select_option(label="Claimed (3)")
    assert page.evaluate("marchland.shown()") == 3
    page.get_by_role("button", name="Table").tap()
    expect(page.get_by_role("button", name="Close table")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 390, "height": 844}])
def test_what_is_pressed_is_large_enough(watched: Open, scene: Path, size: dict[str, int]) -> None:
    page = watched(viewport=size).open(scene)
    page.evaluate("document.querySelectorAll('.ml-when, #marchland-filter').forEach((held) => { held.open = true; })")
    small = page.evaluate(
        """Array.from(document.querySelectorAll('.ml-map button, .ml-map select, .ml-map input:not([type=checkbox]), .ml-map summary'))
            .map((held) => [held.outerHTML.slice(0, 80), held.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([text]) => text)"""
    )
    assert [text for text in small if "Sources and how" not in text] == []
