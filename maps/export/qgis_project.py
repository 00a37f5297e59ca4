"""A QGIS project in one file (``.qgz``): the GeoPackage inside, its layers in order and in groups, relations, time by the day.

A layer of a GeoPackage that is added by hand has its style too, but QGIS leaves its time filter off until it is switched on; in the
project it is on. QGIS 3.22 and newer read files out of a project; what is edited there stays in the project's own copy.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import geopandas as gpd
from pyproj import CRS

from boundaries.catalogue import Catalogue
from geo.schema import WGS84
from maps.export.archive import write_archive
from maps.export.geopackage import write_geopackage
from maps.export.geopackage_tables import Styled
from maps.export.layers import Layer
from maps.export.qgis_metadata import geometry_word, layer_abstract, metadata_tree
from maps.export.qml import VERSION, document, rgba
from maps.provenance import Provenance
from maps.theme import LIGHT

NAME = "marchland"
PACKAGE = "incidents.gpkg"
GROUPS = (
    ("Incidents", ("troop_positions", "incidents", "incident_lines", "incident_areas", "incident_uncertainty")),
    ("Zones", ("zone_points", "zone_lines", "zones")),
    ("Boundaries", ("lines", "units")),
    ("Tables", ("claims", "sources", "provenance")),
)
"""Groups and their layers, the uppermost first."""


def write_project(incidents: gpd.GeoDataFrame, path: Path, *, catalogue: Catalogue, provenance: Provenance) -> None:
    """Write a project with its GeoPackage inside; parameters as in `maps.export.geopackage.write_geopackage`."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / PACKAGE
        styled = write_geopackage(incidents, package, catalogue=catalogue, provenance=provenance)
        text = document(project_tree(styled, provenance=provenance))
        write_archive(path, {f"{NAME}.qgs": text.encode("utf-8"), PACKAGE: package.read_bytes()})


def project_tree(styled: Mapping[str, Styled], *, provenance: Provenance) -> Element:
    """The project as an XML tree."""
    held = {name: one.layer for name, one in styled.items()}
    root = Element("qgis", {"version": VERSION, "projectname": NAME})
    SubElement(root, "title").text = NAME
    _add_crs(SubElement(root, "projectCrs"))
    _add_tree(root, held)
    related = [name for name in ("claims", "sources") if name in held]
    relations = SubElement(root, "relations")
    for table in related:
        for name in ("incidents", "incident_areas", "incident_lines"):
            if name in held:
                _add_relation(relations, table, name)
    drawn = SubElement(root, "projectlayers")
    for layer in held.values():
        drawn.append(_map_layer(layer, styled[layer.name].style, provenance))
    properties = SubElement(root, "properties")
    _add_canvas_colour(properties)
    # without this QGIS takes the project for one without coordinates
    SubElement(SubElement(properties, "SpatialRefSys"), "ProjectionsEnabled", {"type": "int"}).text = "1"
    SubElement(root, "ProjectTimeSettings", {"timeStep": "1", "timeStepUnit": "days", "frameRate": "5", "cumulativeTemporalRange": "0"})
    return root


def _add_crs(parent: Element) -> None:
    crs = SubElement(parent, "spatialrefsys", {"nativeFormat": "Wkt"})
    for name, text in {"wkt": CRS(WGS84).to_wkt("WKT2_2019"), "srsid": "3452", "srid": "4326", "authid": "EPSG:4326"}.items():
        SubElement(crs, name).text = text


def _layer_id(layer: str) -> str:
    # QGIS makes up another id in place of one that is as short as some of the names
    return f"{NAME}_{layer}"


def _source(layer: str) -> str:
    return f"attachment:{PACKAGE}|layername={layer}"


def _add_tree(root: Element, layers: Mapping[str, Layer]) -> None:
    tree = SubElement(root, "layer-tree-group")
    for title, names in GROUPS:
        group = SubElement(
            tree, "layer-tree-group", {"name": title, "checked": "Qt::Checked", "expanded": "1" if title == "Incidents" else "0"}
        )
        for name in names:
            if name in layers:
                told = {"id": _layer_id(name), "name": layers[name].title, "source": _source(name), "providerKey": "ogr"}
                SubElement(group, "layer-tree-layer", told | {"checked": "Qt::Checked", "expanded": "0"})


def _add_relation(parent: Element, table: str, layer: str) -> None:
    ends = {"referencingLayer": _layer_id(table), "referencedLayer": _layer_id(layer)}
    relation = SubElement(parent, "relation", {"id": f"{layer}_{table}", "name": table.capitalize(), "strength": "Association"} | ends)
    SubElement(relation, "fieldRef", {"referencingField": "incident_id", "referencedField": "id"})


def _map_layer(layer: Layer, style: Element, provenance: Provenance) -> Element:
    geometry = {"point": "Point", "line": "Line", "polygon": "Polygon", "none": "No geometry"}[geometry_word(layer)]
    element = Element("maplayer", {"type": "vector", "geometry": geometry, "wkbType": layer.geometry or "NoGeometry", **style.attrib})
    del element.attrib["version"]
    for name, text in {"id": _layer_id(layer.name), "datasource": _source(layer.name), "layername": layer.title}.items():
        SubElement(element, name).text = text
    _add_crs(SubElement(element, "srs"))
    element.append(metadata_tree(layer, layer_abstract(layer, provenance), provenance, tag="resourceMetadata"))
    SubElement(element, "provider", {"encoding": "UTF-8"}).text = "ogr"
    element.extend(deepcopy(list(style)))
    return element


def _add_canvas_colour(properties: Element) -> None:
    """Water, as on the page."""
    gui = SubElement(properties, "Gui")
    for name, value in zip(("Red", "Green", "Blue"), rgba(LIGHT["water"]).split(","), strict=False):
        SubElement(gui, f"CanvasColor{name}Part", {"type": "int"}).text = value
