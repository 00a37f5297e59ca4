"""A user's own units and zones in the columns of the catalogue, and the catalogue with them in place of, or beside, its own.

Reading files is left to `geo.read.vector_files`, what publishers call their columns to `boundaries.columns`, measuring gaps and overlaps
to `boundaries.examine`.

Rules
-----
* Polygons only for units; rings that cross themselves are repaired and counted, points and lines left out and counted.
* Features of one name stay apart: they are noted, never merged.
* A unit whose ISO 3166-2 code is that of an embedded unit which it also touches takes that unit's ``id``, so that gazetteer places keep
  theirs. A code that lies elsewhere is noted: some releases give the code of Lankaran to Lachin.
* Exclaves and lakes without unit of the embedded layer are left out: the user's layer draws its own, or does not.
* Distances are those from the embedded border where the layer comes near it, otherwise from the edges that its countries share.
* Nothing is known of what is contested in it, so ``fill`` is ``none`` but in the viewpoint ``de_jure``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations, count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from boundaries.catalogue import Catalogue, load_catalogue, seen_from
from boundaries.columns import ISO2, VALIDITY, Columns, recognised
from boundaries.repairs import polygons_of
from boundaries.viewpoint import VIEWPOINTS
from geo.errors import InputError
from geo.location import GEOD
from geo.read.vector_files import LayerFile, damaged_names, read_file
from geo.schema import WGS84

SEEN_FROM_ALL = ";".join(VIEWPOINTS)
NEAR_DEG = 3.0
"""A layer that comes so near to the embedded border is about it."""
MISSING = ("", "-99", "NA", "None", "null")
ISO_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True, eq=False)
class OwnLayer:
    """Units or zones of a user.

    Attributes
    ----------
    units
        In the columns of the catalogue's units (or zones), WGS 84, valid.
    path, layer
        Where they come from.
    notes
        What was noticed, assumed and repaired, in sentences.
    repaired
        Number of features whose rings crossed themselves.
    accuracy_m
        Metres by which its edges may be off.
    publisher
        By whose column names it was recognised; empty for plain ones.
    """

    units: gpd.GeoDataFrame
    path: str
    layer: str | None
    notes: tuple[str, ...]
    repaired: int
    accuracy_m: float
    publisher: str


def _polygonal(file: LayerFile, notes: list[str]) -> tuple[gpd.GeoDataFrame, int]:
    """The rows with polygons, valid, and how many were repaired."""
    shapes = np.array(file.table.geometry, dtype=object)
    areal = shapely.get_dimensions(shapes) == 2
    if not areal.any():
        kinds = ", ".join(sorted(set(file.table.geom_type)))
        raise InputError(f"{file.path}: has no polygons, only {kinds}; boundaries need areas", path=file.path)
    if others := int((~areal).sum()):
        notes.append(f"{others} of {len(shapes)} features are no polygons and are left out")
    kept = file.table[areal].copy()
    shapes = shapes[areal]
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    mixed = ~np.isin(shapely.get_type_id(shapes), (3, 6))
    shapes[mixed] = [polygons_of(shape) for shape in shapes[mixed]]
    if broken.any():
        notes.append(f"{int(broken.sum())} of {len(shapes)} features had invalid rings, which were repaired")
    hollow = shapely.is_empty(shapes)
    if hollow.any():
        notes.append(f"{int(hollow.sum())} features had no area left and are left out")
    if hollow.all():
        raise InputError(f"{file.path}: no polygon has an area", path=file.path)
    valid = kept.set_geometry(gpd.GeoSeries(list(shapes), index=kept.index, crs=WGS84))[~hollow]
    return valid.reset_index(drop=True), int(broken.sum())


def _objects(values: list[Any], index: pd.Index) -> pd.Series:
    # pandas guesses a type for text with gaps, and makes the gaps NaN
    return pd.Series(values, index=index, dtype=object)


def _text(values: pd.Series) -> pd.Series:
    """As text without blanks around it; ``None`` when empty or a publisher's word for missing."""
    text = [None if missing else str(value).strip() for value, missing in zip(values, values.isna(), strict=True)]
    return _objects([None if value in MISSING else value for value in text], values.index)


