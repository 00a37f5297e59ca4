"""``marchland extract``: articles to incidents and claims, for a person to review."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from scripts.options import Day

if TYPE_CHECKING:
    from geo.extract import ExtractedIncident, Reading


@click.command(short_help="Read articles into incidents and claims.")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--published", type=Day(), help="Day on which they were published.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each article, a line each.")
@click.option("-o", "--output", default="-", metavar="FILE", help="File to write; default: standard output.")
def command(articles: tuple[str, ...], published: date | None, as_json: bool, output: str) -> None:
    """Print the incidents found in articles, each field beside the words that carry it: as a table (CSV) or as JSON.

    \b
    marchland extract article.txt --published 2021-05-14
    marchland extract article.txt --published 2021-05-14 --json
    """
    from geo.extract import reading_as_json
    from maps.output import write_text

    readings = [_read(path, published) for path in articles]
    objects = (reading_as_json(reading, article_id=PurePath(path).stem, published=published) for path, _, reading in readings)
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    write_text("".join(lines) if as_json else _as_csv(readings), output)
    for path, _, reading in readings:
        for note in reading.notes:
            click.echo(f"{path}: {note}", err=True)


def _read(path: str, published: date | None) -> tuple[str, str, Reading]:
    from geo.extract import read_article_text
    from geo.gazetteer import embedded_gazetteer
    from geo.read.files import decode, read_bytes

    text, _, _ = decode(read_bytes(path), path=path)
    return path, text, read_article_text(text, published=published, gazetteer=embedded_gazetteer(), source_file=PurePath(path).name)


_COLUMNS = (
    "id", "title", "event_type", "start", "end", "date_precision", "place", "actors", "strength_low", "strength_high", "killed_low",
    "killed_high", "wounded_low", "wounded_high", "captured_low", "captured_high", "reported_by", "denied_by", "status", "evidence",
)  # fmt: skip


def _as_csv(readings: list[tuple[str, str, Reading]]) -> str:
    """A row for each incident in columns that ``marchland map`` reads, and the words of the article beside them."""
    held = io.StringIO()
    writer = csv.DictWriter(held, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for path, text, reading in readings:
        writer.writerows(_row(incident, PurePath(path).stem, text) for incident in reading.incidents)
    return held.getvalue()


def _row(incident: ExtractedIncident, stem: str, text: str) -> dict[str, Any]:
    from geo.extract.views import title_of

    counts: dict[str, Any] = {}
    for role in ("strength", "killed", "wounded", "captured"):
        tally = getattr(incident, role)
        people = tally if tally and tally.unit == "people" else None
        counts |= {f"{role}_low": people and people.low, f"{role}_high": people and people.high}
    return counts | {
        "id": f"{stem}-{incident.number}",
        "title": title_of(incident),
        "event_type": incident.event_type,
        "start": incident.start,
        "end": incident.end,
        "date_precision": incident.precision,
        "place": "; ".join(dict.fromkeys(place.mention for place in incident.places)),
        "actors": "; ".join(actor.name for actor in incident.actors),
        "reported_by": _speakers(incident, "asserts"),
        "denied_by": _speakers(incident, "denies"),
        "status": incident.status,
        "evidence": " | ".join(f"{field}: {' '.join(text[start:end].split())}" for field, start, end in incident.evidence),
    }


def _speakers(incident: ExtractedIncident, stance: str) -> str:
    return "; ".join(dict.fromkeys(claim.by for claim in incident.claims if claim.stance == stance))
