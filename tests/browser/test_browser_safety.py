"""Hostile text in every field: shown as it is, and nothing of it runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import folium
import pytest
from hostile import HOSTILE, hostile_dossier, shown
from playwright.sync_api import Route

from geo.schema import Dossier, join_dossiers
from maps.assets import asset_text
from maps.build import build_map
from maps.layers import IncidentLayer
from maps.page import page_html
from maps.panels import Legend
from scripts.benchmarks.page_data import incidents as made_up

Open = Callable[..., Any]


def hostile_file(folder: Path, dossier: Dossier) -> Path:
    path = folder / "map.html"
    path.write_text(page_html(build_map(dossier, title=HOSTILE[3])), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_file(tmp_path_factory.mktemp("hostile"), hostile_dossier())


@pytest.fixture(scope="module")
def packed_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same among enough others for their texts to be packed until somebody asks."""
    hostile = hostile_dossier()
    joined = join_dossiers([Dossier(made_up(5_000)), hostile])
    return hostile_file(tmp_path_factory.mktemp("packed"), replace(hostile, incidents=joined.incidents))


def seen(text: str) -> str:
    """What textContent gives back: HTML parsing of our JSON leaves every character alone."""
    return shown(text)


@pytest.mark.parametrize("form", ["hostile_page", "packed_page"])
def test_hostile_text_is_on_screen_verbatim_and_nothing_runs(watched: Open, form: str, request: pytest.FixtureRequest) -> None:
    page = watched().open(request.getfixturevalue(form))
    assert page.locator("h1").text_content() == HOSTILE[3]
    for number, text in enumerate(HOSTILE):
        assert page.evaluate("id => marchland.select(id)", f"{number} {shown(text)}")
        details = page.get_by_role("dialog")
        assert details.locator("h2").text_content() == seen(text)
        assert details.locator("blockquote").first.text_content() == seen(text)
        assert seen(text) in (details.locator("dd").last.text_content() or "")
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main iframe, main script:not([type='application/json'])").count() == 0


def test_hostile_text_in_the_lists_of_a_packed_page_is_verbatim(watched: Open, packed_page: Path) -> None:
    page = watched().open(packed_page)
    assert page.evaluate("marchland.shown()") > 400
    page.evaluate("marchlandParts.listRecords(marchlandParts.states()[0], [...Array(30).keys()].map((i) => 5000 + i))")
    listed = page.get_by_role("dialog").get_by_role("listitem").all_text_contents()
    assert len(listed) == 30
    for text, told in zip(HOSTILE, listed, strict=False):
        assert told.split(": ", 1)[1] == seen(text)
    page.evaluate("marchland.setTime('2021-05-12', '2021-05-12')")
    assert page.evaluate("window.pwned") is None


def test_packed_data_are_nothing_but_base64(packed_page: Path) -> None:
    block = packed_page.read_text(encoding="utf-8").split('id="marchland-data">')[1].split("</script>")[0]
    packed = next(iter(json.loads(block)["incidents"].values()))["packed"]
    assert all(re.fullmatch(r"[A-Za-z0-9+/]+=*", packed[part]) for part in ("first", "more"))


def test_hostile_text_about_zones_is_verbatim(watched: Open, hostile_page: Path) -> None:
    page = watched().open(hostile_page)
    page.get_by_role("button", name="About: Russian peacekeeping zone").click()
    told = page.get_by_role("dialog").text_content()
    for text in HOSTILE:
        assert seen(text) in told
    assert page.evaluate("window.pwned") is None


def test_hostile_text_in_lists_is_verbatim(watched: Open, hostile_page: Path) -> None:
    page = watched().open(hostile_page)
    told = page.locator("#marchland-unlocated").text_content()
    assert all(seen(text) in told for text in HOSTILE[-2:])
    inputs = page.locator(".ml-inputs").text_content()
    assert all(seen(text) in inputs for text in HOSTILE)


def test_the_policy_stops_a_script_that_came_in_some_other_way(watched: Open, hostile_page: Path) -> None:
    one = watched()
    page = one.open(hostile_page)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.pwned=1>')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in line for line in one.trouble)
    one.trouble.clear()
    one.requests.clear()


def test_the_layer_works_in_a_plain_folium_map_and_is_as_safe_there(watched: Open, tmp_path: Path) -> None:
    drawn = folium.Map(location=[39.5, 46.4], tiles=None)
    IncidentLayer(hostile_dossier()).add_to(drawn)
    Legend().add_to(drawn)
    drawn.save(str(tmp_path / "plain.html"))
    one = watched(offline=False)

    def from_the_wheel(route: Route) -> None:
        url = route.request.url
        kind = "text/css" if url.endswith(".css") else "text/javascript"
        route.fulfill(body=asset_text(url), content_type=kind)

    one.page.route("https://**/*", from_the_wheel)
    page = one.open(tmp_path / "plain.html")
    assert page.locator(".ml-marker").count() == len(HOSTILE) - 2
    for number, text in enumerate(HOSTILE):
        assert page.evaluate("id => marchland.select(id)", f"{number} {shown(text)}")
        assert page.get_by_role("dialog").locator("h2").text_content() == seen(text)
    assert page.evaluate("window.pwned") is None
    one.requests.clear()