def _column(table: gpd.GeoDataFrame, name: str | None) -> pd.Series:
    return _objects([None] * len(table), table.index) if name is None else _text(table[name])


def _iso(code: str | None) -> str | None:
    return code if code and ISO_CODE.fullmatch(code) else None


def _countries(stated: pd.Series, iso: pd.Series) -> pd.Series:
    """Two letters where the code or the table of three letters gives them; empty text where the file tells none."""
    # a unit of no known country is a unit all the same, and None would mean ground of no country
    return _objects([i[:2] if i else ISO2.get(s, s) if s else "" for s, i in zip(stated, iso, strict=True)], iso.index)


def _idents(codes: pd.Series, names: pd.Series) -> list[str]:
    """One id for each row: its code where all have one of their own, otherwise its name; numbered where two are the same."""
    whole = codes.notna().all() and codes.is_unique
    plain = [re.sub(r"\W+", "-", str(value).lower()).strip("-") or "unit" for value in (codes if whole else names)]
    found: dict[str, None] = {}
    for value in plain:
        free = (value if number == 1 else f"{value}-{number}" for number in count(1))
        found[next(ident for ident in free if ident not in found)] = None
    return list(found)


def _as_embedded(idents: list[str], iso: pd.Series, shapes: gpd.GeoSeries, notes: list[str]) -> list[str]:
    """The embedded unit's id for the same code on the same ground."""
    known = load_catalogue().units.dropna(subset="iso").set_index("iso")
    elsewhere, taken = [], list(idents)
    for row, code in enumerate(iso):
        if code in known.index and (iso == code).sum() == 1:
            if shapes.iloc[row].intersects(known.geometry[code]):
                taken[row] = known.id[code]
            else:
                elsewhere.append(code)
    if elsewhere:
        notes.append(f"the codes {', '.join(elsewhere)} lie elsewhere than in the embedded layer: its names or codes may be mixed up")
    return taken if len(set(taken)) == len(taken) else idents


def _dates(table: gpd.GeoDataFrame, wanted: str, path: str) -> pd.Series:
    have = {str(column).lower(): column for column in table.columns}
    column = next((have[name.lower()] for name in VALIDITY[wanted] if name.lower() in have), None)
    if column is None:
        return pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")
    try:
        days = pd.to_datetime(table[column].astype(object).where(table[column].notna(), None), format="ISO8601", utc=True)
    except (ValueError, TypeError) as error:
        raise InputError(f"{path}: column {column}: {error}; write days like 2021-05-14", path=path) from error
    normal: pd.Series = days.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
    return normal


def _name_notes(names: pd.Series) -> list[str]:
    notes = []
    double = names[names.duplicated()].unique()
    if len(double):
        notes.append(f"{len(double)} names stand for more than one feature ({', '.join(map(str, double[:5]))}); they are kept apart")
    if damaged := damaged_names(names):
        notes.append(f"{damaged} names look damaged in the source (wrong encoding); geometry is not concerned")
    return notes


def _accuracy(table: gpd.GeoDataFrame, columns: Columns, notes: list[str]) -> pd.Series:
    if "accuracy_m" in table and pd.to_numeric(table.accuracy_m, errors="coerce").notna().all():
        return pd.Series(pd.to_numeric(table.accuracy_m), dtype=float)
    metres = columns.publisher.accuracy_m
    whose = columns.publisher.title or "it"
    notes.append(f"how exact {whose} is, the file does not say; {metres:.0f} m are assumed (a column accuracy_m says otherwise)")
    return pd.Series(metres, index=table.index, dtype=float)


