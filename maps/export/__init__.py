"""Files for GIS tools and spreadsheets: one module for each family of formats, chosen by the suffix."""

from __future__ import annotations

import dataclasses
import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd

from boundaries.catalogue import Catalogue
from geo.errors import InputError
from geo.schema import Dossier
from maps.output import whole_file, write_text
from maps.provenance import Provenance

FORMATS = (".csv", ".fgb", ".geojson", ".gpkg", ".kml", ".kmz", ".parquet", ".qgz", ".shp.zip")
ColumnSet = Literal["acled", "ucdp", "claims"]
COLUMN_SETS: tuple[ColumnSet, ...] = ("acled", "ucdp", "claims")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is exported, beyond the format.

    Attributes
    ----------
    columns
        CSV in the columns of ACLED or UCDP, or the ledger of claims; ``None`` for marchland's own.
    hxl
        CSV with hashtags in the second row.
    restricted_text
        Whether texts are kept whose licence restricts passing them on (those of ACLED).
    """

    columns: ColumnSet | None = None
    hxl: bool = False
    restricted_text: bool = True


def export_format(path: str) -> str:
    """The format that a path asks for, as its suffix; ``-`` is GeoJSON.

    Raises
    ------
    InputError
        No format has this suffix.
    """
    name = Path(path).name.lower()
    suffix = ".geojson" if path == "-" else next((suffix for suffix in FORMATS if name.endswith(suffix)), None)
    if suffix is None:
        if name.endswith(".shp"):
            raise InputError(f"{path}: a shapefile is several files, which are written as one archive; name it {path}.zip", path=path)
        given = Path(path).suffix or "a file without suffix"
        raise InputError(f"{path}: {given} is no format that is written; use one of {', '.join(FORMATS)}", path=path)
    return suffix


def check_options(path: str, options: ExportOptions) -> None:
    """Find out before the work starts that the options do not fit the format.

    Raises
    ------
    InputError
        A column set or hashtags are asked of another format than CSV, or both at once; or no format has this suffix.
    """
    is_csv = export_format(path) == ".csv"
    if options.columns and not is_csv:
        raise InputError(f"{path}: the columns of {options.columns} are written as .csv", path=path)
    if options.hxl and (not is_csv or options.columns):
        raise InputError(f"{path}: hashtags are written into .csv with marchland's own columns", path=path)


def write_export(
    dossier: Dossier, path: str, *, catalogue: Catalogue, provenance: Provenance, options: ExportOptions | None = None
) -> None:
    """Write a dossier in the format of the suffix, whole or not at all.

    Raises
    ------
    InputError
        No format has this suffix, or it does not fit the options.
    OutputError
        It could not be written.
    """
    chosen = options or ExportOptions()
    check_options(path, chosen)
    incidents = dossier.incidents if chosen.restricted_text else without_restricted_text(dossier)
    suffix = export_format(path)
    if suffix == ".csv":
        write_text(_csv_text(incidents, chosen), path)
        return
    if path == "-":
        from maps.export.geojson import geojson_text

        write_text(geojson_text(incidents, provenance=provenance), path)
        return
    with whole_file(Path(path)) as part, _told_as_os_error():
        _writer(suffix, catalogue, provenance)(incidents, part)


@contextmanager
def _told_as_os_error() -> Iterator[None]:
    """What SQLite and GDAL call a full or failing disk, as the error that it is."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    try:
        yield
    except (sqlite3.OperationalError, DataLayerError, DataSourceError, FeatureError, GeometryError) as error:
        raise OSError(errno.EIO, str(error).splitlines()[0]) from error


def _csv_text(incidents: gpd.GeoDataFrame, options: ExportOptions) -> str:
    from maps.export.datasets import dataset_csv
    from maps.export.tables import claims_csv, incidents_csv

    if options.columns == "claims":
        return claims_csv(incidents)
    if options.columns:
        return dataset_csv(incidents, options.columns)
    return incidents_csv(incidents, hxl=options.hxl)


def _writer(suffix: str, catalogue: Catalogue, provenance: Provenance) -> Callable[[gpd.GeoDataFrame, Path], object]:
    """The function that writes a format; its module is imported only now."""
    if suffix == ".gpkg":
        from maps.export.geopackage import write_geopackage

        return lambda table, path: write_geopackage(table, path, catalogue=catalogue, provenance=provenance)
    if suffix == ".qgz":
        from maps.export.qgis_project import write_project

        return lambda table, path: write_project(table, path, catalogue=catalogue, provenance=provenance)
    if suffix == ".geojson":
        from maps.export.geojson import write_geojson

        return lambda table, path: write_geojson(table, path, provenance=provenance)
    if suffix in (".kml", ".kmz"):
        from maps.export.kml import write_kml

        return lambda table, path: write_kml(table, path, provenance=provenance)
    from maps.export import columnar

    writers = {".parquet": columnar.write_geoparquet, ".fgb": columnar.write_flatgeobuf, ".shp.zip": columnar.write_shapefiles}
    return lambda table, path: writers[suffix](table, path, provenance=provenance)


def without_restricted_text(dossier: Dossier) -> gpd.GeoDataFrame:
    """The incidents, without the wording of those that come from a file of ACLED: title, place as worded, texts of claims.

    ACLED's terms restrict passing its text on. Which file is one of ACLED is known by its columns (``kind`` of the input file);
    ACLED text that somebody has copied into a table of another form is not recognised.
    """
    restricted = {file.name for file in dossier.files if file.kind == "acled"}
    table = dossier.incidents.copy()
    rows = table.source_file.isin(restricted)
    if rows.any():
        table.loc[rows, "title"] = [f"{(kind or 'other').replace('_', ' ').capitalize()} reported" for kind in table.event_type[rows]]
        table.loc[rows, "place_text"] = None
        bare = [tuple(dataclasses.replace(claim, text=None) for claim in claims) for claims in table.claims]
        table["claims"] = [new if restrict else old for new, old, restrict in zip(bare, table.claims, rows, strict=True)]
    return table
