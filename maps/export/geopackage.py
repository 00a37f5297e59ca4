"""Incidents, their uncertainty and what lies around them as one GeoPackage that QGIS shows with its styles on.

Layers are those of `maps.export.layers`, and ``troop_positions``, a view of the point incidents that report where a force is.
Styles come from `maps.export.styles`; the tables that carry them are written by `maps.export.geopackage_tables`.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio

from boundaries.catalogue import Catalogue
from geo.schema import WGS84
from maps.export.geopackage_tables import Styled, finish_package
from maps.export.layers import Layer, gis_layers
from maps.export.stamp import build_stamp
from maps.provenance import Provenance


def write_geopackage(incidents: gpd.GeoDataFrame, path: Path, *, catalogue: Catalogue, provenance: Provenance) -> dict[str, Styled]:
    """Write all layers to a new file.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, geometry in WGS 84.
    path
        A file that does not exist yet.
    catalogue
        The units, zones and lines to go with them.
    provenance
        Goes into the table ``provenance`` and, as attribution and disclaimer, into the description of each layer.

    Returns
    -------
    dict
        The layers by name, with their styles.
    """
    layers = gis_layers(incidents, catalogue=catalogue, provenance=provenance)
    # GDAL stamps each layer with the time of day, and the same input would give another file
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": build_stamp()})
    try:
        for layer in layers:
            _write_layer(layer, path)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return finish_package(path, layers, catalogue=catalogue, provenance=provenance)


def _write_layer(layer: Layer, path: Path) -> None:
    spatial = layer.geometry is not None
    # Debian's QGIS warns about 1.4, which is the default of newer GDAL
    created = {} if path.exists() else {"dataset_options": {"VERSION": "1.3"}}
    pyogrio.write_arrow(
        layer.table,
        path,
        layer=layer.name,
        driver="GPKG",
        geometry_name="geometry" if spatial else None,
        geometry_type=layer.geometry,
        crs=WGS84 if spatial else None,
        append=path.exists(),
        layer_options={"IDENTIFIER": layer.title, "GEOMETRY_NAME": "geom"} if spatial else {"IDENTIFIER": layer.title},
        **created,
    )
