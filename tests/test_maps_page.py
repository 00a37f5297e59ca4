from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import folium
import folium.plugins
import geopandas as gpd
import pytest
from folium.elements import JSCSSMixin
from hostile import HOSTILE, hostile_dossier, shown
from shapely import Point

from geo.claims import Actor, Claim
from geo.errors import DataError, InputError
from geo.schema import Dossier, incident_table
from maps.build import build_map
from maps.layers import IncidentLayer
from maps.page import page_html, write_page


def small() -> Dossier:
    columns = {
        "id": ["a", "b"],
        "event_type": ["shelling", "advance"],
        "location_kind": ["near", "unknown"],
        "radius_m": [2_000.0, float("nan")],
    }
    return Dossier(incident_table(columns, geometry=gpd.GeoSeries([Point(46.3, 39.5), None], crs="EPSG:4326")))


@pytest.fixture(scope="module")
def page() -> str:
    return page_html(build_map(small(), title="A <b>title</b> & {{ 7 * 191 }}"))


def block(page: str) -> dict[str, object]:
    return json.loads(page.split('id="marchland-data">')[1].split("</script>")[0])


def test_the_same_input_gives_the_same_bytes() -> None:
    assert page_html(build_map(small())) == page_html(build_map(small()))


def test_a_page_rendered_twice_is_the_same() -> None:
    drawn = build_map(small())
    assert page_html(drawn) == page_html(drawn)


def test_the_page_links_to_nothing_outside(page: str) -> None:
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    outside = re.findall(r"""(?:src|href|action|data|poster)\s*=\s*["']?\s*(?!data:)[^"'\s>]+""", markup)
    assert outside == []
    assert not re.search(r"url\(\s*['\"]?(?:https?:|//)", page)
    assert "@import" not in page


def test_the_title_is_text(page: str) -> None:
    assert "<title>A &lt;b&gt;title&lt;/b&gt; &amp; {{ 7 * 191 }}</title>" in page
    assert block(page)["page"]["title"] == "A <b>title</b> & {{ 7 * 191 }}"


def test_the_policy_names_every_script_and_style_by_its_hash(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    texts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, flags=re.DOTALL)
    assert len(texts) > 5
    for text in texts:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy


def test_the_head_is_that_of_an_accessible_page(page: str) -> None:
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "user-scalable" not in page
    assert '<link rel="icon" href="data:,">' in page


def test_what_is_not_needed_is_left_out(page: str) -> None:
    for name in ("Bootstrap v5", "Font Awesome", "jQuery v", "AwesomeMarkers", "glyphicon"):
        assert name not in page


def test_a_folium_marker_brings_what_it_needs() -> None:
    drawn = build_map(small())
    folium.Marker([39.5, 46.3], icon=folium.Icon(), popup=folium.Popup("text")).add_to(drawn)
    page = page_html(drawn)
    for name in ("Font Awesome", "jQuery v", "AwesomeMarkers"):
        assert name in page


def test_a_folium_plugin_is_embedded() -> None:
    drawn = build_map(small())
    folium.plugins.Fullscreen().add_to(drawn)
    assert "L.Control.FullScreen" in page_html(drawn).replace("FullScreen=", "L.Control.FullScreen")


def test_a_layer_that_needs_a_file_from_the_network_is_an_error() -> None:
    class Remote(JSCSSMixin):
        default_js = [("remote", "https://example.org/remote.js")]  # noqa: RUF012

    drawn = build_map(small())
    Remote().add_to(drawn)
    with pytest.raises(DataError, match=r"example\.org/remote\.js"):
        page_html(drawn)


def test_every_hostile_text_is_in_the_block_and_nowhere_else() -> None:
    page = page_html(build_map(hostile_dossier(), title=HOSTILE[3]))
    records = next(iter(block(page)["incidents"].values()))["records"]
    assert [record["title"] for record in records] == [shown(text) for text in HOSTILE]
    assert [record["claims"][0]["text"] for record in records] == [shown(text) for text in HOSTILE]
    before, after = page.split('<script type="application/json" id="marchland-data">')
    outside = before + after.split("</script>", 1)[1]
    assert "pwned" not in outside.replace("&lt;/script&gt;&lt;script&gt;window.pwned=1&lt;/script&gt;", "")
    assert "1337" not in page


