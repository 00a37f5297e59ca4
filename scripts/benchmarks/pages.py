"""The page beside folium's own ways to put many points on a map: size, time to build and to open, memory, frames a second.

All open from disk in headless Chromium with the network off; folium's get their scripts and styles inlined as ours has them, and an
empty map, on which our layer stands as well beside the whole page with boundaries and panels. Ours carries every column of the table,
theirs less: a title each (clusters) or ten columns (GeoJson). A page is ready when it has loaded,
says so if it can, and two frames have passed. What needs longer than `PATIENCE_S` to open counts as one that does not work. The heap
is what JavaScript's objects hold after a collection; arrays of numbers are told apart from it.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import folium
import geopandas as gpd
from folium.plugins import FastMarkerCluster, MarkerCluster

from geo.errors import MarchlandError
from maps.build import MAX_ZOOM, build_map
from maps.export.properties import plain_columns
from maps.layers import IncidentLayer
from maps.page import page_html
from scripts.benchmarks.measure import Figure
from scripts.benchmarks.page_data import incidents

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_S = 120
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
TEN = ("id", "title", "event_type", "start", "end", "location_kind", "radius_m", "place", "adm1", "status")
SIZES = ((1_000, "1 k"), (10_000, "10 k"), (100_000, "100 k"), (350_000, "350 k"))
QUICK_MOST = 10_000
MARKERS_MOST = 10_000
"""folium renders each Marker through a template, about a millisecond; 100,000 are out of the question."""

FRAMES = """() => {
    window.ticks = [];
    let last = performance.now();
    const tick = (now) => {
        ticks.push(now - last);
        last = now;
        requestAnimationFrame(tick);
    };
    tick(last);
}"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STEP = """async () => {
    const times = [];
    for (const day of ['2021-02-01', '2022-02-01', '2023-02-01', '2024-02-01', null]) {
        const start = performance.now();
        marchland.setTime(day && '2020-06-01', day);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - start);
    }
    marchland.setTime(null, null);
    return Math.max(...times);
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was measured of one opened page; seconds, megabytes, frames a second, milliseconds."""

    ready_s: float
    heap_mb: float
    arrays_mb: float
    pan_fps: float
    zoom_fps: float
    step_ms: float | None


def _empty_map() -> folium.Map:
    drawn = folium.Map(location=[40.0, 46.3], zoom_start=8, tiles=None, prefer_canvas=True)
    drawn.options["max_zoom"] = MAX_ZOOM
    return drawn


def _whole_page(table: gpd.GeoDataFrame) -> folium.Map:
    return build_map(table)


def _layer_alone(table: gpd.GeoDataFrame) -> folium.Map:
    drawn = _empty_map()
    IncidentLayer(table).add_to(drawn)
    return drawn


def _located(table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[list[float]]]:
    held = table[table.geometry.notna()]
    spots = held.geometry.representative_point()
    return held, [[lat, lon] for lat, lon in zip(spots.y.round(4), spots.x.round(4), strict=True)]


def _fast_marker_cluster(table: gpd.GeoDataFrame) -> folium.Map:
    held, spots = _located(table)
    drawn = _empty_map()
    show = "function (row) { return L.marker(new L.LatLng(row[0], row[1]), {title: row[2]}); }"
    rows = [[*spot, title] for spot, title in zip(spots, held.title, strict=True)]
    FastMarkerCluster(rows, callback=show).add_to(drawn)  # type: ignore[no-untyped-call]
    return drawn


def _marker_cluster(table: gpd.GeoDataFrame) -> folium.Map:
    held, spots = _located(table)
    drawn = _empty_map()
    group = MarkerCluster().add_to(drawn)  # type: ignore[no-untyped-call]
    for spot, title in zip(spots, held.title, strict=True):
        folium.Marker(spot, tooltip=title).add_to(group)
    return drawn


def _geojson(table: gpd.GeoDataFrame) -> folium.Map:
    held, spots = _located(table)
    columns = plain_columns(held, TEN)
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": dict(zip(TEN, values, strict=True))}
        for (lat, lon), values in zip(spots, zip(*columns.values(), strict=True), strict=True)
    ]
    drawn = _empty_map()
    folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=folium.CircleMarker(radius=4)).add_to(drawn)
    return drawn


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make the page: its name, its maker, and the most rows that it is asked for."""

    name: str
    make: Callable[[gpd.GeoDataFrame], folium.Map]
    most: int = 350_000


PAGE = Way("marchland, whole page", _whole_page)
LAYER = Way("marchland, IncidentLayer alone", _layer_alone)
PEERS = (
    Way("FastMarkerCluster", _fast_marker_cluster),
    Way("MarkerCluster", _marker_cluster, MARKERS_MOST),
    Way("GeoJson", _geojson),
)


Measured = tuple[list[float], list[Opened]]


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


