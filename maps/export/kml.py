"""Incidents as KML 2.2 and KMZ for Google Earth: folders, time spans, colours, descriptions as text.

Written with `xml.etree` and not through GDAL, whose driver makes neither folders nor styles by type and puts the texts of the data
into descriptions as HTML. No icon is fetched from anywhere: the viewer's own pin is tinted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.schema import EVENT_TYPES, TROOP_POSITION_TYPES
from maps.export.archive import write_archive
from maps.export.coordinates import decimals_for, exported_shapes
from maps.export.layers import one_kind, uncertainty_discs
from maps.export.properties import plain_records
from maps.export.qml import xml_safe
from maps.export.typed import json_text
from maps.export.words import EVENT_WORDS, STATUS_WORDS, alias
from maps.provenance import Provenance
from maps.theme import FAMILIES, LIGHT

NAMESPACE = "http://www.opengis.net/kml/2.2"
_TOLD = ("status", "place", "adm1", "geocode_reason", "killed_low", "killed_high", "sources")


def kml_bytes(incidents: gpd.GeoDataFrame, *, provenance: Provenance) -> bytes:
    """A KML document with all incidents; those without a location are placemarks without geometry in a folder of their own."""
    register_namespace("", NAMESPACE)
    root = Element("kml", {"xmlns": NAMESPACE})
    document = SubElement(root, "Document")
    _text(document, "name", "Reported incidents")
    _text(document, "description", _plain("\n".join([provenance.disclaimer, *provenance.attribution])))
    _add_styles(document)
    records, shapes = plain_records(incidents), one_kind(exported_shapes(incidents))
    decimals = decimals_for(incidents.radius_m.to_numpy())
    for title, rows in _folders(records, shapes):
        folder = SubElement(document, "Folder")
        _text(folder, "name", title)
        for row in rows:
            _add_placemark(folder, records[row], shapes[row], int(decimals[row]))
    _add_discs(document, records, shapes)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _plain(text: str) -> str:
    """Text as HTML that shows it as it is, since viewers read a description as HTML and fill in ``$[field]``."""
    return escape(xml_safe(text)).replace("$[", "&#36;[").replace("\n", "<br>")


def _text(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = xml_safe(text)
    return element


def _colour(colour: str, opacity: float = 1.0) -> str:
    """``#rrggbb`` as KML's aabbggrr."""
    return f"{round(opacity * 255):02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _add_styles(document: Element) -> None:
    for number, family in enumerate(FAMILIES):
        style = SubElement(document, "Style", {"id": f"family{number}"})
        _text(SubElement(style, "IconStyle"), "color", _colour(family.colour))
        line = SubElement(style, "LineStyle")
        _text(line, "color", _colour(family.colour))
        _text(line, "width", "2")
        _text(SubElement(style, "PolyStyle"), "color", _colour(family.colour, 0.2))
    style = SubElement(document, "Style", {"id": "uncertainty"})
    _text(SubElement(style, "LineStyle"), "color", _colour(LIGHT["shape"], 0.7))
    _text(SubElement(style, "PolyStyle"), "color", _colour(LIGHT["shape"], 0.08))


def _style_of(event_type: str | None) -> str:
    return f"#family{next((n for n, family in enumerate(FAMILIES) if event_type in family.types), len(FAMILIES) - 1)}"


def _folders(records: Sequence[Mapping[str, Any]], shapes: Any) -> Iterator[tuple[str, list[int]]]:
    """Name and rows of each folder that is not empty: troop positions, then by type, then what has no location."""
    located = [row for row, shape in enumerate(shapes) if shape is not None]
    for kind in (*TROOP_POSITION_TYPES, *(kind for kind in EVENT_TYPES if kind not in TROOP_POSITION_TYPES)):
        rows = [row for row in located if (records[row]["event_type"] or "other") == kind]
        if rows:
            yield EVENT_WORDS[kind], rows
    missing = [row for row, shape in enumerate(shapes) if shape is None]
    if missing:
        yield "Without a location", missing