def test_the_incident_layer_is_safe_in_a_plain_folium_map() -> None:
    drawn = folium.Map(tiles=None)
    IncidentLayer(hostile_dossier()).add_to(drawn)
    page = drawn.get_root().render()
    records = next(iter(block(page)["incidents"].values()))["records"]
    assert [record["title"] for record in records] == [shown(text) for text in HOSTILE]


def test_a_script_that_would_end_its_element_is_made_harmless() -> None:
    drawn = build_map(small())
    folium.GeoJson({"type": "FeatureCollection", "features": []}, name="x").add_to(drawn)
    folium.Popup("</script><script>window.pwned=1</script>").add_to(folium.Marker([39.5, 46.3]).add_to(drawn))
    page = page_html(drawn)
    assert "</script><script>window.pwned=1" not in page
    assert "\\x3c/script><script>window.pwned=1\\x3c/script>" in page


def test_text_in_a_folium_popup_is_not_run_at_build() -> None:
    drawn = build_map(small())
    folium.Marker([39.5, 46.3], tooltip="{{ 7 * 191 }}").add_to(drawn)
    assert "1337" not in page_html(drawn)


def test_a_style_from_the_network_is_an_error() -> None:
    drawn = build_map(small())
    drawn.get_root().header.add_child(folium.Element("<style>body{background:url(https://example.org/x.png)}</style>"))
    with pytest.raises(InputError, match="from the network"):
        page_html(drawn)


def parties(one: str, other: str) -> str:
    claims = ((Claim(f"ministry of {one}", one, "asserts", text="they fired"), Claim(f"ministry of {other}", other, "denies")),)
    columns = {"id": ["a"], "event_type": ["shelling"], "location_kind": ["near"], "radius_m": [2_000.0], "status": ["disputed"]}
    held = incident_table({**columns, "claims": claims, "actors": [(Actor(one, one), Actor(other, other))]}, geometry=[Point(46.3, 39.5)])
    return page_html(build_map(held))


def test_swapping_the_parties_changes_nothing_but_their_names() -> None:
    names = {"Quaria": "Zedia", "Zedia": "Quaria"}
    swapped = re.sub("Quaria|Zedia", lambda match: names[match[0]], parties("Quaria", "Zedia"))
    assert swapped == parties("Zedia", "Quaria")


def test_an_unknown_viewpoint_is_an_error() -> None:
    with pytest.raises(ValueError, match="viewpoint"):
        build_map(small(), viewpoint="mine")


def test_the_gazetteer_is_credited(page: str) -> None:
    assert any("GeoNames" in line for line in block(page)["page"]["facts"]["attribution"])


def test_an_online_layer_is_a_clear_error() -> None:
    drawn = build_map(small())
    folium.TileLayer("OpenStreetMap").add_to(drawn)
    with pytest.raises(InputError, match=r"TileLayer loads from tile\.openstreetmap\.org: .*without a network"):
        page_html(drawn)


def test_the_counts_of_the_dossier_are_on_the_page(page: str) -> None:
    assert block(page)["page"]["facts"]["counts"] == {"rows_in": 2, "mapped": 1, "unlocated": 1, "held_back": 0, "rejected": 0}


def test_the_disclaimer_is_always_there() -> None:
    assert block(page_html(build_map(small(), disclaimer="")))["page"]["facts"]["disclaimer"].startswith("Boundaries, names")


def test_a_map_without_incidents_is_a_page() -> None:
    page = page_html(build_map(incident_table({}, size=0)))
    assert next(iter(block(page)["incidents"].values()))["records"] == []


def test_a_page_is_written_whole(tmp_path: Path) -> None:
    write_page(build_map(small()), str(tmp_path / "map.html"))
    assert (tmp_path / "map.html").read_text(encoding="utf-8").endswith("</html>\n")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_a_notebook_shows_the_map() -> None:
    assert "marchland-data" in build_map(small())._repr_html_()
