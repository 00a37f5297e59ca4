"""What is read from an article, with all detail: incidents with every place, count, date and claim and where in the text it stands.

`geo.extract.views` makes table rows and JSON of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.claims import Actor, Claim, Status
from geo.location import Location
from geo.schema import DatePrecision

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place of an incident.

    Attributes
    ----------
    span, mention
        Offsets in the article and the words there, those of the relation included.
    name
        Name of the gazetteer place; the mention when it is in none.
    location
        Where that is.
    lon, lat
        A point of it, degrees; of an area one inside. ``None`` when it could not be located.
    country, adm1
        Unit of the gazetteer place.
    place_id
        Gazetteer id.
    relation
        The words of the relation; ``None`` when there are none.
    origin
        Whether it is where fire came from and not where it fell.
    """

    span: Span
    mention: str
    name: str
    location: Location
    lon: float | None
    lat: float | None
    country: str | None
    adm1: str | None
    place_id: str | None
    relation: str | None = None
    origin: bool = False


@dataclass(frozen=True, slots=True)
class SideCount:
    """One side's figure, as one source gives it."""

    side: str | None
    low: int
    high: int | None
    source: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of people, over all sides.

    Attributes
    ----------
    low, high
        Bounds; ``high`` is ``None`` when open.
    side
        Whose people, when they are of one side.
    approx, vague
        "About 100"; "dozens".
    unit
        ``people``, ``company`` …
    span
        Offsets of the words.
    by
        The figures by side.
    """

    low: int
    high: int | None
    side: str | None
    approx: bool
    vague: bool
    unit: str
    span: Span
    by: tuple[SideCount, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedIncident:
    """One incident as an article tells it.

    Attributes
    ----------
    number
        Place in the article, from 1.
    event_type, event_text
        Type and the wording that told it.
    start, end, precision
        First and last day, that day included; ``None`` and ``unknown`` when the article does not tell.
    date_span
        Offsets of the date; ``None`` when the day is only that of publication or unknown.
    places, actors, claims
        As told; claims in the order of the text.
    strength, killed, wounded, captured
        ``None`` when the article says nothing.
    status
        From the claims.
    evidence
        ``(field, start, end)`` for every field.
    notes
        What was decided, or is odd.
    """

    number: int
    event_type: str
    event_text: str
    start: date | None
    end: date | None
    precision: DatePrecision
    date_span: Span | None
    places: tuple[PlaceRef, ...]
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    strength: Tally | None
    killed: Tally | None
    wounded: Tally | None
    captured: Tally | None
    status: Status
    evidence: tuple[tuple[str, int, int], ...]
    notes: tuple[str, ...] = ()