def read_layer(source: str, *, name_column: str | None = None) -> OwnLayer:
    """Units out of a boundary file, as downloaded or of the user's own making.

    Parameters
    ----------
    source
        ``FILE`` or ``FILE:LAYER``.
    name_column
        Column of the names; ``None``: as `boundaries.columns` knows it.

    Raises
    ------
    InputError
        As `geo.read.vector_files.read_file`; no polygons; no column known to hold names.
    """
    file = read_file(source)
    notes = list(file.notes)
    table, repaired = _polygonal(file, notes)
    columns = recognised([c for c in table.columns if c != "geometry"], name_column=name_column, path=file.path)
    names = _column(table, columns.name)
    if names.isna().any():
        notes.append(f"{int(names.isna().sum())} features have no name in {columns.name}; they are numbered")
        names = _objects([name or f"unnamed {number}" for number, name in enumerate(names, 1)], names.index)
    notes += _name_notes(names)
    accuracy = _accuracy(table, columns, notes)
    units = _unit_columns(table, columns, names, notes, file.path).assign(accuracy_m=accuracy)
    return OwnLayer(units, file.path, file.layer, tuple(notes), repaired, float(accuracy.max()), columns.publisher.title)


def _unit_columns(table: gpd.GeoDataFrame, columns: Columns, names: pd.Series, notes: list[str], path: str) -> gpd.GeoDataFrame:
    codes = _column(table, columns.code)
    iso = _objects([_iso(code) for code in codes], table.index)
    file = Path(path).name
    held: dict[str, Any] = {
        "id": _as_embedded(_idents(codes, names), iso, table.geometry, notes),
        "country": _countries(_column(table, columns.country), iso), "level": "adm1", "kind": _column(table, columns.kind), "name": names,
        **dict.fromkeys(("name_hy_latin", "name_az_latin", "name_hy", "name_az", "name_ru")),
        "iso": iso, "one_of_seven": False, "passed_on": pd.NaT, "passed_how": None, "start": _dates(table, "start", path),
        "end": _dates(table, "end", path), "status": "own", "accuracy_m": np.nan, "area_official_km2": np.nan, "redrawn_on": pd.NaT,
        "note": None, "label": names, "viewpoints": SEEN_FROM_ALL, "source": file, "vintage": None, "licence": None,
    }  # fmt: skip
    units = gpd.GeoDataFrame(held, geometry=table.geometry, crs=WGS84)
    return units.astype({"passed_on": "datetime64[s]", "redrawn_on": "datetime64[s]"})


def borders_of(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The edges that units of different countries share, with the columns of the catalogue's ``border``; empty for one country."""
    whole = {country: shapely.union_all(np.asarray(units.geometry[units.country == country])) for country in sorted(set(units.country))}
    rows = []
    for first, second in combinations(whole, 2):
        edge = shapely.intersection(shapely.boundary(whole[first]), shapely.boundary(whole[second]))
        lines = [part for part in shapely.get_parts(edge) if shapely.get_dimensions(part) == 1]
        rows += [(f"{first}-{second}", line) for line in shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))]
    length = [round(float(GEOD.geometry_length(line)) / 1000, 2) for _, line in rows]
    columns = {"id": [f"{ident}-{number}" for number, (ident, _) in enumerate(rows, 1)], "length_km": length}
    return gpd.GeoDataFrame(columns, geometry=[line for _, line in rows], crs=WGS84)


def with_units(catalogue: Catalogue, own: OwnLayer) -> Catalogue:
    """The catalogue with the user's units in place of its own; zones and lines stay.

    Distances go on to be those from the embedded border where the layer comes near it, and elsewhere are from the edges that its
    countries share.
    """
    near = shapely.box(*catalogue.border.total_bounds).buffer(NEAR_DEG).intersects(shapely.box(*own.units.total_bounds))
    lakes = catalogue.lakes[catalogue.lakes.unit.notna()].reset_index(drop=True)
    of_border = catalogue.accuracy["border"] if near else own.accuracy_m
    accuracy: Mapping[str, float] = MappingProxyType({**catalogue.accuracy, "units": own.accuracy_m, "border": of_border})
    attribution = f"Units: {own.publisher + ' in ' if own.publisher else ''}{Path(own.path).name}, given by the user."
    replaced = replace(
        catalogue, units=own.units, exclaves=catalogue.exclaves.iloc[:0], divisions=catalogue.divisions.iloc[:0], lakes=lakes,
        border=catalogue.border if near else borders_of(own.units), accuracy=accuracy,
        attributions=(attribution, *catalogue.attributions),
    )  # fmt: skip
    return seen_from(replaced, catalogue.viewpoint)


