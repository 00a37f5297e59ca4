"""Files of reports to a dossier.

Which forms a file may have is the business of `geo.read.reports`; reading the text, of `geo.extract`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

import geopandas as gpd

from geo.extract import Reading, read_article_text
from geo.extract.views import incident_rows
from geo.gazetteer import Gazetteer
from geo.read.files import decode, read_bytes, sha256_of
from geo.read.reports import Report, read_reports
from geo.schema import Dossier, InputFile, join_dossiers


@dataclass(frozen=True, slots=True)
class ReadReport:
    """One report of a file, read.

    Attributes
    ----------
    report
        As the file holds it.
    label
        Name of the file, with the number of the report when it holds several; ids begin with it.
    published
        Day that relative dates counted from; ``None`` when nobody tells.
    reading, rows
        What was read, and the same as rows of the incident table.
    """

    report: Report
    label: str
    published: date | None
    reading: Reading
    rows: gpd.GeoDataFrame


def read_article(path: str, *, published: date | None, gazetteer: Gazetteer, name: str | None = None) -> Dossier:
    """Read one file of one article or several.

    Parameters
    ----------
    path
        ``.txt``, ``.md``, ``.html``, ``.json``, ``.jsonl``, or ``-`` for plain text on standard input.
    published
        Day of publication, which "on Friday" counts from; ``None``: as the file tells, else relative dates stay unknown.
    gazetteer
        The places that may be named.
    name
        What outputs call the file; ``None``: its name without the folders.

    Raises
    ------
    InputError
        Missing, empty or unreadable file.
    """
    found, record = read_file(path, published=published, gazetteer=gazetteer, name=name)
    parts = [Dossier(one.rows, one.reading.zone_facts, one.reading.context_places) for one in found]
    return replace(join_dossiers(parts), files=(record,))


def read_file(path: str, *, published: date | None, gazetteer: Gazetteer, name: str | None = None) -> tuple[list[ReadReport], InputFile]:
    """Every report of a file with all detail, and the record of the file. Parameters and errors are those of `read_article`."""
    content = read_bytes(path)
    text, encoding, noticed = decode(content, path=path)
    file = name or PurePath(path).name
    found = [_read(one, file, published, gazetteer) for one in read_reports(text, path=path)]
    _number(found)
    notes = [*noticed, *_notes(found)]
    return found, InputFile(path, file, "article", encoding, sum(len(one.rows) for one in found), tuple(notes), sha256_of(content))


def _read(report: Report, file: str, published: date | None, gazetteer: Gazetteer) -> ReadReport:
    day = published or report.published
    path = PurePath(file)
    label = file if report.number is None else f"{path.stem}-{report.number}{path.suffix}"
    reading = read_article_text(report.text, published=day, gazetteer=gazetteer, source_file=file)
    rows = incident_rows(reading.incidents, source_file=label, gazetteer=gazetteer)
    rows["source_file"] = [file] * len(rows)
    rows["sources"] = [report.sources or (label,)] * len(rows)
    if report.url:
        rows["claims"] = [tuple(replace(claim, url=report.url) for claim in claims) for claims in rows.claims]
    return ReadReport(report, label, day, reading, rows)


def _number(found: Sequence[ReadReport]) -> None:
    """Number the incidents through the file, so that a number names one row."""
    first = 1
    for one in found:
        one.rows["source_row"] = [float(n) for n in range(first, first + len(one.rows))]
        first += len(one.rows)


def _notes(found: Sequence[ReadReport]) -> list[str]:
    said: list[str] = []
    for one in found:
        about = f"report {one.report.number}: " if one.report.number is not None else ""
        said += [f"{about}{note}" for note in one.reading.notes]
        if one.published is None:
            said.append(f"{about}no day of publication given (--published); dates like 'on Friday' stay unknown")
    return said
