"""The page and its parts elsewhere: in a sandboxed frame, in a plain folium map, over tiles from the network."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
from playwright.sync_api import Route, expect
from scenes import some_incidents, wait_until, write_scene

from maps.assets import asset_text
from maps.layers import IncidentLayer
from maps.panels import IncidentFilter, IncidentTable, Legend, TimeFilter, UnlocatedList

Open = Callable[..., Any]

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_a_sandboxed_frame_works_and_says_why_no_file_comes(watched: Open, tmp_path: Path) -> None:
    write_scene(tmp_path / "map.html")
    (tmp_path / "host.html").write_text(
        '<!DOCTYPE html><title>host</title><link rel="icon" href="data:,">'
        '<iframe sandbox="allow-scripts" src="map.html" width="1100" height="700"></iframe>',
        encoding="utf-8",
    )
    one = watched()
    one.page.goto((tmp_path / "host.html").as_uri())
    frame = one.page.frames[1]
    wait_until(frame, "window.marchland && window.marchland.ready === true")
    assert frame.evaluate("marchland.shown()") == 5
    frame.evaluate("marchland.setTime('2021-05-12', '2021-05-12')")
    assert frame.evaluate("marchland.select('one')")
    expect(frame.get_by_role("dialog")).to_be_visible()
    frame.get_by_role("button", name="Table").click()
    assert one.trouble == []
    frame.get_by_role("button", name="Save the rows shown as CSV").click()
    expect(frame.locator(".ml-save [role=status]")).to_contain_text("forbids downloads")
    one.page.wait_for_timeout(100)
    assert all("sandbox" in line for line in one.trouble)
    one.trouble.clear()
    one.requests[:] = [url for url in one.requests if not url.endswith("map.html")]


def from_the_wheel(route: Route) -> None:
    url = route.request.url
    route.fulfill(body=asset_text(url), content_type="text/css" if url.endswith(".css") else "text/javascript")


def test_every_part_works_in_a_plain_folium_map(watched: Open, tmp_path: Path) -> None:
    drawn = folium.Map(location=[39.5, 46.4], tiles=None)
    for element in (IncidentLayer(some_incidents()), TimeFilter(), IncidentFilter(), IncidentTable(), Legend(), UnlocatedList()):
        element.add_to(drawn)
    drawn.save(str(tmp_path / "plain.html"))
    one = watched(offline=False)
    one.page.route("https://**/*", from_the_wheel)
    page = one.open(tmp_path / "plain.html")
    assert page.evaluate("marchland.shown()") == 5
    page.get_by_role("slider", name="Last day shown").focus()
    page.keyboard.press("Home")
    expect(page.locator(".ml-period")).to_have_text("10 November 2020")
    assert page.evaluate("marchland.shownIds()") == ["six"]
    page.get_by_role("button", name="All").click()
    page.get_by_text("Find and filter").click()
    page.get_by_role("combobox", name="Status").select_option(label="Claimed (3)")
    page.get_by_role("checkbox", name="Troop presence").uncheck()
    assert page.evaluate("marchland.shownIds()") == ["two", "six"]
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("table")).to_have_attribute("aria-rowcount", "3")
    page.get_by_text("Not on the map (1)").click()
    expect(page.locator("#marchland-unlocated")).to_contain_text("Talks")
    one.requests.clear()


def test_tiles_lie_over_the_embedded_land_with_their_credit(watched: Open, tmp_path: Path) -> None:
    path = write_scene(tmp_path / "map.html", tiles="OpenTopoMap")
    one = watched(offline=False)
    one.page.route("https://**/*", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    page = one.open(path)
    expect(page.locator(".ml-map.ml-online")).to_have_count(1)
    expect(page.locator(".ml-tiles")).to_contain_text("Base map from the network, not reviewed: OpenTopoMap")
    expect(page.locator(".ml-tiles")).to_contain_text("OpenStreetMap contributors, SRTM")
    expect(page.locator(".ml-notice")).to_be_hidden()
    hosts = {url.split("/")[2] for url in one.requests if url.startswith("http")}
    assert hosts
    assert hosts <= {f"{letter}.tile.opentopomap.org" for letter in "abc"}
    one.requests.clear()


def test_without_a_network_the_embedded_map_is_shown_and_it_says_so(watched: Open, tmp_path: Path) -> None:
    path = write_scene(tmp_path / "map.html", tiles="OpenTopoMap")
    one = watched()
    page = one.open(path)
    expect(page.locator(".ml-notice")).to_have_text("The base map from the network could not be loaded; the embedded one is shown.")
    assert page.locator(".ml-map.ml-online").count() == 0
    assert page.evaluate("marchland.shown()") == 5
    # the browser reports each tile that failed; that can't be silenced
    assert all("net::ERR" in line for line in one.trouble)
    one.trouble.clear()
    one.requests.clear()


def test_a_page_with_tiles_lets_no_other_host_in(watched: Open, tmp_path: Path) -> None:
    path = write_scene(tmp_path / "map.html", tiles="OpenTopoMap")
    one = watched(offline=False)
    one.page.route("https://**/*", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    page = one.open(path)
    blocked = page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
            new Image().src = 'https://example.org/x.png';
        })"""
    )
    assert blocked == "img-src"
    one.trouble.clear()
    one.requests.clear()
