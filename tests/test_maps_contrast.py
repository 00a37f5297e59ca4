"""Contrast of all that is drawn against all that it may lie on, computed by the formula of WCAG 2."""

from __future__ import annotations

import pytest

from maps.kinds import OVERLAYS
from maps.theme import DARK, FAMILIES, LIGHT

OUTLINE, HALO, INK = "#1b1b1b", "#ffffff", "#111111"
"""Of every symbol, in ``static/symbols.js``."""

BASES = ("land", "water", "abroad")
STROKES = sorted({kind.stroke.colour for kind in OVERLAYS if kind.key not in ("units", "neighbours", "lakes")} | {"shape"})
THEMES = {"light": LIGHT, "dark": DARK}


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(over: str, under: str, opacity: float) -> str:
    pairs = zip(channels(over), channels(under), strict=True)
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    parts = [v / 255 for v in channels(colour)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def grounds(theme: dict[str, str]) -> list[str]:
    """Land, water and other countries, plain and under each zone."""
    fills = [(kind.stroke.fill, kind.stroke.fill_opacity) for kind in OVERLAYS if kind.stroke.fill and kind.stroke.fill_opacity < 1]
    return [theme[base] for base in BASES] + [mixed(theme[fill], theme[base], opacity) for fill, opacity in fills for base in BASES]


def test_black_on_white_has_the_contrast_that_the_guideline_names() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", THEMES)
def test_every_symbol_stands_out_from_every_ground(name: str) -> None:
    assert contrast(OUTLINE, HALO) >= 3
    for ground in grounds(THEMES[name]):
        assert max(contrast(OUTLINE, ground), contrast(HALO, ground)) >= 3, ground


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.types[0])
def test_the_glyph_stands_out_from_every_fill(family: object) -> None:
    assert contrast(family.ink, family.colour) >= 3
    for opacity in (0.75, 0.22):
        assert contrast(INK, mixed(family.colour, "#ffffff", opacity)) >= 3


@pytest.mark.parametrize("stroke", STROKES)
@pytest.mark.parametrize("name", THEMES)
def test_every_line_stands_out_from_every_ground(name: str, stroke: str) -> None:
    theme = THEMES[name]
    assert {base: round(contrast(theme[stroke], theme[base]), 1) for base in BASES if contrast(theme[stroke], theme[base]) < 3} == {}


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read(name: str) -> None:
    theme = THEMES[name]
    for ink, paper in (("text", "paper"), ("muted", "paper"), ("accent", "paper"), ("warn", "warnpaper"), ("label", "land")):
        assert contrast(theme[ink], theme[paper]) >= 4.5, ink
