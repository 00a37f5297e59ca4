from __future__ import annotations

import builtins
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from hostile import HOSTILE, hostile_dossier
from shapely import LineString, Point, Polygon

from geo.errors import InputError, OutputError
from geo.schema import Dossier, incident_table
from maps import picture
from maps.picture import scale_length_km, write_picture
from maps.theme import GLYPHS


def dossier() -> Dossier:
    columns = {
        "id": ["a", "b", "c", "d"],
        "event_type": ["shelling", "firefight", "advance", "other"],
        "status": ["claimed", "disputed", "denied", "unverified"],
        "location_kind": ["near", "area", "line", "unknown"],
        "radius_m": [5_000.0, 0.0, 500.0, None],
        "start": ["2021-05-12"] * 4,
        "end": ["2021-05-13"] * 4,
    }
    shapes = [Point(46.3, 39.5), Polygon([(46, 39), (46.5, 39), (46.5, 39.4)]), LineString([(46.7, 39.5), (46.9, 39.9)]), None]
    return Dossier(incident_table(columns, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326")), held_back=3)


def texts(path: Path) -> str:
    """What an SVG says: the comments that stand before each text drawn as shapes."""
    return "\n".join(re.findall(r"<!-- (.*?) -->", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("suffix", "head"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_same_input_gives_the_same_picture(tmp_path: Path, suffix: str, head: bytes) -> None:
    sizes = [write_picture(dossier(), str(tmp_path / f"{name}.{suffix}"), title="A map") for name in ("a", "b")]
    first, second = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("a", "b"))
    assert first == second
    assert sizes == [len(first), len(first)]
    assert first.startswith(head)


def test_title_counts_legend_scale_disclaimer_and_sources_are_on_it(tmp_path: Path) -> None:
    write_picture(dossier(), str(tmp_path / "a.svg"), title="Costs $5 and $6")
    told = texts(tmp_path / "a.svg")
    for text in ("Costs $5 and $6", "shown 3 of 4; 1 unlocated; 3 held back", "Shelling", "Reported advance", "Disputed", "km", "N"):
        assert text in told.splitlines() or text == "km"
    assert re.search(r"^\d+ km$", told, flags=re.MULTILINE)
    assert "do not imply endorsement" in told
    assert "OpenStreetMap contributors" in told


def test_words_are_in_the_language_of_the_picture(tmp_path: Path) -> None:
    write_picture(dossier(), str(tmp_path / "a.svg"), lang="hy")
    assert "Հրետակոծություն" in texts(tmp_path / "a.svg")


def test_hostile_text_is_drawn_and_nothing_else(tmp_path: Path) -> None:
    write_picture(hostile_dossier(), str(tmp_path / "a.svg"), title="{{ 7 * 191 }} <script>alert(1)</script> $\\frac{1}{0}$ 🙂")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<script" not in drawn
    assert "1337" not in drawn
    assert len(HOSTILE) > 20


def test_a_map_without_incidents_is_a_picture(tmp_path: Path) -> None:
    assert write_picture(incident_table({}, size=0), str(tmp_path / "a.png")) > 10_000


def test_another_suffix_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.pdf, \.png or \.svg"):
        write_picture(dossier(), str(tmp_path / "a.gif"))


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "find_spec", lambda name: None if name == "matplotlib" else builtins.object())
    with pytest.raises(InputError, match=r"pip install 'marchland\[picture\]'"):
        picture.require_matplotlib()


def test_an_unknown_language_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no texts in 'xx'"):
        write_picture(dossier(), str(tmp_path / "a.png"), lang="xx")
    assert list(tmp_path.iterdir()) == []


def test_more_incidents_than_a_sheet_can_show_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_INCIDENTS", 3)
    with pytest.raises(InputError, match="4 incidents: a picture holds at most 3"):
        write_picture(dossier(), str(tmp_path / "a.png"))


@pytest.mark.parametrize(("width_deg", "km"), [(4.0, 50), (0.5, 10), (0.04, 1)])
def test_the_scale_bar_is_round_and_fits(width_deg: float, km: int) -> None:
    assert scale_length_km((46.0, 39.0, 46.0 + width_deg, 39.0 + width_deg)) == km


@pytest.mark.parametrize("glyph", sorted(GLYPHS))
def test_glyphs_stay_inside_their_box(glyph: str) -> None:
    from maps.picture_symbols import svg_path

    held = svg_path(GLYPHS[glyph])
    assert np.isfinite(held.vertices).all()
    assert np.abs(held.vertices).max() <= 12


def test_a_circle_drawn_with_arcs_is_round() -> None:
    from maps.picture_symbols import OUTLINES, svg_path

    held = svg_path(OUTLINES["point"])
    assert np.allclose(np.hypot(*held.vertices[:-1].T), 10.5, atol=1e-6)
