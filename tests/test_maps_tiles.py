from __future__ import annotations

import json
import re

import pytest

from geo.errors import InputError
from geo.schema import incident_table
from maps.build import build_map
from maps.page import page_html
from maps.tiles import tile_source


def test_a_service_without_a_key_has_an_address_and_someone_to_credit() -> None:
    source = tile_source("OpenTopoMap")
    assert source.url.startswith("https://{s}.")
    assert {"{z}", "{x}", "{y}"} <= set(re.findall(r"\{\w\}", source.url))
    assert "OpenStreetMap" in source.attribution
    assert source.hosts() == tuple(f"https://{letter}.tile.opentopomap.org" for letter in "abc")


def test_variants_are_filled_in() -> None:
    assert "{variant}" not in tile_source("Esri.WorldShadedRelief").url


@pytest.mark.parametrize(("name", "why"), [("CartoDB.Positron", "needs a key"), ("No such map", "no tile service")])
def test_what_cannot_be_used_is_a_clear_error(name: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        build_map(incident_table({}, size=0), tiles=name)


def test_the_policy_allows_the_host_of_the_tiles_and_no_other() -> None:
    page = page_html(build_map(incident_table({}, size=0), tiles="Esri.WorldShadedRelief"))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "img-src data: blob: https://server.arcgisonline.com;" in policy
    assert "connect-src" not in policy
    block = json.loads(page.split('id="marchland-data">')[1].split("</script>")[0])
    assert block["tiles"]["name"] == "Esri.WorldShadedRelief"


def test_there_is_none_unless_asked_for() -> None:
    page = page_html(build_map(incident_table({}, size=0)))
    assert "img-src data: blob:;" in page
    assert '"tiles":{' not in page
