"""A user's boundary layer examined: gaps, overlaps, repaired rings, double names, with areas and a picture; and cleaned.

Reads through `boundaries.own`; the layer itself is never changed, a cleaned copy is a file of its own.

Areas are geodesic (WGS 84). A gap is ground that the units enclose together and none of them holds: it may be a lake or a foreign exclave
as well as a fault, so it is measured, not judged. What lies open to the outside of the layer can't be told from the outside.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from boundaries.own import OwnLayer, read_layer
from boundaries.repairs import area_km2, holes_of, polygons_of
from geo.schema import WGS84

SMALLEST_KM2 = 1e-4
"""Below 100 square metres a gap or overlap is rounding."""

SLIVER_M = 500.0
"""Gaps narrower than this are closed when a layer is cleaned."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Ground that the units enclose and none holds: the units around it, square kilometres, a point in it (longitude, latitude)."""

    beside: tuple[str, ...]
    km2: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that two units hold both: their names, square kilometres, a point in it (longitude, latitude)."""

    units: tuple[str, str]
    km2: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a layer.

    Attributes
    ----------
    path, layer, publisher, features, bounds, area_km2
        Where it comes from, what it is; west, south, east, north in degrees; area of the union.
    repaired
        Number of features whose rings crossed themselves.
    double_names
        Names that stand for more than one feature.
    gaps, overlaps
        Largest first.
    notes
        What was noticed and assumed when it was read.
    """

    path: str
    layer: str | None
    publisher: str
    features: int
    bounds: tuple[float, float, float, float]
    area_km2: float
    repaired: int
    double_names: tuple[str, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, with the sums."""
        return asdict(self) | {
            "gaps_km2": round(sum(gap.km2 for gap in self.gaps), 4),
            "overlaps_km2": round(sum(overlap.km2 for overlap in self.overlaps), 4),
        }


def _inside(shape: BaseGeometry) -> tuple[float, float]:
    point = shape.representative_point()
    return round(point.x, 5), round(point.y, 5)


def _overlap_shapes(units: gpd.GeoDataFrame) -> list[tuple[int, int, BaseGeometry]]:
    """Pairs of rows with the ground that both hold."""
    shapes = np.asarray(units.geometry, dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    common = shapely.intersection(shapes[first[once]], shapes[second[once]])
    areal = shapely.get_dimensions(common) == 2
    return [
        (int(i), int(j), polygons_of(shape)) for i, j, shape in zip(first[once][areal], second[once][areal], common[areal], strict=True)
    ]


def find_overlaps(units: gpd.GeoDataFrame) -> tuple[Overlap, ...]:
    """Overlaps of units (``name``, valid polygons in WGS 84), largest first."""
    found = []
    for i, j, shape in _overlap_shapes(units):
        if (km2 := area_km2(shape)) >= SMALLEST_KM2:
            found.append(Overlap((str(units.name.iloc[i]), str(units.name.iloc[j])), round(km2, 4), *_inside(shape)))
    return tuple(sorted(found, key=lambda overlap: (-overlap.km2, overlap.units)))


def _gap_shapes(units: gpd.GeoDataFrame) -> list[BaseGeometry]:
    return [gap for gap in holes_of(units) if area_km2(gap) >= SMALLEST_KM2]


def find_gaps(units: gpd.GeoDataFrame) -> tuple[Gap, ...]:
    """Gaps that units (``name``, valid polygons in WGS 84) enclose, largest first."""
    tree = shapely.STRtree(np.asarray(units.geometry, dtype=object))
    found = []
    for gap in _gap_shapes(units):
        # a hair wider, because a corner of the union need not lie exactly on the edge that it came from
        beside = sorted({str(units.name.iloc[i]) for i in tree.query(gap.buffer(1e-9), predicate="intersects")})
        found.append(Gap(tuple(beside), round(area_km2(gap), 4), *_inside(gap)))
    return tuple(found)


def examine(own: OwnLayer) -> Examination:
    """What is to be known about a layer before it is trusted."""
    units = own.units
    double = units.name[units.name.duplicated()].drop_duplicates()
    west, south, east, north = (round(float(value), 5) for value in units.total_bounds)
    whole = shapely.union_all(np.asarray(units.geometry))
    return Examination(
        path=own.path, layer=own.layer, publisher=own.publisher, features=len(units), bounds=(west, south, east, north),
        area_km2=round(area_km2(shapely.orient_polygons(whole)), 3), repaired=own.repaired, double_names=tuple(sorted(map(str, double))),
        gaps=find_gaps(units), overlaps=find_overlaps(units), notes=own.notes,
    )  # fmt: skip


def examine_file(source: str, *, name_column: str | None = None) -> tuple[OwnLayer, Examination]:
    """Read and examine ``FILE`` or ``FILE:LAYER``; errors as `boundaries.own.read_layer`."""
    own = read_layer(source, name_column=name_column)
    return own, examine(own)


def cleaned(own: OwnLayer, *, sliver_m: float = SLIVER_M) -> gpd.GeoDataFrame:
    """One coverage of the units: overlaps go to the neighbour with the longer shared edge, gaps narrower than ``sliver_m`` likewise."""
    degrees = sliver_m / 111_320
    shapes = shapely.coverage_clean(np.asarray(own.units.geometry, dtype=object), gap_width=degrees)
    whole = gpd.GeoSeries([polygons_of(shape) for shape in shapes], index=own.units.index, crs=WGS84)
    kept: gpd.GeoDataFrame = own.units.set_geometry(whole)[~whole.is_empty]
    return kept


def write_cleaned(own: OwnLayer, path: Path) -> gpd.GeoDataFrame:
    """Write the cleaned units as a GeoPackage with the columns ``id, name, country, iso, kind``; the table that was written."""
    table = cleaned(own)[["id", "name", "country", "iso", "kind", "geometry"]]
    pyogrio.write_dataframe(table, path, layer="units", driver="GPKG")
    return table


WIDTH, MARGIN = 960.0, 12.0
STYLES = (
    ("unit", "fill:#eef1ee;stroke:#5b6660;stroke-width:0.8"),
    ("gap", "fill:#d55e00;stroke:#d55e00;stroke-width:2"),
    ("overlap", "fill:#0072b2;stroke:#0072b2;stroke-width:2"),
)


def _path_of(shape: BaseGeometry, bounds: NDArray[np.float64], scale: tuple[float, float]) -> str:
    """The rings as path data, north up."""
    corners = shapely.get_parts(shapely.boundary(shape)) if shape.geom_type != "Polygon" else [shape.exterior, *shape.interiors]
    lines = []
    for ring in corners:
        xy = shapely.get_coordinates(ring)
        x, y = (xy[:, 0] - bounds[0]) * scale[0] + MARGIN, (bounds[3] - xy[:, 1]) * scale[1] + MARGIN
        lines.append("M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True)) + "Z")
    return "".join(lines)


def picture(own: OwnLayer) -> str:
    """The layer as an SVG drawing: units, gaps and overlaps, each with a title; all text from the file is escaped."""
    units = own.units
    bounds = np.asarray(units.total_bounds, dtype=float)
    across = float(np.cos(np.radians((bounds[1] + bounds[3]) / 2)))
    wide, high = max((bounds[2] - bounds[0]) * across, 1e-9), max(bounds[3] - bounds[1], 1e-9)
    per_degree = min(WIDTH / wide, 2 * WIDTH / high)
    scale = (per_degree * across, per_degree)
    drawn = [("unit", str(name), shape) for name, shape in zip(units.name, units.geometry, strict=True)]
    drawn += [("gap", f"gap of {area_km2(shape):.4g} km2", shape) for shape in _gap_shapes(units)]
    pairs = [(i, j, shape) for i, j, shape in _overlap_shapes(units) if area_km2(shape) >= SMALLEST_KM2]
    drawn += [("overlap", f"{units.name.iloc[i]} and {units.name.iloc[j]}: {area_km2(s):.4g} km2 in both", s) for i, j, s in pairs]
    paths = [f'<path class="{kind}" d="{_path_of(s, bounds, scale)}"><title>{_plain(text)}</title></path>' for kind, text, s in drawn]
    size = f"{wide * per_degree + 2 * MARGIN:.0f}", f"{high * per_degree + 2 * MARGIN:.0f}"
    rules = "".join(f".{kind}{{{style};fill-rule:evenodd}}" for kind, style in STYLES)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" height="{size[1]}">'
    return "\n".join([head, f"<title>{_plain(Path(own.path).name)}</title>", f"<style>{rules}</style>", *paths, "</svg>", ""])


def _plain(text: str) -> str:
    """Text that is safe in XML: escaped, without the control characters that XML forbids."""
    return escape("".join(c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")))
