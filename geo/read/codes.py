"""What the readers of incident datasets share: precision codes and named actors."""

from __future__ import annotations

import numpy as np

from geo.claims import Actor
from geo.precision import Scheme, precision_of
from geo.read.cells import Array, Cells
from geo.read.kinds import Columns
from geo.sides import side_of


def named_actors(*names: str) -> tuple[Actor, ...]:
    """Actors by name, in alphabetical order, since the order of columns carries no direction."""
    return tuple(Actor(name, side_of(name)) for name in sorted({name for name in names if name}))


def use_precision(cells: Cells, columns: Columns, lonlat: Array, *, scheme: Scheme, column: str) -> None:
    """Give located rows the kind and radius of their precision code; an unknown code is reported and taken as none."""
    codes = cells.each([column], lambda code: precision_of(scheme, code) if code else None)
    unknown = (cells.text(column) != "").to_numpy() & np.array([code is None for code in codes], dtype=bool)
    cells.report(unknown, column, f"is no precision code of {scheme.upper()}; the coordinates were taken as they are")
    given = ~np.isnan(lonlat[:, 0]) & np.array([code is not None for code in codes], dtype=bool)
    columns["location_kind"] = [code.kind if use else None for code, use in zip(codes, given, strict=True)]
    columns["radius_m"] = [code.radius_m if use else np.nan for code, use in zip(codes, given, strict=True)]
    columns["geocode_method"] = ["coordinates" if use else None for use in given]
    reason = "precision {} of " + scheme.upper() + ": {}"
    values = zip(codes, given, cells.text(column), strict=True)
    columns["geocode_reason"] = [reason.format(text, code.meaning) if use else None for code, use, text in values]
    columns["place"] = cells.given("place_text")
