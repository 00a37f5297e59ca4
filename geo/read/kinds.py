"""The kinds of table that are recognised by their columns: whose they are and what their columns mean.

A `Kind` names columns for the general reader (`geo.read.table`) and may refine what it made of them: precision codes, numbers
that mean something else than they say, several rows of words that make a title.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.read.cells import Array, Cells
from geo.read.vocabulary import COLUMN_NAMES, column_key

Columns = dict[str, Any]
"""Values by column of the incident table, as the general reader made them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table.

    Attributes
    ----------
    name
        As reports call it: ``table``, ``acled``, ``ucdp``, ``viina``.
    signature
        Column keys that no other kind has together.
    columns
        Meaning to the names of the column, best first.
    refine
        Changes the columns in place, given the cells and the coordinates (longitude, latitude; ``NaN`` where none).
    """

    name: str
    signature: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    refine: Callable[[Cells, Columns, Array], None] | None = None


PLAIN = Kind("table", frozenset(), COLUMN_NAMES)


def kind_of_header(header: Sequence[str]) -> Kind:
    """The kind of table that has these columns; a plain table when none is recognised."""
    from geo.read.acled import ACLED
    from geo.read.review import REVIEW
    from geo.read.ucdp import UCDP
    from geo.read.viina import VIINA

    keys = {column_key(name) for name in header}
    return next((kind for kind in (REVIEW, ACLED, UCDP, VIINA) if kind.signature <= keys), PLAIN)
