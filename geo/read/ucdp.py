"""UCDP GED exports (42, 43 and 49 columns, also Candidate and the form of HDX).

Follows the UCDP GED Codebook: ``low``, ``best`` and ``high`` are deaths, ``where_prec`` 4 and above marks points that only stand
for an area or line, ``date_prec`` tells how far the two dates lie apart.
"""

from __future__ import annotations

import numpy as np

from geo.claims import Claim
from geo.read.cells import Array, Cells
from geo.read.codes import named_actors, use_precision
from geo.read.kinds import Columns, Kind

VIOLENCE = {"1": "state-based violence", "2": "non-state violence", "3": "one-sided violence"}
DATE_PRECISIONS = {"1": "day", "2": "range", "3": "week", "4": "month", "5": "year"}


def _refine(cells: Cells, columns: Columns, lonlat: Array) -> None:
    stated = cells.each(["date_prec"], lambda code: DATE_PRECISIONS.get(code))
    told = np.array([day is not None for day in columns["start"]], dtype=bool)
    columns["date_precision"] = np.where(told & np.array(stated, dtype=bool), stated, columns["date_precision"])
    columns["event_type"] = np.full(len(cells), "casualties_report", dtype=object)
    columns["event_text"] = cells.each(["type_of_violence"], lambda code: VIOLENCE.get(code))
    columns["actors"] = cells.each(["side_a", "side_b"], named_actors)
    columns["title"] = cells.each(["type_of_violence", "place_text", "where_coordinates"], _title)
    columns["place_text"] = cells.each(["where_coordinates", "place_text"], lambda named, described: named or described or None)
    columns["sources"] = cells.each(["sources"], lambda offices: tuple(part.strip() for part in offices.split(";") if part.strip()))
    columns["claims"] = cells.each(["sources", "source_headline"], _claims)
    use_precision(cells, columns, lonlat, scheme="ucdp", column="where_prec")


def _title(code: str, described: str, named: str) -> str:
    place = named or described
    what = VIOLENCE.get(code, "violence").capitalize() + " with deaths reported"
    return f"{what}, {place}" if place else what


def _claims(offices: str, headlines: str) -> tuple[Claim, ...]:
    return (Claim(by=offices, side=None, stance="asserts", text=headlines or None),) if offices else ()


UCDP = Kind(
    "ucdp",
    frozenset({"type_of_violence", "where_prec", "date_prec", "best"}),
    {
        "id": ("id",),
        "start": ("date_start",),
        "end": ("date_end",),
        "date_prec": ("date_prec",),
        "type_of_violence": ("type_of_violence",),
        "side_a": ("side_a",),
        "side_b": ("side_b",),
        "country": ("country",),
        "adm1": ("adm_1",),
        "where_coordinates": ("where_coordinates",),
        "place_text": ("where_description", "where_coordinates"),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "where_prec": ("where_prec",),
        "sources": ("source_office",),
        "source_headline": ("source_headline",),
        "killed_low": ("low",),
        "killed_high": ("high",),
    },
    _refine,
)
