"""How things look: one place for every colour, dash and symbol of the page.

Values only. Which layer gets which style is decided in `maps.overlays` and `maps.layers`; the page's own CSS uses the colours as
variables, so that light and dark stay in one place.

Colours for incidents are those of Okabe and Ito (2008), told apart under the common colour vision deficiencies; each symbol has a
dark outline as well, since some of them are too light on land. A colour stands for a family of event types, never for a party.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from geo.schema import TROOP_POSITION_TYPES


@dataclass(frozen=True, slots=True)
class Family:
    """Event types that share a colour.

    Attributes
    ----------
    colour, ink
        Fill of the symbol, and of the glyph on it.
    types
        Event types of `geo.schema.EVENT_TYPES`.
    """

    colour: str
    ink: str
    types: tuple[str, ...]


FAMILIES: tuple[Family, ...] = (
    Family("#0072b2", "#ffffff", TROOP_POSITION_TYPES),
    Family("#d55e00", "#ffffff", ("ceasefire_violation", "drone_strike", "firefight", "shelling")),
    Family("#cc79a7", "#111111", ("casualties_report", "detention", "mine_blast")),
    Family("#e69f00", "#111111", ("checkpoint", "engineering_works", "handover", "infrastructure_damage", "road_closure", "withdrawal")),
    Family("#009e73", "#ffffff", ("ceasefire", "monitoring", "negotiation")),
    Family("#6b7280", "#ffffff", ("other",)),
)

GLYPHS: dict[str, str] = {
    # paths in a box of 24 by 24, drawn with a stroke of 2 and no fill
    "advance": "M8 16L16 8M10 8h6v6",
    "casualties_report": "M12 7v10M7 12h10",
    "ceasefire": "M8 9h8M8 15h8",
    "ceasefire_violation": "M8 9h8M8 15h8M9 17L15 7",
    "checkpoint": "M7 17V9M7 10h10M17 10v2",
    "deployment": "M8 17V7l8 3-8 3",
    "detention": "M8 7v10M12 7v10M16 7v10",
    "drone_strike": "M7 7l10 10M17 7L7 17M10 12h4",
    "engineering_works": "M7 16h10M9 16l3-8 3 8",
    "firefight": "M12 6v4M12 14v4M6 12h4M14 12h4",
    "handover": "M7 10h9l-2-2M17 14H8l2 2",
    "infrastructure_damage": "M8 17V8h8v9M12 8l-2 4h4l-2 5",
    "mine_blast": "M8 16a4 4 0 0 1 8 0zM12 10V7M8 11L6 9M16 11l2-2",
    "monitoring": "M6 12q6-7 12 0q-6 7-12 0M12 11v2",
    "negotiation": "M7 8h10v6h-5l-3 3v-3H7z",
    "other": "M8 12h.1M12 12h.1M16 12h.1",
    "road_closure": "M7 12h10M9 8v8M15 8v8",
    "shelling": "M12 7l1.5 3.5L17 12l-3.5 1.5L12 17l-1.5-3.5L7 12l3.5-1.5z",
    "troop_presence": "M12 8a2 2 0 1 0 .1 0M7 17q1-5 5-5t5 5",
    "withdrawal": "M16 8L8 16M8 10v6h6",
}

LIGHT: dict[str, str] = {
    "water": "#d3e2ea", "land": "#f7f4ee", "abroad": "#e9e6df", "unit": "#b9b2a6", "coast": "#8aa5b5", "state": "#4a4a4a",
    "contact": "#7a3b10", "seven": "#8a7a3d", "former": "#6a4c93", "peace": "#2f6f8f", "road": "#5f6b2d", "site": "#59456b",
    "shape": "#26323d", "outline": "#1b1b1b", "paper": "#ffffff", "text": "#1f2328", "muted": "#57606a", "rule": "#d0d7de",
    "accent": "#0a58ca", "halo": "#ffffff", "label": "#3b3a36", "warn": "#8a4b00", "warnpaper": "#fff4e0",
}  # fmt: skip
"""Colours by their use, for a light page and for print."""

DARK: dict[str, str] = {
    "water": "#17232b", "land": "#2b2e31", "abroad": "#232629", "unit": "#54585c", "coast": "#4c6473", "state": "#d7d7d7",
    "contact": "#e0a579", "seven": "#cbbb7a", "former": "#bda1e0", "peace": "#86bdd8", "road": "#b9c67f", "site": "#bfa9d2",
    "shape": "#dfe6ec", "outline": "#0b0b0b", "paper": "#1d2024", "text": "#e8eaed", "muted": "#a8b0b8", "rule": "#3d444d",
    "accent": "#8ab4f8", "halo": "#101214", "label": "#d6d3cc", "warn": "#ffcf87", "warnpaper": "#3a2c14",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stroke:
    """How the features of a boundary or zone layer are drawn.

    Attributes
    ----------
    colour, fill
        Names of colours in `LIGHT`; no fill when ``None``.
    weight
        Pixels; 0 for no line.
    dash
        Dash pattern in pixels; ``None`` for a solid line.
    fill_opacity
        0 to 1.
    """

    colour: str
    weight: float
    dash: str | None = None
    fill: str | None = None
    fill_opacity: float = 0.0

    def leaflet(self, css_class: str) -> dict[str, Any]:
        """Path options for Leaflet; the class lets the page's CSS recolour it for a dark page."""
        return {
            "color": LIGHT[self.colour],
            "weight": self.weight,
            "opacity": 1.0,
            "dashArray": self.dash,
            "fill": self.fill is not None,
            "fillColor": LIGHT[self.fill or self.colour],
            "fillOpacity": self.fill_opacity,
            "stroke": self.weight > 0,
            "className": css_class,
            "interactive": False,
            "lineJoin": "round",
        }


def page_theme() -> dict[str, Any]:
    """What the page's JavaScript needs to draw symbols."""
    families = {name: {"colour": family.colour, "ink": family.ink} for family in FAMILIES for name in family.types}
    return {"types": {name: {**families[name], "glyph": glyph} for name, glyph in GLYPHS.items()}}


def stroke_values(stroke: Stroke) -> dict[str, Any]:
    """A stroke as plain values, for swatches."""
    return asdict(stroke)


def colour_css() -> str:
    """The colours as CSS variables, for light and dark pages; print is always light."""
    light, dark = ("".join(f"--ml-{name}:{value};" for name, value in colours.items()) for colours in (LIGHT, DARK))
    return f":root{{color-scheme:light dark;{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
