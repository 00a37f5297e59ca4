"""Reads a vector file of the user into WGS 84, with what was noticed, and refuses what would give wrong answers in silence.

Formats are those of GDAL (GeoPackage, GeoJSON, Shapefile also zipped, FlatGeobuf, KML …) and GeoParquet. What the columns mean is left
to `geo.read.vector` for incidents and to `boundaries.own` for units and zones.

Coordinate systems
------------------
* Another system is reprojected. None, with values that can be degrees: taken as WGS 84, and said. None, with other values: refused.
* Lies that are caught: degrees whose values can't be; metres whose values are degrees; small numbers (of a screen or a sheet)
  that a system puts where it is not used.
"""

from __future__ import annotations

import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geo.errors import InputError
from geo.schema import WGS84

LARGEST = 1e9
"""Coordinates beyond this are no coordinates in any system: files hold -1.8e308 for a missing number."""

SCREEN = 20_000.0
"""Metres: projected values that are all smaller, and lie where the system is not used, are those of a screen or a sheet."""


@dataclass(frozen=True, slots=True, eq=False)
class LayerFile:
    """What a file holds, in WGS 84.

    Attributes
    ----------
    path, layer
        File and layer; ``None`` where the format has no layers.
    table
        Its rows with geometry, two-dimensional, as the file has it otherwise.
    crs
        As the file states it, in words; ``None`` when it states none.
    notes
        What was noticed or assumed, in sentences.
    """

    path: str
    layer: str | None
    table: gpd.GeoDataFrame
    crs: str | None
    notes: tuple[str, ...]


def split_layer(text: str) -> tuple[str, str | None]:
    """``FILE:LAYER`` in two, or the file alone; a colon in the name of a file that exists is no layer.

    Raises
    ------
    InputError
        There is no such file.
    """
    if Path(text).exists():
        return text, None
    path, colon, layer = text.rpartition(":")
    if colon and layer and Path(path).is_file():
        return path, layer
    raise InputError(f"{text}: there is no such file", path=text)


def _read_parquet(path: str) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(path)
    except ImportError as error:
        raise InputError(f"{path}: reading GeoParquet needs pyarrow; install it with: pip install pyarrow", path=path) from error
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: can't be read as GeoParquet ({error})", path=path) from error


SUFFIXES = (".shp", ".gpkg", ".geojson", ".json", ".fgb")


def _opened(path: str) -> str | bytes:
    """What GDAL is to open: the file itself, its bytes, or the only dataset in an archive, which may lie in a folder there."""
    # to pyogrio an exclamation mark divides an archive from the file in it
    if "!" in path:
        return Path(path).read_bytes()
    if not zipfile.is_zipfile(path):
        return path
    with zipfile.ZipFile(path) as archive:
        inside = [name for name in archive.namelist() if name.lower().endswith(SUFFIXES) and "__MACOSX" not in name]
    if len(inside) == 1:
        return f"/vsizip/{Path(path).resolve()}/{inside[0]}"
    folders = {name.rpartition("/")[0] for name in inside}
    return f"/vsizip/{Path(path).resolve()}/{folders.pop()}" if len(folders) == 1 else path


def _chosen_layer(path: str, layer: str | None, known: list[str]) -> str:
    """The layer that was asked for, or the only one with geometry."""
    if layer is not None and layer not in known:
        raise InputError(f"{path}: has no layer {layer!r}; it has {', '.join(known) or 'none with geometry'}", path=path)
    if layer is None and len(known) > 1:
        raise InputError(f"{path}: has several layers ({', '.join(known)}); name one, like {path}:{known[0]}", path=path)
    if not known:
        raise InputError(f"{path}: has no layer with geometry", path=path)
    return layer or known[0]


def _read_gdal(path: str, layer: str | None) -> tuple[gpd.GeoDataFrame, str | None]:
    try:
        known = [str(name) for name, kind in pyogrio.list_layers(_opened(path)) if kind is not None]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _unreadable(path, error) from error
    chosen = _chosen_layer(path, layer, known)
    try:
        # bytes are given a name of GDAL's own at each opening, and so a layer by that name only once
        named = None if len(known) == 1 else chosen
        return pyogrio.read_dataframe(_opened(path), layer=named, on_invalid="warn"), chosen
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FieldError) as error:
        raise _unreadable(path, error) from error
    except (UnicodeDecodeError, shapely.errors.GEOSException, ValueError) as error:
        raise InputError(f"{path}: is damaged ({error})", path=path) from error


def _unreadable(path: str, error: Exception) -> InputError:
    reason = str(error).replace("\n", " ").split("; ")[0]
    return InputError(f"{path}: can't be read as a layer of shapes ({reason})", path=path)


def _told(caught: list[warnings.WarningMessage]) -> list[str]:
    """What GDAL warned of, each once, as notes."""
    return [f"GDAL: {text}" for text in dict.fromkeys(str(one.message).split("\n")[0].split(". To avoid")[0] for one in caught)][:5]


def read_file(text: str, *, keep_empty: bool = False) -> LayerFile:
    """Read ``FILE`` or ``FILE:LAYER``.

    Parameters
    ----------
    text
        The file, with its layer where it has several.
    keep_empty
        Whether rows without a usable geometry stay, with none; otherwise they are left out and counted.

    Raises
    ------
    InputError
        The file is missing, empty, damaged, of another format, without features or geometry; it has several layers and none was
        named; its coordinate system is missing or can't be true.
    """
    path, layer = split_layer(text)
    if Path(path).is_file() and Path(path).stat().st_size == 0:
        raise InputError(f"{path}: is empty", path=path)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if Path(path).suffix.lower() in (".parquet", ".geoparquet"):
            raw: gpd.GeoDataFrame = _read_parquet(path)
        else:
            raw, layer = _read_gdal(path, layer)
    return _checked(raw, path, layer, _told(caught), keep_empty=keep_empty)