def extent_note(own: OwnLayer, places: gpd.GeoSeries) -> str | None:
    """A warning when none of the located places lies within the extent of the layer; ``None`` when one does, or none is located."""
    west, south, east, north = own.units.total_bounds
    located = np.asarray(places[places.notna()], dtype=object)
    if not len(located) or shapely.intersects(located, shapely.box(west, south, east, north)).any():
        return None
    return (
        f"{own.path}: no incident lies within its extent ({west:.3f}, {south:.3f} to {east:.3f}, {north:.3f}), so none gets a unit; "
        "is it the right file, and is its coordinate system true?"
    )


def read_zones(source: str) -> OwnLayer:
    """Zones out of a file of the user; columns ``id, name, kind, start, end, status, accuracy_m, note`` where it has them.

    Raises
    ------
    InputError
        As `geo.read.vector_files.read_file`; a day that is none.
    """
    file = read_file(source)
    notes = list(file.notes)
    shapes = np.array(file.table.geometry, dtype=object)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    if broken.any():
        notes.append(f"{int(broken.sum())} of {len(shapes)} zones had invalid rings, which were repaired")
    table = file.table.set_geometry(gpd.GeoSeries(list(shapes), crs=WGS84))
    have = {str(column).lower(): str(column) for column in table.columns}
    told = {name: _column(table, have.get(name)) for name in ("id", "name", "kind", "status", "note", "group")}
    names = told["name"].fillna(Path(file.path).stem)
    idents = _idents(told["id"], names)
    metres = pd.to_numeric(table[have["accuracy_m"]], errors="coerce") if "accuracy_m" in have else pd.Series(np.nan, index=table.index)
    if metres.isna().any():
        notes.append("how exact the zones are, the file does not say; 1000 m are assumed (a column accuracy_m says otherwise)")
    held = {
        "id": [f"own_{ident}" for ident in idents], "kind": told["kind"].fillna("own"), "group": told["group"].fillna("own"), "name": names,
        "start": _dates(table, "start", file.path), "end": _dates(table, "end", file.path), "status": told["status"].fillna("reported"),
        "accuracy_m": metres.fillna(1000.0), "schematic": False, "note": told["note"], "label": names, "level": "zone",
        "viewpoints": SEEN_FROM_ALL, "source": Path(file.path).name, "basis": "given by the user",
    }  # fmt: skip
    zones = gpd.GeoDataFrame(held, geometry=table.geometry, crs=WGS84)
    return OwnLayer(zones, file.path, file.layer, tuple(notes), int(broken.sum()), float(zones.accuracy_m.max()), "")


def _like(table: gpd.GeoDataFrame, model: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rows with the columns and types of another table, so that both can stand in one."""
    held: dict[str, Any] = {}
    for name in model.columns.drop("geometry"):
        values = table[name] if name in table else pd.Series(index=table.index, dtype=object)
        text = model[name].dtype == object
        held[name] = values.astype(object).where(values.notna(), None).astype(object) if text else values.astype(model[name].dtype)
    return gpd.GeoDataFrame(held, geometry=table.geometry, crs=WGS84)


def with_zones(catalogue: Catalogue, own: OwnLayer) -> Catalogue:
    """The catalogue with the user's zones after its own; a kind that the viewpoint hides is hidden here too."""
    zones = pd.concat([catalogue.zones, _like(own.units, catalogue.zones)], ignore_index=True)
    whole = gpd.GeoDataFrame(zones, geometry="geometry", crs=WGS84)
    attribution = f"Zones: {Path(own.path).name}, given by the user."
    return seen_from(replace(catalogue, zones=whole, attributions=(attribution, *catalogue.attributions)), catalogue.viewpoint)
