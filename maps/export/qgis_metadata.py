"""What QGIS is told about a layer beside its style: kind of geometry, description, metadata."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from maps.export.layers import Layer
from maps.export.qml import VERSION
from maps.provenance import Provenance


def geometry_word(layer: Layer) -> str:
    """``point``, ``line``, ``polygon`` or ``none``."""
    words = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
    return words[layer.geometry.removeprefix("Multi")] if layer.geometry else "none"


def layer_abstract(layer: Layer, provenance: Provenance) -> str:
    """What a layer holds, what it does not say, and whose data it is made of."""
    seen = f"Viewpoint: {provenance.viewpoint}. As of: {provenance.as_of or 'the day of each incident'}. marchland {provenance.version}."
    return "\n".join([layer.about, seen, provenance.disclaimer, *provenance.attribution])


def metadata_tree(layer: Layer, abstract: str, provenance: Provenance, *, tag: str = "qgis") -> Element:
    """The layer's metadata as QGIS reads them: title, abstract, rights (the attribution), constraints (the disclaimer)."""
    root = Element(tag, {"version": VERSION} if tag == "qgis" else {})
    facts = {
        "identifier": layer.name,
        "parentidentifier": "",
        "language": "ENG",
        "type": "dataset",
        "title": layer.title,
        "abstract": abstract,
    }
    for name, text in facts.items():
        SubElement(root, name).text = text
    SubElement(root, "links")
    SubElement(root, "fees")
    SubElement(root, "constraints", {"type": "disclaimer"}).text = provenance.disclaimer
    for line in provenance.attribution:
        SubElement(root, "rights").text = line
    SubElement(root, "encoding")
    SubElement(root, "extent")
    return root