def _add_placemark(folder: Element, record: Mapping[str, Any], shape: BaseGeometry | None, decimals: int) -> None:
    placemark = SubElement(folder, "Placemark")
    _text(placemark, "name", record["title"] or EVENT_WORDS.get(record["event_type"] or "other", "Incident"))
    _text(placemark, "description", _description(record))
    _add_time(placemark, record)
    _text(placemark, "styleUrl", _style_of(record["event_type"]))
    data = SubElement(placemark, "ExtendedData")
    for name, value in record.items():
        if value is not None and value != []:
            text = json_text(value) if isinstance(value, list | bool) else str(value)
            _text(SubElement(data, "Data", {"name": name}), "value", text)
    if shape is not None:
        _add_geometry(placemark, shape, decimals if shape.geom_type == "Point" else 5)


def _description(record: Mapping[str, Any]) -> str:
    lines = []
    for name in _TOLD:
        value = record[name]
        if value is not None and value != []:
            words = STATUS_WORDS.get(value, value) if name == "status" else "; ".join(map(str, value)) if isinstance(value, list) else value
            lines.append(f"{alias(name)}: {words}")
    return _plain("\n".join(lines))


def _add_time(placemark: Element, record: Mapping[str, Any]) -> None:
    if record["start"] or record["end"]:
        span = SubElement(placemark, "TimeSpan")
        for tag, name in (("begin", "start"), ("end", "end")):
            if record[name]:
                _text(span, tag, record[name])


def _add_geometry(parent: Element, shape: BaseGeometry, decimals: int) -> None:
    if shape.geom_type.startswith("Multi"):
        parent = SubElement(parent, "MultiGeometry")
    for part in shapely.get_parts(shape):
        _add_part(parent, part, decimals)


def _add_part(parent: Element, part: BaseGeometry, decimals: int) -> None:
    if isinstance(part, shapely.Polygon):
        polygon = SubElement(parent, "Polygon")
        for tag, ring in (("outerBoundaryIs", part.exterior), *(("innerBoundaryIs", ring) for ring in part.interiors)):
            _text(SubElement(SubElement(polygon, tag), "LinearRing"), "coordinates", _coordinates(ring, decimals))
        return
    element = SubElement(parent, "Point" if part.geom_type == "Point" else "LineString")
    _text(element, "coordinates", _coordinates(part, decimals))


def _coordinates(shape: BaseGeometry, decimals: int) -> str:
    return " ".join(f"{lon:.{decimals}f},{lat:.{decimals}f}" for lon, lat in shapely.get_coordinates(shape))


def _add_discs(document: Element, records: Sequence[Mapping[str, Any]], shapes: Any) -> None:
    """The uncertainty of points, in a folder that can be switched off."""
    radius_m = np.array([record["radius_m"] or 0 for record in records], dtype=float)
    rows = np.flatnonzero((shapely.get_dimensions(shapes) == 0) & (radius_m > 0)).tolist()
    if not rows:
        return
    folder = SubElement(document, "Folder")
    _text(folder, "name", "Uncertainty of points")
    for row, disc in zip(rows, uncertainty_discs(shapes[rows], radius_m[rows]), strict=True):
        placemark = SubElement(folder, "Placemark")
        _text(placemark, "name", f"{records[row]['title'] or records[row]['id']}: within {radius_m[row]:.0f} m")
        _add_time(placemark, records[row])
        _text(placemark, "styleUrl", "#uncertainty")
        _add_geometry(placemark, disc, 4)


def write_kml(incidents: gpd.GeoDataFrame, path: Path, *, provenance: Provenance) -> None:
    """Write KML, or KMZ when the suffix says so."""
    content = kml_bytes(incidents, provenance=provenance)
    if path.suffix.lower() == ".kmz":
        write_archive(path, {"doc.kml": content})
    else:
        path.write_bytes(content)
