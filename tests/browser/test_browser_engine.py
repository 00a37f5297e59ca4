"""Many incidents in Chromium: packed columns, one canvas, and every record still within reach."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from scenes import wait_until
from shapely import LineString, Point, Polygon

from geo.claims import Actor, Claim
from geo.schema import incident_table
from maps import incidents as incidents_module
from maps.build import build_map
from maps.incidents import incident_payload
from maps.layers import IncidentLayer
from maps.page import page_html
from scripts.benchmarks.page_data import incidents as made_up

Open = Callable[..., Any]
MANY = 20_000
STORE = "marchlandParts.states()[0].store"
ENGINE = "marchlandParts.states()[0].engine"


@pytest.fixture(scope="module")
def table() -> gpd.GeoDataFrame:
    return made_up(MANY)


@pytest.fixture(scope="module")
def page_file(table: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "map.html"
    path.write_text(page_html(build_map(table)), encoding="utf-8")
    return path


@pytest.fixture
def page(watched: Open, page_file: Path) -> Page:
    opened: Page = watched().open(page_file)
    return opened


def happened(table: gpd.GeoDataFrame, first: str, last: str) -> Any:
    located = table.geometry.notna()
    return located & (table.start <= pd.Timestamp(last)) & (table.end >= pd.Timestamp(first))


def plain(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = incident_payload(table, written_most=len(table))["records"]
    return records


def cluster(page: Page, condition: str) -> dict[str, Any]:
    """A cluster in the free middle of the screen, with where it is on the screen."""
    found: dict[str, Any] = page.evaluate(
        f"""() => {{
            const engine = {ENGINE};
            const map = engine._map;
            const ids = (...held) => marchlandParts.clusterRows({{store: {STORE}}}, ...held).map((i) => {STORE}.idOf(i));
            for (const one of engine.clusters) {{
                const at = map.layerPointToContainerPoint(engine._bounds.min.add([one.x, one.y]));
                if (at.x > 460 && at.x < 950 && at.y > 20 && at.y < 780 && ({condition}))
                    return {{ n: one.n, x: at.x, y: at.y, ids: ids(engine, one) }};
            }}
            return null;
        }}"""
    )
    return found


def test_a_large_page_opens_and_counts_all(page: Page, table: gpd.GeoDataFrame) -> None:
    located = int(table.geometry.notna().sum())
    assert page.evaluate("marchland.shown()") == located
    assert page.evaluate("marchland.counts")["unlocated"] == MANY - located
    assert page.locator("canvas.ml-many").count() == 1
    assert page.locator(".ml-marker").count() == 0


def test_a_large_page_is_small(page_file: Path) -> None:
    assert page_file.stat().st_size < 2_000_000


def test_the_period_shows_what_happened_in_it_at_once(page: Page, table: gpd.GeoDataFrame) -> None:
    shown = page.evaluate("(marchland.setTime('2021-03-05', '2021-09-10'), marchland.shown())")
    assert shown == int(happened(table, "2021-03-05", "2021-09-10").sum())
    assert page.evaluate("(marchland.setTime(null, null), marchland.shown())") == int(table.geometry.notna().sum())


def test_a_layer_can_be_switched_off_and_on(page: Page, table: gpd.GeoDataFrame) -> None:
    located = table[table.geometry.notna()]
    page.get_by_role("checkbox", name="Shelling").uncheck()
    assert page.evaluate("marchland.shown()") == int((located.event_type != "shelling").sum())
    assert page.evaluate(f"{ENGINE}.frame.inView") == int((located.event_type != "shelling").sum())
    page.get_by_role("checkbox", name="Shelling").check()
    assert page.evaluate("marchland.shown()") == len(located)


def test_masks_of_others_narrow_what_is_shown(page: Page, table: gpd.GeoDataFrame) -> None:
    page.evaluate(
        f"""() => {{
            const store = {STORE};
            const status = store.col('status');
            const wanted = status.words.indexOf('denied');
            store.mask('test', Uint8Array.from(status.codes, (code) => code === wanted));
        }}"""
    )
    assert page.evaluate("marchland.shown()") == int(((table.status == "denied") & table.geometry.notna()).sum())
    page.evaluate(f"{STORE}.mask('test', null)")
    assert page.evaluate("marchland.shown()") == int(table.geometry.notna().sum())


def test_clusters_hold_all_that_is_in_view_with_status_and_areas(page: Page) -> None:
    told = page.evaluate(
        f"""() => {{
            const {{ clusters, frame }} = {ENGINE};
            const sum = (of) => clusters.reduce((total, one) => total + of(one), 0);
            const split = [0, 1, 2, 3, 4].map((k) => sum((one) => one.split[k]));
            const [areas, lines] = [sum((one) => one.areas), sum((one) => one.lines)];
            return {{ n: sum((one) => one.n), inView: frame.inView, split, areas, lines }};
        }}"""
    )
    assert told["n"] == told["inView"] == sum(told["split"]) == page.evaluate("marchland.shown()")
    assert min(told["split"]) > 0
    assert told["areas"] > 0
    assert told["lines"] > 0


def test_a_click_on_a_symbol_opens_its_record(watched: Open, page_file: Path, table: gpd.GeoDataFrame) -> None:
    page = watched().open(page_file, fragment="#12/39.9000/46.2000")
    found = cluster(page, "one.n === 1")
    page.mouse.click(found["x"], found["y"])
    wanted = table[table.id == found["ids"][0]].iloc[0]
    details = page.get_by_role("dialog")
    expect(details.locator("h2")).to_have_text(wanted.title)
    expect(details).to_contain_text(wanted.claims[0].text)
    assert page.evaluate("location.hash").split("?")[0].endswith(f"/{wanted.id}")


def test_a_click_on_a_small_cluster_lists_its_records(watched: Open, page_file: Path, table: gpd.GeoDataFrame) -> None:
    page = watched().open(page_file, fragment="#12/39.9000/46.2000")
    found = cluster(page, "one.n > 1 && one.n < 25")
    page.mouse.click(found["x"], found["y"])
    rows = page.get_by_role("dialog").get_by_role("listitem")
    expect(rows).to_have_count(found["n"])
    titles = sorted(table[table.id.isin(found["ids"])].title)
    assert sorted(text.split(": ", 1)[1] for text in rows.all_text_contents()) == titles
    rows.first.get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_text("Claims", exact=True)).to_be_visible()


def test_a_click_on_a_large_cluster_goes_nearer(page: Page) -> None:
    found = cluster(page, "one.n > 200")
    zoom = float(page.evaluate("location.hash || '#0'").split("/")[0][1:])
    page.mouse.click(found["x"], found["y"])
    wait_until(page, "before => Number(location.hash.slice(1).split('/')[0]) > before", zoom)


def test_hundreds_of_records_at_one_spot_are_all_within_reach(page: Page, table: gpd.GeoDataFrame) -> None:
    near = table[table.location_kind == "near"]
    crowded = near[near.place == near.place.mode()[0]]
    spots = {(round(p.x, 3), round(p.y, 3)) for p in crowded.geometry}
    assert len(spots) == 1
    page.evaluate("id => marchland.select(id)", crowded.id.iloc[0])
    here = page.get_by_role("navigation", name="Records at this spot")
    told = int((here.locator("p").first.text_content() or "").split()[0].replace(",", ""))
    assert told >= len(crowded[crowded.radius_m == crowded.radius_m.iloc[0]]) > 100
    reached = 0
    later = here.get_by_role("button", name="Later in the list")
    while True:
        reached += here.get_by_role("listitem").count()
        if later.is_disabled():
            break
        later.click()
    assert reached == told


def test_few_shown_are_elements_with_names(page: Page, table: gpd.GeoDataFrame) -> None:
    wanted = table[happened(table, "2022-05-03", "2022-05-04")]
    page.evaluate("marchland.setTime('2022-05-03', '2022-05-04')")
    assert 0 < len(wanted) <= 250
    assert page.locator(".ml-marker").count() == len(wanted)
    assert page.locator("canvas.ml-many").count() == 0
    name = wanted.title.iloc[0]
    expect(page.get_by_role("button", name=name).first).to_be_attached()
    page.evaluate("marchland.setTime(null, null)")
    assert page.locator(".ml-marker").count() == 0
    assert page.locator("canvas.ml-many").count() == 1


def test_an_unknown_incident_is_not_selected(page: Page) -> None:
    for name in ("nobody", "SYN", "SYN99999", "SYN0100000", "100000", ""):
        assert page.evaluate("id => marchland.select(id)", name) is False


def test_an_address_opens_a_record_of_a_large_page(watched: Open, page_file: Path, table: gpd.GeoDataFrame) -> None:
    page = watched().open(page_file, fragment=f"#11/39.5000/46.3000/{table.id.iloc[777]}")
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(table.title.iloc[777])


def test_packed_records_are_what_written_ones_are(page: Page, table: gpd.GeoDataFrame) -> None:
    rows = list(range(0, MANY, 97))
    told = page.evaluate(f"rows => Promise.all(rows.map((i) => {STORE}.detail(i)))", rows)
    records = plain(table)
    assert told == [json.loads(json.dumps(records[i])) for i in rows]


def odd_table() -> gpd.GeoDataFrame:
    """Every form that a value may have, unknown ones among them."""
    claims = [
        (Claim("A", None, "asserts"), Claim("B", "AZ", "denies", text="no", url="https://example.org")),
        (),
        (Claim("C", "AM", "asserts"),),
        (),
    ]
    columns = {
        "id": ["one", "007", "x 12345678901234", "7"],
        "title": ["Ünïcode Գորիս", "", None, "\ufeffwith a mark"],
        "event_type": ["shelling", None, "something else", "other"],
        "start": ["1991-09-02", None, None, "2024-02-29"],
        "end": ["1991-09-02", None, "2021-01-01", "2024-03-01"],
        "location_kind": ["near", "unknown", "area", "line"],
        "radius_m": [1_234.5, None, 0.0, 500.0],
        "killed_low": [0.0, None, 3.0, 1e12],
        "border_distance_m": [12_345.6, None, 0.1, 1e-3],
        "draft": [True, False, False, True],
        "claims": claims,
        "actors": [(Actor("P"),), (), (), (Actor("Q", "RU", "fires"), Actor("R"))],
        "zones": [("a", "b"), (), ("a",), ()],
        "sources": [(), ("s",), ("s", "t"), ()],
        "adm1_shares": [({"unit": "U", "code": "AM-SU", "share": 0.7}, {"unit": "V", "code": None, "share": 0.3}), (), (), ()],
    }
    shapes = [Point(46.31, 39.53), None, Polygon([(46, 39), (46.6, 39), (46.6, 39.5)]), LineString([(46.8, 39.6), (46.9, 40)])]
    return incident_table(columns, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def test_every_kind_of_value_survives_packing(watched: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for most in (100, 0):
        monkeypatch.setattr(incidents_module, "WRITTEN_MOST", most)
        path = tmp_path / f"{most}.html"
        path.write_text(page_html(build_map(odd_table())), encoding="utf-8")
        page = watched().open(path)
        told.append(page.evaluate(f"Promise.all([0, 1, 2, 3].map((i) => {STORE}.detail(i)))"))
        assert page.evaluate(f"['one', '007', 'x 12345678901234', '7', '07'].map((id) => {STORE}.indexOf(id))") == [0, 1, 2, 3, -1]
        days = page.evaluate(f"Array.from({STORE}.col('start'))")
        assert days == [7_914, -(2**31), -(2**31), 19_782]
    assert told[0] == told[1]
    assert told[1][0]["claims"][0] == {"by": "A", "stance": "asserts"}
    assert told[1][3]["killed_low"] == 1e12


def test_two_layers_are_one_table_whatever_their_form(watched: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = made_up(5_500)
    drawn = build_map(many)
    monkeypatch.setattr(incidents_module, "WRITTEN_MOST", 10)
    IncidentLayer(odd_table()).add_to(drawn)
    path = tmp_path / "two.html"
    path.write_text(page_html(drawn), encoding="utf-8")
    page = watched().open(path)
    assert page.evaluate("marchland.counts")["total"] == 5_504
    assert page.evaluate("marchland.shown()") == int(many.geometry.notna().sum()) + 3
    assert page.evaluate("marchland.select('007')") is True
    expect(page.get_by_role("dialog")).to_contain_text("007")
    assert page.evaluate("id => marchland.select(id)", many.id.iloc[9]) is True
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(many.title.iloc[9])
    told = page.evaluate(f"[{STORE}.col('start')[5500], {STORE}.col('adm1').at(0), {STORE}.col('radius_m')[5500]]")
    assert told == [7_914, many.adm1.iloc[0], 1_234.5]


def test_an_area_is_never_a_dot(watched: Open, tmp_path: Path) -> None:
    size = 600
    west = 45 + np.arange(size) % 30 * 0.1
    south = 39 + np.arange(size) // 30 * 0.1
    shapes = [Polygon([(x, y), (x + 0.08, y), (x + 0.08, y + 0.08), (x, y + 0.08)]) for x, y in zip(west, south, strict=True)]
    table = incident_table(
        {"id": [f"a{i}" for i in range(size)], "event_type": ["shelling"] * size, "location_kind": ["area"] * size},
        geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"),
    )
    path = tmp_path / "areas.html"
    path.write_text(page_html(build_map(table)), encoding="utf-8")
    page = watched().open(path)
    assert page.evaluate(f"{ENGINE}.frame.mask.some((mark) => mark)") is False
    assert page.evaluate(f"{ENGINE}.clusters.every((one) => one.areas === one.n)") is True


def test_a_disc_is_drawn_as_large_as_its_radius(watched: Open, tmp_path: Path) -> None:
    path = tmp_path / "disc.html"
    one = incident_table(
        {"id": ["a"], "event_type": ["shelling"], "location_kind": ["near"], "radius_m": [5_000.0]},
        geometry=gpd.GeoSeries([Point(46.3, 39.5)], crs="EPSG:4326"),
    )
    path.write_text(page_html(build_map(one)), encoding="utf-8")
    page = watched().open(path)
    ring = np.array(page.evaluate("marchlandParts.ring(46.3, 39.5, 5000)"))
    spot = gpd.GeoSeries([Point(46.3, 39.5)], crs="EPSG:4326").to_crs("+proj=aeqd +lat_0=39.5 +lon_0=46.3 +datum=WGS84")
    rim = gpd.GeoSeries(gpd.points_from_xy(*ring.T), crs="EPSG:4326").to_crs(spot.crs)
    assert rim.distance(spot.iloc[0]).to_numpy() == pytest.approx(5_000, abs=5)
