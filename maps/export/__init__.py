"""Files for GIS tools: one module for each format, chosen by the suffix."""

from __future__ import annotations

from pathlib import Path, PurePath

from boundaries.catalogue import Catalogue
from geo.errors import InputError
from geo.schema import Dossier
from maps.export.geojson import geojson_text
from maps.export.geopackage import write_geopackage
from maps.output import whole_file, write_text
from maps.provenance import Provenance

FORMATS = (".geojson", ".gpkg")


def export_format(path: str) -> str:
    """The format that a path asks for, as its suffix; ``-`` is GeoJSON.

    Raises
    ------
    InputError
        No format has this suffix.
    """
    suffix = ".geojson" if path == "-" else PurePath(path).suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"{path}: {suffix or 'a file without suffix'} is no format that is written; use {' or '.join(FORMATS)}", path=path)
    return suffix


def write_export(dossier: Dossier, path: str, *, catalogue: Catalogue, provenance: Provenance) -> None:
    """Write a dossier in the format of the suffix, whole or not at all.

    Raises
    ------
    InputError
        No format has this suffix.
    OutputError
        It could not be written.
    """
    if export_format(path) == ".geojson":
        write_text(geojson_text(dossier.incidents, provenance=provenance), path)
        return
    with whole_file(Path(path)) as part:
        write_geopackage(dossier.incidents, part, catalogue=catalogue, provenance=provenance)
