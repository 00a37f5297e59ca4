"""``marchland extract``: articles to incidents and claims, for a person to review."""

from __future__ import annotations

import json
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from scripts.options import Day

if TYPE_CHECKING:
    from geo.read.article import ReadReport


@click.command(short_help="Read articles into incidents and claims.")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--published", type=Day(), help="Day on which they were published; default: as each file tells.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each article, a line each.")
@click.option("-o", "--output", default="-", metavar="FILE", help="File to write; default: standard output.")
def command(articles: tuple[str, ...], published: date | None, as_json: bool, output: str) -> None:
    """Print the incidents found in articles, each field beside the sentence that carries it: as a table (CSV) or as JSON.

    Text, Markdown, web pages and JSON of articles are read. Reports of one incident get the same value in the column "group", with the
    reason beside it; change it where it is wrong, write "yes" into "reviewed", and give the file to marchland map.

    \b
    marchland extract article.txt --published 2021-05-14 -o review.csv
    marchland extract monday.html tuesday.txt feed.jsonl -o review.csv
    marchland extract article.txt --published 2021-05-14 --json
    """
    from maps.output import write_text

    readings, notes = _read_all(articles, published)
    write_text(_as_json(readings) if as_json else _as_csv(readings), output)
    for path, said in notes:
        click.echo(f"{path}: {said}", err=True)


def _read_all(paths: tuple[str, ...], published: date | None) -> tuple[list[ReadReport], list[tuple[str, str]]]:
    from geo.gazetteer import embedded_gazetteer
    from geo.read.article import read_file
    from geo.read.inputs import output_names

    readings, notes = [], []
    for path, name in output_names(list(paths)).items():
        found, record = read_file(path, published=published, gazetteer=embedded_gazetteer(), name=name)
        readings += found
        notes += [(path, note) for note in record.notes]
    return readings, notes


def _as_json(readings: list[ReadReport]) -> str:
    from geo.extract import reading_as_json

    objects = (reading_as_json(one.reading, article_id=PurePath(one.label).stem, published=one.published) for one in readings)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def _as_csv(readings: list[ReadReport]) -> str:
    """A row for each incident in columns that ``marchland map`` reads back without loss."""
    import pandas as pd

    from geo.extract.grouping import with_groups
    from geo.extract.review import review_csv, review_rows
    from geo.gazetteer import embedded_gazetteer

    tables = [one.rows for one in readings if len(one.rows)]
    if not tables:
        return review_csv([])
    grouped, reasons = with_groups(pd.concat(tables, ignore_index=True), embedded_gazetteer())
    names = dict(zip(grouped.id, grouped.group, strict=True))
    rows = []
    for one in readings:
        table = one.rows.assign(group=[names[i] for i in one.rows.id]) if len(one.rows) else one.rows
        notes = {i: "; ".join(incident.notes) for i, incident in zip(table.id, one.reading.incidents, strict=True)}
        rows += review_rows(table, one.report.text, notes=notes, reasons=reasons)
    return review_csv(rows)
