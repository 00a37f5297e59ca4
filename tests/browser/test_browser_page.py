"""The standalone page in Chromium, opened from disk with the network off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Page, expect
from shapely import LineString, Point, Polygon

from geo.claims import Actor, Claim
from geo.schema import Dossier, incident_table
from maps.build import build_map
from maps.page import page_html

Open = Callable[..., Any]

SQUARE = Polygon([(46, 39), (46.6, 39), (46.6, 39.5), (46, 39.5)])
SAYS = Claim("Defence ministry A", "AM", "asserts", "troops crossed", "They crossed.", "2021-05-13", "https://example.org/a")
DENIES = Claim("Defence ministry B", "AZ", "denies", "crossing", "Nobody crossed.", "2021-05-14", "javascript:alert(1)")


def incidents() -> gpd.GeoDataFrame:
    columns = {
        "id": ["one", "two", "three", "four", "five", "six"],
        "title": [
            "Shelling near a village",
            "Shelling again",
            "Troops in a province",
            "Fire along the line",
            "Somewhere",
            "Later shelling",
        ],
        "event_type": ["shelling", "shelling", "troop_presence", "firefight", "negotiation", "shelling"],
        "start": ["2021-05-12", "2021-05-12", "2021-05-12", "2022-09-13", "2020-11-10", "2023-06-01"],
        "end": ["2021-05-12", "2021-05-20", "2021-05-14", "2022-09-14", "2020-11-10", "2023-06-30"],
        "date_precision": ["day", "range", "range", "range", "day", "month"],
        "location_kind": ["near", "near", "area", "line", "unknown", "near"],
        "radius_m": [5_000.0, 5_000.0, 26_000.0, 1_000.0, None, 2_000.0],
        "place": ["Verishen", "Verishen", "Syunik", "line of contact", None, "Goris / Gorus"],
        "place_text": [None, None, "in Syunik", None, "the border", None],
        "status": ["claimed", "confirmed", "disputed", "denied", "unverified", "claimed"],
        "draft": [False, False, True, False, False, False],
        "killed_low": [2.0, None, None, None, None, None],
        "killed_high": [4.0, None, None, None, None, None],
        "strength_low": [None, None, 250.0, None, None, None],
        "strength_high": [None, None, 250.0, None, None, None],
        "actors": [(), (), (Actor("AZ forces", "AZ", "present"),), (), (), ()],
        "claims": [(), (), (SAYS, DENIES), (), (), ()],
        "geocode_reason": [None, None, None, None, "no place named", None],
    }
    spot = Point(46.31, 39.53)
    shapes = [spot, spot, SQUARE, LineString([(46.8, 39.6), (46.9, 40)]), None, Point(46.35, 39.51)]
    return incident_table(columns, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "map.html"
    path.write_text(page_html(build_map(Dossier(incidents()), title="A test map")), encoding="utf-8")
    return path


@pytest.fixture
def page(watched: Open, page_file: Path) -> Page:
    opened: Page = watched().open(page_file)
    return opened


def layer(page: Page, key: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("key => marchland.layers.find((held) => held.key === key)", key)
    return found


def markers(page: Page) -> int:
    return page.locator(".ml-marker").count()


def test_every_located_incident_has_a_symbol_and_the_count_says_how_many(page: Page) -> None:
    assert markers(page) == page.evaluate("marchland.shown()") == 5
    expect(page.locator(".ml-count")).to_have_text("shown 5 of 6; 1 unlocated")
    assert page.evaluate("marchland.counts")["unlocated"] == 1


def test_switching_a_layer_off_removes_its_symbols_and_switching_it_on_brings_them_back(page: Page) -> None:
    box = page.get_by_role("checkbox", name="Shelling")
    box.uncheck()
    assert markers(page) == 2
    assert layer(page, "shelling")["shown"] == 0
    expect(page.locator(".ml-count")).to_have_text("shown 2 of 6; 1 unlocated")
    box.check()
    assert markers(page) == 5
    assert layer(page, "shelling")["shown"] == layer(page, "shelling")["total"] == 3


def test_switching_a_boundary_off_removes_its_lines(page: Page) -> None:
    assert page.locator("path.ml-former").count() > 1
    page.get_by_role("checkbox", name="Former NKAO").uncheck()
    assert page.locator(".leaflet-pane path.ml-former").count() == 0


def test_a_click_opens_what_is_known(page: Page) -> None:
    page.get_by_role("button", name="Troops in a province").click()
    details = page.get_by_role("dialog")
    known = ("somewhere in Syunik", "12 May 2021 to 14 May 2021", "Disputed", "Defence ministry A", "Nobody crossed.", "250 (reported)")
    for text in (*known, "not reported", "no person has checked"):
        expect(details).to_contain_text(text)
    assert page.evaluate("location.hash").endswith("/three")


def test_the_keyboard_opens_and_closes_an_incident_and_keeps_the_place(page: Page) -> None:
    symbol = page.get_by_role("button", name="Later shelling")
    symbol.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("some time in June 2023")
    expect(page.get_by_role("dialog")).to_contain_text("within about 2 km of Goris / Gorus")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(symbol).to_be_focused()


def test_records_at_one_spot_are_all_reachable(page: Page) -> None:
    page.evaluate("marchland.select('one')")
    here = page.get_by_role("navigation", name="Records at this spot")
    expect(here.get_by_role("button")).to_have_count(2)
    here.get_by_role("button", name="Shelling again").click()
    expect(page.get_by_role("dialog").locator("h2")).to_have_text("Shelling again")


def test_symbols_do_not_cover_each_other(page: Page) -> None:
    boxes = [element.bounding_box() for element in page.locator(".ml-marker").all()]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert abs(a["x"] - b["x"]) > 20 or abs(a["y"] - b["y"]) > 20


def test_only_web_addresses_become_links(page: Page) -> None:
    page.evaluate("marchland.select('three')")
    links = page.get_by_role("dialog").get_by_role("link").all()
    assert [link.get_attribute("href") for link in links] == ["https://example.org/a"]
    assert links[0].get_attribute("rel") == "noopener noreferrer"


def test_casualties_are_a_range_with_reported(page: Page) -> None:
    page.evaluate("marchland.select('one')")
    expect(page.get_by_role("dialog")).to_contain_text("2 to 4 (reported)")


def test_the_period_narrows_incidents_zones_and_lines(page: Page) -> None:
    page.evaluate("marchland.setTime('2021-05-12', '2021-05-12')")
    assert page.evaluate("marchland.shownIds()") == ["one", "two", "three"]
    assert layer(page, "corridor")["shown"] == 1
    page.evaluate("marchland.setTime('2024-05-25', null)")
    assert page.evaluate("marchland.shown()") == 0
    assert layer(page, "contact")["shown"] == 0
    assert layer(page, "section")["shown"] == 1
    page.evaluate("marchland.setTime(null, null)")
    assert page.evaluate("marchland.shown()") == 5


def test_the_date_boxes_set_the_period(page: Page) -> None:
    page.get_by_label("To day").fill("2021-12-31")
    assert page.evaluate("marchland.shownIds()") == ["one", "two", "three"]
    page.get_by_role("button", name="All").click()
    assert page.evaluate("marchland.shown()") == 5


def test_the_unlocated_are_listed_with_the_reason(page: Page) -> None:
    page.get_by_text("Not on the map (1)").click()
    expect(page.locator("#marchland-unlocated")).to_contain_text("“the border”: no place named")
    page.locator("#marchland-unlocated").get_by_role("button", name="Somewhere").click()
    expect(page.get_by_role("dialog")).to_contain_text("not located: the border")


def test_a_click_on_the_map_tells_what_is_drawn_there(watched: Open, page_file: Path) -> None:
    page = watched().open(page_file, fragment="#11/39.9000/46.7200")
    page.evaluate("marchland.setTime('2021-05-12', '2021-05-12')")
    page.mouse.click(640, 400)
    details = page.get_by_role("dialog")
    expect(details.locator("h2")).to_have_text("What is drawn here")
    for text in (
        "Russian peacekeeping area of responsibility",
        "from 10 November 2020 until 20 September 2023",
        "schematic, drawn from reports",
    ):
        expect(details).to_contain_text(text)
    expect(details).not_to_contain_text("Lachin corridor")


def test_a_zone_can_be_read_about_without_a_mouse(page: Page) -> None:
    page.get_by_role("button", name="About: Russian peacekeeping zone").press("Enter")
    expect(page.get_by_role("dialog").locator("h2")).to_be_focused()
    expect(page.get_by_role("dialog")).to_contain_text("9 posts North")


def test_a_day_that_is_none_is_refused(page: Page) -> None:
    said = page.evaluate("(() => { try { marchland.setTime('yesterday', null); } catch (error) { return error.message; } })()")
    assert said == "days are written like 2021-05-14"
    assert page.evaluate("marchland.shown()") == 5


def test_a_view_and_an_incident_can_be_addressed(watched: Open, page_file: Path) -> None:
    page = watched().open(page_file, fragment="#10/39.5000/46.3000/two")
    assert page.evaluate("location.hash") == "#10/39.5000/46.3000/two"
    expect(page.get_by_role("dialog").locator("h2")).to_have_text("Shelling again")


def test_an_unknown_incident_is_not_selected(page: Page) -> None:
    assert page.evaluate("marchland.select('nobody')") is False


def test_an_area_has_a_square_symbol_and_an_outline_and_no_dot(page: Page) -> None:
    assert page.locator("path.ml-shape-area").count() == 1
    assert page.locator("path.ml-shape-line").count() == 1
    assert page.locator("path.ml-shape-near").count() == 2
    assert page.locator("circle.leaflet-interactive, img.leaflet-marker-icon").count() == 0


def test_the_skip_link_is_first_and_leads_to_the_layers(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the map")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#marchland-legend > summary")).to_be_focused()


def test_disclaimer_and_sources_are_in_sight(page: Page) -> None:
    expect(page.locator(".ml-disclaimer")).to_be_visible()
    expect(page.locator(".ml-sources")).to_contain_text("© OpenStreetMap contributors")


def test_there_is_no_flag_or_slogan(page: Page) -> None:
    assert page.locator(".leaflet-control-attribution, .leaflet-attribution-flag").count() == 0


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": 390, "height": 844}}, {"viewport": {"width": 900, "height": 540}}, {"color_scheme": "dark"}]
)
def test_phones_small_frames_and_dark_pages_work(watched: Open, page_file: Path, options: dict[str, Any]) -> None:
    page = watched(**options).open(page_file)
    page.get_by_role("button", name="Later shelling").click()
    expect(page.get_by_role("dialog")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Close details")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_map_without_incidents_opens(watched: Open, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(page_html(build_map(incident_table({}, size=0), as_of=date(2021, 5, 14))), encoding="utf-8")
    page = watched().open(path)
    expect(page.locator(".ml-count")).to_have_text("shown 0 of 0")
    assert layer(page, "corridor")["total"] == 1