def _checked(raw: gpd.GeoDataFrame, path: str, layer: str | None, notes: list[str], *, keep_empty: bool) -> LayerFile:
    if not isinstance(raw, gpd.GeoDataFrame) or not len(raw):
        hint = "; a bare geometry or GeometryCollection is no layer: wrap it in a FeatureCollection" if _is_json(path) else ""
        raise InputError(f"{path}: has no features{hint}", path=path)
    table = raw.rename_geometry("geometry") if raw.geometry.name != "geometry" else raw
    table = _with_geometry(table, path, notes, keep_empty=keep_empty)
    stated = None if table.crs is None else CRS(table.crs)
    moved = _to_wgs84(table, stated, path, notes)
    return LayerFile(path, layer, moved.reset_index(drop=True), None if stated is None else _named(stated), tuple(notes))


def _is_json(path: str) -> bool:
    return Path(path).suffix.lower() in (".json", ".geojson")


def _named(crs: CRS) -> str:
    code = crs.to_authority()
    return f"{code[0]}:{code[1]}" if code else crs.name


def _with_geometry(table: gpd.GeoDataFrame, path: str, notes: list[str], *, keep_empty: bool) -> gpd.GeoDataFrame:
    """The rows whose geometry is there and has possible numbers; the others are counted, and left out or kept without one."""
    shapes = np.asarray(shapely.force_2d(np.asarray(table.geometry, dtype=object)), dtype=object)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    with np.errstate(invalid="ignore"):
        bounds = shapely.bounds(shapes)
        possible = np.isfinite(bounds).all(axis=1) & (np.abs(bounds) < LARGEST).all(axis=1)
    left = "" if keep_empty else " and are left out"
    if missing := int((~there).sum()):
        notes.append(f"{missing} of {len(table)} features have no geometry{left}")
    if absurd := int((there & ~possible).sum()):
        notes.append(f"{absurd} of {len(table)} features have coordinates that are no numbers{left}")
    if keep_empty:
        held = shapes.copy()
        held[~(there & possible)] = None
        return table.set_geometry(gpd.GeoSeries(list(held), index=table.index, crs=table.crs))
    if not (there & possible).any():
        why = f" ({'; '.join(notes)})" if notes else ""
        raise InputError(f"{path}: none of its {len(table)} features has a geometry that can be used{why}", path=path)
    kept = table.set_geometry(gpd.GeoSeries(list(shapes), index=table.index, crs=table.crs))
    return kept[there & possible]


def _like_degrees(bounds: NDArray[np.float64]) -> bool:
    return bool(np.abs(bounds[[0, 2]]).max() <= 360 and np.abs(bounds[[1, 3]]).max() <= 90)


def _spelled(bounds: NDArray[np.float64]) -> str:
    return ", ".join(f"{value:.6g}" for value in bounds)


def _to_wgs84(table: gpd.GeoDataFrame, crs: CRS | None, path: str, notes: list[str]) -> gpd.GeoDataFrame:
    bounds = np.asarray(table.total_bounds, dtype=float)
    if not np.isfinite(bounds).all():
        return table.set_crs(WGS84, allow_override=True)
    extent = f"coordinates from {bounds[0]:.6g}, {bounds[1]:.6g} to {bounds[2]:.6g}, {bounds[3]:.6g}"
    if crs is None or crs.is_engineering:
        if not _like_degrees(bounds):
            raise InputError(
                f"{path}: has no coordinate system, and {extent} are not degrees; give it one (ogr2ogr -a_srs EPSG:…)", path=path
            )
        notes.append(f"has no coordinate system; {extent} are taken as longitude and latitude (WGS 84)")
        return table.set_crs(WGS84, allow_override=True)
    if crs.is_geographic and not _like_degrees(bounds):
        raise InputError(f"{path}: says that it is in degrees ({_named(crs)}), but has {extent}; correct its coordinate system", path=path)
    if crs.is_projected and _like_degrees(bounds):
        raise InputError(f"{path}: says that it is in metres ({_named(crs)}), but has {extent}, which look like degrees", path=path)
    moved = table.to_crs(WGS84)
    _refuse_elsewhere(moved, crs, bounds, path)
    if not crs.equals(CRS(WGS84), ignore_axis_order=True) and _named(crs) not in ("EPSG:4326", "OGC:CRS84"):
        notes.append(f"reprojected from {_named(crs)}")
    return moved


def _refuse_elsewhere(moved: gpd.GeoDataFrame, crs: CRS, bounds: NDArray[np.float64], path: str) -> None:
    """A layer that a system puts outside the world, or small numbers where it is not used."""
    west, south, east, north = (float(value) for value in moved.total_bounds)
    at = f"{path}: its coordinate system {_named(crs)} can't be true: it puts the layer at {_spelled(moved.total_bounds)}"
    if not np.isfinite([west, south, east, north]).all():
        raise InputError(
            f"{path}: coordinates {_spelled(bounds)} are impossible in {_named(crs)}; correct its coordinate system", path=path
        )
    used = crs.area_of_use
    outside = used is not None and (east < used.west or west > used.east or north < used.south or south > used.north)
    if crs.is_projected and outside and np.abs(bounds).max() < SCREEN:
        raise InputError(f"{at}, where it is not used; correct it (ogr2ogr -a_srs EPSG:…)", path=path)


def damaged_names(names: pd.Series) -> int:
    """How many names show the marks of a wrong encoding: a question mark, a replacement character, two letters for one."""
    return int(names.astype(str).str.contains(r"\?|\ufffd|Ã.|Ä.|É™|Å.", regex=True).sum())
