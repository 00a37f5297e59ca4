"""VIINA reports: one row is one news report, with the place that a geocoder gave it.

``date`` is the day of the report, which may not be that of the event; the note of the file says so.
"""

from __future__ import annotations

from geo.claims import Claim
from geo.read.cells import Array, Cells
from geo.read.codes import use_precision
from geo.read.kinds import Columns, Kind


def _refine(cells: Cells, columns: Columns, lonlat: Array) -> None:
    columns["title"] = cells.given("text")
    columns["sources"] = cells.each(["sources", "url"], lambda names, links: (*_split(names), *_split(links)))
    columns["claims"] = cells.each(["sources", "text", "url"], _claims)
    use_precision(cells, columns, lonlat, scheme="viina", column="geo_precision")


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _claims(sources: str, text: str, links: str) -> tuple[Claim, ...]:
    urls = [link for link in _split(links) if link.startswith(("http://", "https://"))]
    return tuple(
        Claim(by=source, side=None, stance="asserts", text=text or None, url=urls[0] if urls else None) for source in _split(sources)
    )


VIINA = Kind(
    "viina",
    frozenset({"geonameid", "adm1_name", "event_id_1pd"}),
    {
        "id": ("event_id_1pd", "event_id"),
        "start": ("date",),
        "place_text": ("asciiname", "address"),
        "adm1": ("adm1_name",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "geo_precision": ("geo_precision",),
        "sources": ("sources_matching", "source"),
        "url": ("source_urls", "url"),
        "text": ("representative_text", "text"),
    },
    _refine,
)
