"""What the readers of incident datasets share: precision codes and named actors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from geo.claims import Actor
from geo.precision import Precision, Scheme, precision_of
from geo.read.cells import Array, Cells
from geo.read.kinds import Columns
from geo.sides import side_of


def named_actors(*names: str) -> tuple[Actor, ...]:
    """Actors by name, in alphabetical order, since the order of columns carries no direction."""
    return tuple(Actor(name, side_of(name)) for name in sorted({name for name in names if name}))


def use_precision(cells: Cells, columns: Columns, lonlat: Array, *, scheme: Scheme, column: str) -> None:
    """Give located rows the kind and radius of their precision code; an unknown code is reported and taken as none."""

    def of_code(value: Callable[[Precision, str], Any]) -> Array:
        """A value from the precision and its code of each row, ``None`` where the row has no code or no coordinates."""
        found = cells.each([column], lambda code: value(precision, code) if (precision := precision_of(scheme, code)) else None)
        found[~given] = None
        return found

    given = ~np.isnan(lonlat[:, 0])
    known = ~pd.isna(cells.each([column], lambda code: precision_of(scheme, code)))
    reason = f"is no precision code of {scheme.upper()}; the coordinates were taken as they are"
    cells.report((cells.text(column) != "").to_numpy() & ~known, column, reason)
    columns["location_kind"] = of_code(lambda precision, _: precision.kind)
    columns["radius_m"] = of_code(lambda precision, _: precision.radius_m).astype(float)
    columns["geocode_method"] = of_code(lambda *_: "coordinates")
    columns["geocode_reason"] = of_code(lambda precision, code: f"precision {code} of {scheme.upper()}: {precision.meaning}")
    columns["place"] = cells.given("place_text")
