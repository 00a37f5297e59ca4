"""Which layer of a GIS file gets which QGIS style: the colours, glyphs, dashes and words of the page.

How a style is written is the business of `maps.export.qml`; which layers there are, of `maps.export.layers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

import shapely

from boundaries.catalogue import Catalogue
from geo.schema import TROOP_POSITION_TYPES
from maps.export.qml import (
    Category,
    Field,
    Symbol,
    SymbolLayer,
    add_categories,
    add_fields,
    add_labels,
    add_single,
    add_temporal,
    finished,
    inline_svg,
    millimetres,
    rgba,
    style_root,
)
from maps.export.words import EVENT_WORDS, VALUE_WORDS, alias
from maps.kinds import OVERLAYS
from maps.theme import FAMILIES, GLYPHS, LIGHT, Stroke

INK = "#1b1b1b"
SIZE_MM = "6.4"
INCIDENT_LAYERS = ("incidents", "troop_positions", "incident_areas", "incident_lines")
DATED_LAYERS = ("units", "zones", "zone_lines", "zone_points", "lines")
DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}
_STATUS = "coalesce(\"status\",'unverified')"


def layer_style(name: str, geometry: str, columns: Sequence[str], *, catalogue: Catalogue) -> Element:
    """The style of a layer, as the root of a QML document.

    Parameters
    ----------
    name
        Of the layer.
    geometry
        ``point``, ``line``, ``polygon`` or ``none``.
    columns
        All of its columns, in order, the feature id first.
    catalogue
        Whose kinds of zones and lines the style tells apart.
    """
    root = style_root()
    dated = name in DATED_LAYERS
    if dated or name in INCIDENT_LAYERS or name == "incident_uncertainty":
        # the last day of an incident counts, that of a boundary does not
        add_temporal(root, end_included=not dated)
    if geometry != "none":
        _add_renderer(root, name, geometry, catalogue)
    if name == "units":
        add_labels(root, "label", colour=LIGHT["label"], halo=LIGHT["halo"], size_pt=7.5)
    fields = [Field(column, alias(column, dated=dated), {} if dated else VALUE_WORDS.get(column, {})) for column in columns]
    add_fields(root, fields, shown_as=next((column for column in ("title", "label", "by", "source") if column in columns), None))
    return finished(root, geometry)


def _add_renderer(root: Element, name: str, geometry: str, catalogue: Catalogue) -> None:
    if name == "incident_uncertainty":
        add_single(root, uncertainty_symbol())
    elif name in INCIDENT_LAYERS:
        draw = {"point": marker_symbol, "line": line_symbol, "polygon": area_symbol}[geometry]
        types = TROOP_POSITION_TYPES if name == "troop_positions" else tuple(EVENT_WORDS)
        others = [Category("", "Other", draw("other"))]
        add_categories(root, "event_type", [Category(kind, EVENT_WORDS[kind], draw(kind)) for kind in sorted(types)] + others)
    elif name == "units":
        add_single(root, stroke_symbol(_strokes(["units"])["units"], geometry))
    else:
        add_categories(root, "kind", overlay_categories(name, geometry, catalogue))


def look(event_type: str) -> tuple[str, str, str]:
    """Colour, ink and glyph of an event type; of ``other`` when there is no such type."""
    family = next((f for f in FAMILIES if event_type in f.types), FAMILIES[-1])
    return family.colour, family.ink, GLYPHS.get(event_type, GLYPHS["other"])


def marker_symbol(event_type: str) -> Symbol:
    """The round symbol of an event type; its fill and outline tell the status, as on the page."""
    colour, ink, glyph = look(event_type)
    sure = f"{_STATUS} IN ('confirmed','claimed')"
    disc = SymbolLayer(
        "SimpleMarker",
        {"name": "circle", "color": rgba(colour), "outline_color": rgba(INK), "outline_width": "0.35", "size": SIZE_MM},
        {
            "fillColor": f"if({sure},'{colour}',if({_STATUS}='disputed','#ffffff','{_pale(colour)}'))",
            "outlineWidth": f"if({_STATUS}='confirmed',0.8,0.35)",
            "outlineStyle": f"if({_STATUS}='unverified','dot','solid')",
        },
    )
    half = SymbolLayer(
        "SimpleMarker",
        {"name": "semi_circle", "color": rgba(colour, 0.75), "outline_style": "no", "size": SIZE_MM, "angle": "270"},
        {"enabled": f"{_STATUS}='disputed'"},
    )
    picture = SymbolLayer(
        "SvgMarker",
        {"name": inline_svg(_glyph_svg(glyph)), "size": SIZE_MM, "color": rgba(ink), "outline_color": rgba(ink), "outline_width": "0"},
        {"outlineColor": f"if({sure},'{ink}','#111111')"},
    )
    slash = SymbolLayer(
        "SimpleMarker",
        {"name": "line", "outline_color": rgba(INK), "outline_width": "0.4", "size": SIZE_MM, "angle": "45"},
        {"enabled": f"{_STATUS}='denied'"},
    )
    return Symbol("marker", (disc, half, picture, slash))


def _pale(colour: str) -> str:
    """The colour at 22 % on white, as the page fills what is not sure."""
    return "#" + "".join(f"{round(255 - 0.22 * (255 - int(colour[at : at + 2], 16))):02x}" for at in (1, 3, 5))


def _glyph_svg(glyph: str) -> str:
    drawn = {
        "d": glyph,
        "fill": "none",
        "stroke": "param(outline)",
        "stroke-width": "2",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    image = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 24 24", "width": "24", "height": "24"})
    SubElement(image, "path", drawn)
    return tostring(image, encoding="unicode")


def area_symbol(event_type: str) -> Symbol:
    """An area of an incident: its colour, faint, in a dashed outline."""
    colour, _, _ = look(event_type)
    return Symbol("fill", (_fill(colour, 0.18, colour, 1.5, "6 3.4"),))


def line_symbol(event_type: str) -> Symbol:
    """A line of an incident: its colour, dashed."""
    colour, _, _ = look(event_type)
    return Symbol("line", (_line(colour, 3, "6 3.4"),))


def uncertainty_symbol() -> Symbol:
    """The disc that should hold the true point."""
    return Symbol("fill", (_fill(LIGHT["shape"], 0.07, LIGHT["shape"], 1, "1 3"),))


def _dashes(pattern: str | None) -> dict[str, str]:
    if pattern is None:
        return {"use_custom_dash": "0"}
    return {"use_custom_dash": "1", "customdash": ";".join(millimetres(float(part)) for part in pattern.split()), "customdash_unit": "MM"}


def _line(colour: str, weight: float, dash: str | None) -> SymbolLayer:
    return SymbolLayer(
        "SimpleLine",
        {"line_color": rgba(colour), "line_width": millimetres(weight), "line_style": "solid", "joinstyle": "round", "capstyle": "flat"}
        | _dashes(dash),
        {},
    )


def _fill(colour: str, opacity: float, outline: str, weight: float, dash: str | None) -> SymbolLayer:
    # QGIS's simple fill has no pattern of one's own for its outline
    style = "no" if not weight else "solid" if dash is None else "dot" if dash.startswith("1 ") else "dash"
    return SymbolLayer(
        "SimpleFill",
        {
            "color": rgba(colour, opacity),
            "style": "solid" if opacity else "no",
            "outline_color": rgba(outline),
            "outline_width": millimetres(weight),
            "outline_style": style,
            "joinstyle": "round",
        },
        {},
    )


def stroke_symbol(stroke: Stroke, geometry: str) -> Symbol:
    """The symbol of a boundary or zone layer of the page."""
    colour = LIGHT[stroke.colour]
    if geometry == "line":
        return Symbol("line", (_line(colour, stroke.weight, stroke.dash),))
    if geometry == "point":
        square = {"name": "square", "color": rgba("#ffffff"), "outline_color": rgba(colour), "outline_width": "0.5", "size": "2.8"}
        return Symbol("marker", (SymbolLayer("SimpleMarker", square, {}),))
    return Symbol("fill", (_fill(LIGHT[stroke.fill or stroke.colour], stroke.fill_opacity, colour, stroke.weight, stroke.dash),))


def _strokes(keys: Iterable[str]) -> dict[str, Stroke]:
    return {overlay.key: overlay.stroke for overlay in OVERLAYS if overlay.key in keys}


def overlay_categories(name: str, geometry: str, catalogue: Catalogue) -> list[Category]:
    """A category for each kind of zone or line in a catalogue, drawn as the layer of the page that holds it."""
    table = catalogue.lines if name == "lines" else catalogue.zones
    held = table[shapely.get_dimensions(table.geometry) == DIMENSIONS[geometry]]
    categories = {}
    for overlay in OVERLAYS:
        if overlay.key in ("units", "neighbours", "lakes", "exclaves"):
            continue
        rows = overlay.rows(catalogue)
        for kind in sorted(set(rows.kind) & set(held[held.id.isin(rows.id)].kind)):
            label = overlay.label if rows.kind.nunique() == 1 else alias(kind)
            categories[kind] = Category(kind, label, stroke_symbol(overlay.stroke, geometry))
    others = _strokes(["line"] if name == "lines" else ["zone"]).popitem()[1]
    return [*categories.values(), Category("", "Other", stroke_symbol(others, geometry))]
