"""QGIS's style language QML, as an XML tree: symbols, renderers, field settings, temporal settings.

Only how a thing is written in QML. Which layer gets which style is decided in `maps.export.styles`. Everything goes through
`xml.etree`, which escapes it; text of the user's data is in no style.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
VERSION = "3.22.0"
"""The oldest QGIS that reads all that is written; newer ones read it too."""

GEOMETRY_CODES = {"point": "0", "line": "1", "polygon": "2", "none": "4"}
SymbolType = Literal["marker", "line", "fill"]


@dataclass(frozen=True, slots=True)
class SymbolLayer:
    """One layer of a symbol.

    Attributes
    ----------
    kind
        QGIS's class: ``SimpleMarker``, ``SvgMarker``, ``SimpleLine``, ``SimpleFill``.
    options
        Its settings; lengths in millimetres.
    by_data
        Expressions that set some of them for each feature, by QGIS's name of the property.
    """

    kind: str
    options: Mapping[str, str]
    by_data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a feature is drawn: layers from the lowest up."""

    kind: SymbolType
    layers: tuple[SymbolLayer, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A value of the classifying column; the value ``""`` stands for all others."""

    value: str
    label: str
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Field:
    """How a column is shown: its alias, and words for its codes (empty for no codes)."""

    name: str
    alias: str
    words: Mapping[str, str]


def rgba(colour: str, opacity: float = 1.0) -> str:
    """A colour ``#rrggbb`` as QGIS writes it.

    Examples
    --------
    >>> rgba("#0072b2", 0.5)
    '0,114,178,128'
    """
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{round(opacity * 255)}"


def millimetres(pixels: float) -> str:
    """A length of the page, 96 pixels to an inch."""
    return f"{pixels * 25.4 / 96:.3f}"


def inline_svg(svg: str) -> str:
    """An SVG image as the name of a marker, so that no file goes with the style."""
    return "base64:" + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def option_tree(parent: Element, name: str | None, value: Any) -> Element:
    """A value as QGIS's element ``Option``: a mapping, a list, text, a number or a flag."""
    named = {} if name is None else {"name": name}
    if isinstance(value, Mapping):
        element = SubElement(parent, "Option", named | {"type": "Map"})
        for key, item in value.items():
            option_tree(element, key, item)
        return element
    if isinstance(value, list):
        element = SubElement(parent, "Option", named | {"type": "List"})
        for item in value:
            option_tree(element, None, item)
        return element
    kind = "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "QString"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return SubElement(parent, "Option", named | {"type": kind, "value": text})


def _add_symbol(parent: Element, symbol: Symbol, name: str) -> None:
    element = SubElement(parent, "symbol", {"type": symbol.kind, "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"})
    for layer in symbol.layers:
        held = SubElement(element, "layer", {"class": layer.kind, "enabled": "1", "locked": "0", "pass": "0"})
        option_tree(held, None, layer.options)
        for key, value in layer.options.items():
            # QGIS before 3.18 reads only these
            SubElement(held, "prop", {"k": key, "v": value})
        properties = {key: {"active": True, "expression": text, "type": 3} for key, text in layer.by_data.items()}
        option_tree(SubElement(held, "data_defined_properties"), None, {"name": "", "properties": properties, "type": "collection"})


def add_single(root: Element, symbol: Symbol) -> None:
    """One symbol for all features."""
    renderer = SubElement(root, "renderer-v2", {"type": "singleSymbol", "symbollevels": "0", "enableorderby": "0", "forceraster": "0"})
    _add_symbol(SubElement(renderer, "symbols"), symbol, "0")


def add_categories(root: Element, column: str, categories: Sequence[Category]) -> None:
    """A symbol for each value of a column."""
    attributes = {"type": "categorizedSymbol", "attr": column, "symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    renderer = SubElement(root, "renderer-v2", attributes)
    listed, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, category in enumerate(categories):
        told = {"value": category.value, "label": category.label, "symbol": str(number), "render": "true", "type": "string"}
        SubElement(listed, "category", told)
        _add_symbol(symbols, category.symbol, str(number))


def add_temporal(root: Element, *, end_included: bool) -> None:
    """Make the Temporal Controller filter by the columns ``start`` and ``end`` at once."""
    settings = {
        "enabled": "1", "mode": "2", "startField": "start", "endField": "end", "limitMode": "1" if end_included else "0",
        "durationUnit": "min", "durationField": "", "fixedDuration": "0", "accumulate": "0", "startExpression": "", "endExpression": "",
    }  # fmt: skip
    ranged = SubElement(SubElement(root, "temporal", settings), "fixedRange")
    SubElement(ranged, "start")
    SubElement(ranged, "end")


def add_fields(root: Element, fields: Sequence[Field], *, shown_as: str | None) -> None:
    """Aliases, words for codes, and the column that names a feature."""
    configured, aliases = SubElement(root, "fieldConfiguration"), Element("aliases")
    for index, field in enumerate(fields):
        widget = SubElement(
            SubElement(configured, "field", {"name": field.name}), "editWidget", {"type": "ValueMap" if field.words else ""}
        )
        config = SubElement(widget, "config")
        if field.words:
            option_tree(config, None, {"map": [{label: code} for code, label in field.words.items()]})
        else:
            SubElement(config, "Option")
        SubElement(aliases, "alias", {"field": field.name, "index": str(index), "name": field.alias})
    root.append(aliases)
    if shown_as is not None:
        SubElement(root, "previewExpression").text = f'"{shown_as}"'


def add_labels(root: Element, column: str, *, colour: str, halo: str, size_pt: float) -> None:
    """A label from a column, with a halo."""
    root.set("labelsEnabled", "1")
    settings = SubElement(SubElement(root, "labeling", {"type": "simple"}), "settings", {"calloutType": "simple"})
    style = SubElement(
        settings,
        "text-style",
        {"fieldName": column, "isExpression": "0", "fontSize": str(size_pt), "fontSizeUnit": "Point", "textColor": rgba(colour)},
    )
    SubElement(
        style,
        "text-buffer",
        {"bufferDraw": "1", "bufferSize": "0.8", "bufferSizeUnits": "MM", "bufferColor": rgba(halo, 0.85), "bufferOpacity": "1"},
    )
    SubElement(
        settings, "placement", {"placement": "1", "centroidInside": "1", "centroidWhole": "0", "fitInPolygonOnly": "0", "priority": "5"}
    )
    SubElement(settings, "rendering", {"drawLabels": "1", "obstacle": "1", "scaleVisibility": "1", "scaleMin": "3000000", "scaleMax": "1"})


def style_root() -> Element:
    """The root element of a style."""
    return Element("qgis", {"version": VERSION, "styleCategories": "AllStyleCategories", "labelsEnabled": "0"})


def finished(root: Element, geometry: str) -> Element:
    """The style, told for which geometry it is: ``point``, ``line``, ``polygon`` or ``none``."""
    SubElement(root, "layerGeometryType").text = GEOMETRY_CODES[geometry]
    return root


def document(root: Element) -> str:
    """A style, metadata or project as the text of a document."""
    return DOCTYPE + xml_safe(tostring(root, encoding="unicode"))


_CONTROLS = [code for code in range(32) if code not in (9, 10, 13)]
_FORBIDDEN = dict.fromkeys([*_CONTROLS, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def xml_safe(text: str) -> str:
    """The text without the characters that no XML document can hold, not even escaped."""
    return text.translate(_FORBIDDEN)
