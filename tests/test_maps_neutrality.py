"""The symmetry test: two parties exchanged in the input are exchanged in the output, and nothing else changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from shapely import Point

from geo.claims import Actor, Claim
from geo.schema import Dossier, incident_table
from maps.assets import own_script, own_style
from maps.build import build_map
from maps.labels import COUNTRIES
from maps.page import page_html

ONE, OTHER = "Quaria", "Zedia"
FLAGS = re.compile("[\U0001f1e6-\U0001f1ff\U0001f3f4\u2690\u2691]|leaflet-attribution-flag")


def dossier(one: str, other: str) -> Dossier:
    columns: dict[str, Any] = {
        "id": ["a", "b", "c"],
        "title": [f"{one} reports fire", f"{other} reports fire", f"Talks of {one} and {other}"],
        "event_type": ["shelling", "shelling", "negotiation"],
        "start": ["2021-05-12"] * 3,
        "end": ["2021-05-12"] * 3,
        "location_kind": ["near", "near", "unknown"],
        "radius_m": [2_000.0, 2_000.0, None],
        "place": [f"{one} Town", f"{other} Town", None],
        "place_text": [f"in {one}", f"in {other}", f"between {one} and {other}"],
        "adm1": [one, other, None],
        "adm1_shares": [({"unit": one, "code": one, "share": 0.6}, {"unit": other, "code": other, "share": 0.4}), (), ()],
        "status": ["disputed", "claimed", "unverified"],
        "actors": [(Actor(one, one, "fires"), Actor(other, other, "is hit")), (), (Actor(one, one), Actor(other, other))],
        "claims": [
            (Claim(f"ministry of {one}", one, "asserts", text=f"{other} fired"), Claim(f"ministry of {other}", other, "denies")),
            (Claim(f"ministry of {other}", other, "asserts"),),
            (),
        ],
        "sources": [(f"{one} news", f"{other} news"), (f"{other} news",), ()],
    }
    shapes = [Point(46.3, 39.5), Point(46.5, 39.5), None]
    return Dossier(incident_table(columns, geometry=shapes))


def exchanged(text: str) -> str:
    names = {ONE: OTHER, OTHER: ONE}
    return re.sub(f"{ONE}|{OTHER}", lambda match: names[match[0]], text)


@pytest.mark.parametrize("lang", ["en", "hy", "az"])
def test_exchanged_parties_change_nothing_but_their_names(lang: str) -> None:
    first, second = (page_html(build_map(dossier(*names), lang=lang)) for names in ((ONE, OTHER), (OTHER, ONE)))
    assert exchanged(first) == second
    assert first != second


def test_exchanged_parties_do_not_change_the_picture(tmp_path: Path) -> None:
    from maps.picture import write_picture

    for name, names in (("a", (ONE, OTHER)), ("b", (OTHER, ONE))):
        write_picture(dossier(*names), str(tmp_path / f"{name}.svg"))
    assert exchanged((tmp_path / "a.svg").read_text(encoding="utf-8")) == (tmp_path / "b.svg").read_text(encoding="utf-8")


def test_countries_are_named_in_alphabetical_order() -> None:
    names = [name for name, *_ in COUNTRIES]
    assert names.index("Armenia") < names.index("Azerbaijan")


def test_there_is_no_flag_anywhere() -> None:
    page = page_html(build_map(dossier(ONE, OTHER)))
    block = json.dumps(json.loads(page.split('id="marchland-data">')[1].split("</script>")[0]), ensure_ascii=False)
    for text in (block, own_script(), own_style()):
        assert FLAGS.search(text) is None
    assert '"attribution_control": false' in page or '"attributionControl": false' in page


def test_colours_belong_to_types_and_never_to_parties() -> None:
    page = page_html(build_map(dossier(ONE, OTHER)))
    theme = json.loads(page.split('id="marchland-data">')[1].split("</script>")[0])["theme"]
    assert "side" not in json.dumps(theme)
    assert not {ONE, OTHER} & set(theme["types"])
