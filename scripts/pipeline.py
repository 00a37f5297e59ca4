"""Inputs to a finished dossier: read, place, outline, assign.

The order of the steps and nothing else; each step is a function of `geo` or `boundaries`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd

from boundaries.assign import assign_units
from boundaries.catalogue import Catalogue, as_of, load_catalogue, seen_from
from boundaries.contradictions import stated_elsewhere
from boundaries.outlines import fill_outlines
from boundaries.own import OwnLayer, extent_note, read_layer, read_zones, with_units, with_zones
from geo.dates import FieldOrder
from geo.decisions import read_decisions
from geo.geocode import geocode
from geo.read.inputs import read_inputs
from geo.schema import WGS84, Dossier
from scripts.gazetteers import gazetteer_for

Say = Callable[[str], None]


def _unsaid(_: str) -> None:
    pass


def _told(own: OwnLayer, say: Say) -> OwnLayer:
    for note in own.notes:
        say(f"{own.path}: {note}")
    return own


def catalogue_for(
    *,
    day: date | None = None,
    viewpoint: str = "neutral",
    boundaries: str | None = None,
    zones: str | None = None,
    name_column: str | None = None,
    say: Say = _unsaid,
) -> tuple[Catalogue, OwnLayer | None]:
    """The boundaries and zones of a run, and the user's units when they stand in for the embedded ones.

    Parameters
    ----------
    day
        Of this day alone; ``None``: of all days.
    viewpoint
        ``neutral``, ``de_facto`` or ``de_jure``.
    boundaries, name_column
        ``FILE`` or ``FILE:LAYER`` of the user's units, and the column of their names.
    zones
        File of the user's zones, beside the embedded ones.
    say
        Is told what was noticed in the user's files.

    Raises
    ------
    InputError
        A file can't be used.
    """
    catalogue = load_catalogue()
    own = None if boundaries is None else _told(read_layer(boundaries, name_column=name_column), say)
    if own is not None:
        catalogue = with_units(catalogue, own)
    if zones is not None:
        catalogue = with_zones(catalogue, _told(read_zones(zones), say))
    seen = seen_from(catalogue, viewpoint)
    return (seen if day is None else as_of(seen, day)), own


def prepare(
    inputs: Sequence[str],
    *,
    published: date | None = None,
    date_order: FieldOrder | None = None,
    day: date | None = None,
    viewpoint: str = "neutral",
    boundaries: str | None = None,
    zones: str | None = None,
    name_column: str | None = None,
    gazetteers: Sequence[str] = (),
    decisions: str | None = None,
    columns: Mapping[str, str] | None = None,
    say: Say = _unsaid,
) -> tuple[Dossier, Catalogue]:
    """Read all inputs and answer where, in which unit and in which zone each incident lies.

    Parameters
    ----------
    inputs
        Paths of tables and articles.
    published, date_order
        As in `geo.read.inputs.read_inputs`.
    day
        Boundaries and zones of that day for all incidents; ``None``: of each incident's own day.
    viewpoint, boundaries, zones, name_column, say
        As in `catalogue_for`.
    gazetteers
        Files of further places, as in `scripts.gazetteers.gazetteer_for`.
    decisions
        Reviewed file of `geo.decisions`; ``None``: nothing was decided.
    columns
        Names of columns by their meaning, as in `geo.read.table.read_table`.

    Returns
    -------
    dossier
        With every column filled.
    catalogue
        The boundaries and zones that it was assigned to.
    """
    catalogue, own = catalogue_for(day=day, viewpoint=viewpoint, boundaries=boundaries, zones=zones, name_column=name_column, say=say)
    gazetteer = gazetteer_for(gazetteers, say=say)
    known = read_decisions(decisions, gazetteer) if decisions else None
    dossier = read_inputs(inputs, gazetteer=gazetteer, published=published, date_order=date_order, columns=columns)
    # where an incident lies must not depend on the viewpoint, which hides some zones, nor on the user's units
    placed = fill_outlines(geocode(dossier.incidents, gazetteer=gazetteer, decisions=known), load_catalogue(), as_of=day)
    if own is not None and (note := extent_note(own, placed.geometry)):
        say(note)
    anew = day is not None or boundaries is not None or viewpoint != "neutral"
    assigned = _assigned(placed, catalogue, day, anew=anew)
    problems = (*dossier.problems, *stated_elsewhere(assigned, catalogue))
    return replace(dossier, incidents=assigned, problems=problems), catalogue


def _assigned(placed: gpd.GeoDataFrame, catalogue: Catalogue, day: date | None, *, anew: bool) -> gpd.GeoDataFrame:
    """Units, zones and distances of all rows; those of an export read back are kept unless they are wanted ``anew``."""
    kept = placed.assigned.to_numpy() & (not anew)
    if not kept.any():
        return assign_units(placed, catalogue, as_of=day)
    parts = [placed[kept], assign_units(placed[~kept], catalogue, as_of=day)]
    return gpd.GeoDataFrame(pd.concat([part for part in parts if len(part)]).sort_index(), geometry="geometry", crs=WGS84)
