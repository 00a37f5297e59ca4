"""Incidents and pages that several browser tests look at."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import geopandas as gpd
from playwright.sync_api import Frame, Page
from shapely import LineString, Point, Polygon

from geo.claims import Actor, Claim
from geo.schema import Dossier, incident_table
from maps.build import build_map
from maps.page import page_html

SAYS = Claim("Ministry A", "AM", "asserts", "fire", "They fired.", "2021-05-13", "https://example.org/a")
DENIES = Claim("Ministry B", "AZ", "denies", "fire", "Nobody fired.", "2021-05-14", None)


def some_incidents() -> gpd.GeoDataFrame:
    """Six incidents of all kinds: one is not located, one has no date, one begins like a formula."""
    columns = {
        "id": ["one", "two", "three", "four", "five", "six"],
        "title": ["Shelling near a village", "=1+1 Şuşi", "Troops in a province", "Fire along the line", "Talks", "Undated fire"],
        "event_type": ["shelling", "shelling", "troop_presence", "firefight", "negotiation", "shelling"],
        "start": ["2021-05-12", "2021-05-28", "2021-05-12", "2022-09-13", "2020-11-10", None],
        "end": ["2021-05-12", "2021-07-02", "2021-05-14", "2022-09-14", "2020-11-10", None],
        "date_precision": ["day", "range", "range", "range", "day", "unknown"],
        "location_kind": ["near", "near", "area", "line", "unknown", "point"],
        "radius_m": [5_000.0, 5_000.0, 26_000.0, 1_000.0, None, 0.0],
        "place": ["Verishen", "Goris / Gorus", "Syunik", "line of contact", None, "Goris / Gorus"],
        "place_text": [None, None, "in Syunik", None, "the border", None],
        "adm1": ["Syunik", "Syunik", "Syunik", None, None, "Lachin"],
        "adm1_shares": [
            ({"unit": "Syunik", "code": "AM-SU", "share": 0.7}, {"unit": "Lachin", "code": "AZ-LAC", "share": 0.3}),
            ({"unit": "Syunik", "code": "AM-SU", "share": 1.0},),
            (),
            (),
            (),
            ({"unit": "Lachin", "code": "AZ-LAC", "share": 1.0},),
        ],
        "status": ["disputed", "claimed", "claimed", "denied", "unverified", "claimed"],
        "draft": [False, True, False, False, False, False],
        "actors": [(Actor("A forces", "AM"), Actor("B forces", "AZ")), (), (Actor("B forces", "AZ", "present"),), (), (), ()],
        "claims": [(SAYS, DENIES), (), (), (), (), ()],
        "sources": [("Agency A",), ("Agency B",), ("Agency B",), (), (), ()],
        "geocode_reason": [None, None, None, None, "no place named", None],
        "event_text": [None, "artillery duel", None, None, None, None],
    }
    square = Polygon([(46, 39), (46.6, 39), (46.6, 39.5), (46, 39.5)])
    line = LineString([(46.8, 39.6), (46.9, 40)])
    shapes = [Point(46.31, 39.53), Point(46.33, 39.51), square, line, None, Point(46.5, 39.6)]
    return incident_table(columns, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def write_scene(path: Path, **options: Any) -> Path:
    """The page of `some_incidents` with these options of `build_map`."""
    held = Dossier(some_incidents(), held_back=2)
    path.write_text(page_html(build_map(held, **({"title": "A test map"} | options))), encoding="utf-8")
    return path


def wait_until(where: Page | Frame, expression: str, argument: Any = None, *, seconds: float = 30) -> None:
    """Wait until an expression is true in a page or frame.

    Asked again from outside: Playwright's own waiting evaluates text within the page, which the page's policy forbids.
    """
    end = time.monotonic() + seconds
    while not where.evaluate(expression, argument):
        assert time.monotonic() < end, f"not true within {seconds:g} s: {expression}"
        time.sleep(0.02)