def _opened(browser: Browser, path: Path) -> Opened | None:
    """The page measured; ``None`` when it does not open in time or gives up."""
    from playwright.sync_api import Error

    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    try:
        start = time.perf_counter()
        page.goto(path.as_uri(), wait_until="load")
        # asked again from outside: waiting within the page evaluates text, which its policy forbids
        while not page.evaluate("!window.marchland || window.marchland.ready") and time.perf_counter() - start < PATIENCE_S:
            time.sleep(0.01)
        page.evaluate(SETTLED)
        ready = time.perf_counter() - start
        session = context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")
        step = page.evaluate(STEP) if page.evaluate("Boolean(window.marchland)") else None
        arrays = heap.get("backingStorageSize", float("nan")) / 1e6
        return Opened(ready, heap["usedSize"] / 1e6, arrays, _frames(page, _pan), _frames(page, _zoom), step)
    except Error:
        return None
    finally:
        context.close()


def _frames(page: Page, move: Callable[[Page], None]) -> float:
    """Frames a second while the map is moved."""
    page.evaluate(FRAMES)
    move(page)
    ticks: list[float] = page.evaluate("ticks.slice(1)")
    return 1000 * len(ticks) / max(sum(ticks), 1.0)


def _pan(page: Page) -> None:
    for _ in range(4):
        page.mouse.move(850, 600)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(850 - step * 8, 600 - step * 4)
        page.mouse.up()


def _zoom(page: Page) -> None:
    page.mouse.move(640, 420)
    for turn in (-300, -300, 300, 300, -300, -300, 300, 300):
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(350)


def _measured(browser: Browser, way: Way, table: gpd.GeoDataFrame, folder: Path, *, runs: int) -> Measured | None:
    """Megabytes and seconds to build, and each opening; ``None`` when it cannot be made or does not open."""
    path = folder / "page.html"
    start = time.perf_counter()
    try:
        path.write_text(page_html(way.make(table)), encoding="utf-8")
    except MarchlandError:
        return None
    made = [path.stat().st_size / 1e6, time.perf_counter() - start]
    opened: list[Opened] = []
    for _ in range(runs):
        one = _opened(browser, path)
        if one is None:
            return None
        opened.append(one)
    return made, opened


def _goals(rows: int) -> dict[str, str]:
    if rows == 1_000:
        return {"size": "at most 0.8", "ready": "at most 0.6"}
    if rows == 350_000:
        return {
            "size": "at most 12", "built in": "at most 12", "ready": "at most 2.5", "heap": "at most 150", "pan": "at least 40",
            "zoom": "at least 25", "slider step": "at most 100",
        }  # fmt: skip
    return {}


def _told(title: str, measured: Measured, goals: dict[str, str]) -> list[Figure]:
    (size, built), opened = measured
    figures = [
        Figure(f"{title}: size", size, "MB", 0, goals.get("size", "")),
        Figure(f"{title}: built in", built, "s", 0, goals.get("built in", "")),
    ]
    figures.append(_figure(f"{title}: ready", [one.ready_s for one in opened], "s", goals.get("ready", "")))
    figures.append(_figure(f"{title}: JS heap", [one.heap_mb for one in opened], "MB", goals.get("heap", "")))
    figures.append(_figure(f"{title}: arrays beside it", [one.arrays_mb for one in opened], "MB", ""))
    figures.append(_figure(f"{title}: pan", [one.pan_fps for one in opened], "fps", goals.get("pan", "")))
    figures.append(_figure(f"{title}: zoom", [one.zoom_fps for one in opened], "fps", goals.get("zoom", "")))
    steps = [one.step_ms for one in opened if one.step_ms is not None]
    return [*figures, _figure(f"{title}: slider step, slowest", steps, "ms", goals.get("slider step", ""))] if steps else figures


def _figure(name: str, values: Sequence[float], unit: str, goal: str) -> Figure:
    return Figure(name, statistics.median(values), unit, (max(values) - min(values)) / 2, goal)


def _beside(ours: Measured, theirs: Measured, title: str) -> list[Figure]:
    """How many times smaller and sooner ready our layer is, each on an empty map."""
    ready = [statistics.median(one.ready_s for one in held[1]) for held in (ours, theirs)]
    return [
        Figure(f"{title}: our layer is smaller", theirs[0][0] / ours[0][0], "times", 0, "at least 10, or"),
        Figure(f"{title}: our layer is sooner ready", ready[1] / ready[0], "times", 0, "at least 10"),
    ]


def _of_size(browser: Browser, rows: int, title: str, folder: Path, *, runs: int) -> list[Figure]:
    table = incidents(rows)
    # imports and caches of the first map, and the first page of a browser, are no part of it
    _measured(browser, PAGE, table[:10], folder, runs=1)
    figures: list[Figure] = []
    layer: Measured | None = None
    for way in (PAGE, LAYER, *PEERS):
        measured = None if rows > way.most else _measured(browser, way, table, folder, runs=runs if way in (PAGE, LAYER) else min(runs, 2))
        name = f"{title} {way.name}"
        if measured is None:
            figures.append(Figure(f"{name}: does not work, or not in time", float("nan"), ""))
            continue
        layer = measured if way is LAYER else layer
        figures += _told(name, measured, _goals(rows) if way is PAGE else {})
        if layer is not None and way in PEERS:
            figures += _beside(layer, measured, name)
    return figures


def figures(*, runs: int) -> list[Figure]:
    """Pages of 1,000 to 350,000 incidents, ours and folium's; a single run stops at 10,000."""
    found: list[Figure] = []
    with _chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for rows, title in SIZES:
            if runs > 1 or rows <= QUICK_MOST:
                found += _of_size(browser, rows, title, Path(folder), runs=runs)
    return found
