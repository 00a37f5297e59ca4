"""What a GeoPackage holds beside its layers: styles, descriptions, metadata, the view of troop positions, indexes.

Written with SQLite itself, since GDAL has no call for it. All text goes in as parameters.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pyarrow as pa

from boundaries.catalogue import Catalogue
from geo.schema import TROOP_POSITION_TYPES
from maps.export.layers import Layer
from maps.export.qgis_metadata import geometry_word, layer_abstract, metadata_tree
from maps.export.qml import document
from maps.export.stamp import build_stamp
from maps.export.styles import layer_style
from maps.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Styled:
    """A layer with its style, the root of a QML document."""

    layer: Layer
    style: Element


_QGIS_METADATA = "http://mrcc.com/qgis.dtd"
_TROOPS = Layer(
    "troop_positions",
    "Reported troop positions",
    "Incidents at or near a place that report where a force is or has moved to; a view of the layer incidents.",
    "Point",
    pa.table({}),
)

_STYLES = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""

_METADATA = (
    """CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))""",
    """CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
)


def finish_package(path: Path, layers: Sequence[Layer], *, catalogue: Catalogue, provenance: Provenance) -> dict[str, Styled]:
    """Add styles, descriptions and metadata to the layers that a GeoPackage holds, and the view of troop positions.

    Returns
    -------
    dict
        All its layers by name, the view among them, with their styles.
    """
    with closing(sqlite3.connect(path)) as database, database:
        _require_complete(database, layers)
        held = [*layers]
        if _add_troop_view(database):
            held.append(_TROOPS)
        for name in ("claims", "sources"):
            if any(layer.name == name for layer in layers):
                database.execute(f"CREATE INDEX {name}_incident ON {name} (incident_id)")
        styles = {layer.name: _style(database, layer, catalogue) for layer in held}
        _add_styles(database, held, styles)
        _add_metadata(database, held, provenance)
    return {layer.name: Styled(layer, styles[layer.name]) for layer in held}


def _require_complete(database: sqlite3.Connection, layers: Iterable[Layer]) -> None:
    # GDAL's word is not enough when the disk is full
    for layer in layers:
        written = database.execute(f"SELECT count(*) FROM {layer.name}").fetchone()[0]  # noqa: S608  # our own names
        if written != layer.table.num_rows:
            raise OSError(errno.ENOSPC, f"the layer {layer.name} has {written} of {layer.table.num_rows} rows")


def _add_troop_view(database: sqlite3.Connection) -> bool:
    """The view, when there is anything in it."""
    kinds = ",".join(f"'{kind}'" for kind in TROOP_POSITION_TYPES)
    chosen = f"event_type IN ({kinds}) AND geom IS NOT NULL"
    if not database.execute(f"SELECT EXISTS (SELECT 1 FROM incidents WHERE {chosen})").fetchone()[0]:  # noqa: S608  # our own constants
        return False
    columns = ", ".join(f'"{name}"' for name in _columns(database, "incidents"))
    database.execute(f"CREATE VIEW troop_positions AS SELECT {columns} FROM incidents WHERE {chosen}")  # noqa: S608  # our own names
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, min_x, min_y, max_x, max_y, srs_id) "
        "SELECT ?, data_type, ?, '', last_change, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents WHERE table_name = 'incidents'",
        (_TROOPS.name, _TROOPS.title),
    )
    database.execute(
        "INSERT INTO gpkg_geometry_columns SELECT ?, column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns "
        "WHERE table_name = 'incidents'",
        (_TROOPS.name,),
    )
    return True


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def _style(database: sqlite3.Connection, layer: Layer, catalogue: Catalogue) -> Element:
    columns = [name for name in _columns(database, layer.name) if name != "geom"]
    return layer_style(layer.name, geometry_word(layer), columns, catalogue=catalogue)


def _add_styles(database: sqlite3.Connection, layers: Iterable[Layer], styles: Mapping[str, Element]) -> None:
    database.execute(_STYLES)
    # without this row GDAL and QGIS do not see the table
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
        "VALUES (?, 'attributes', ?, ?, ?, 0)",
        ("layer_styles", "layer_styles", "QGIS styles of the layers", build_stamp()),
    )
    for layer in layers:
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
            "useAsDefault, description, owner, update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
            (layer.name, "" if layer.geometry is None else "geom", layer.name, document(styles[layer.name]), layer.title, build_stamp()),
        )


def _add_metadata(database: sqlite3.Connection, layers: Iterable[Layer], provenance: Provenance) -> None:
    for statement in _METADATA:
        database.execute(statement)
    database.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', "
        "'http://www.geopackage.org/spec120/#extension_metadata', 'read-write')",
        [("gpkg_metadata",), ("gpkg_metadata_reference",)],
    )
    for layer in layers:
        abstract = layer_abstract(layer, provenance)
        database.execute("UPDATE gpkg_contents SET description = ? WHERE table_name = ?", (abstract, layer.name))
        database.execute(
            "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES ('dataset', ?, 'text/xml', ?)",
            (_QGIS_METADATA, document(metadata_tree(layer, abstract, provenance))),
        )
        database.execute(
            "INSERT INTO gpkg_metadata_reference VALUES ('table', ?, NULL, NULL, ?, last_insert_rowid(), NULL)", (layer.name, build_stamp())
        )
