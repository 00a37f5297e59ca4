"""``marchland assign``: points to units with shares, zones and border distance."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from scripts.options import Day


@click.command(short_help="Say which unit and zones hold each point of a table.")
@click.argument("table", metavar="POINTS.csv")
@click.option("-o", "--output", default="-", show_default=True, metavar="OUT.csv", help="File to write; - is standard output.")
@click.option("--as-of", "day", type=Day(), help="Boundaries and zones of that day; default: each point's own date.")
@click.option("--viewpoint", type=click.Choice(["neutral", "de_facto", "de_jure"]), default="neutral", help="To whom exclaves are counted.")
@click.option("--date-order", type=click.Choice(["day_first", "month_first"]), help="How dates like 05/12/2021 are read.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("--no-color", is_flag=True, expose_value=False, help="Plain text; messages never hold colour codes anyway.")
def command(table: str, output: str, day: date | None, viewpoint: str, date_order: str | None, quiet: bool) -> None:
    """Add to each row its units with shares, the distance to the border and the zones in force, one row for each row.

    \b
    marchland assign points.csv -o answers.csv
    marchland assign - --as-of 2021-05-14 < points.csv > answers.csv

    The table has the columns lon and lat (degrees), and may have radius_m (metres around the point that should hold the true one)
    and date. A row whose coordinates can't be used stays, with the reason.
    """
    from typing import cast

    from boundaries.catalogue import load_catalogue, seen_from
    from geo.dates import FieldOrder
    from maps.output import check_writable, whole_file
    from scripts.points import ANSWERS, read_points, write_answers

    check_writable(output)
    points = read_points(table, date_order=cast("FieldOrder | None", date_order))
    catalogue = seen_from(load_catalogue(), viewpoint, day=day)
    with ExitStack() as stack:
        if output == "-":
            located = write_answers(points, sys.stdout, catalogue, as_of=day)
        else:
            part = stack.enter_context(whole_file(Path(output)))
            with part.open("w", encoding="utf-8", newline="") as out:
                located = write_answers(points, out, catalogue, as_of=day)
    if quiet:
        return
    repeated = [name for name in points.header if name in ANSWERS]
    if repeated:
        click.echo(f"columns that the table has and that were added again at its end: {', '.join(repeated)}", err=True)
    for note in points.notes:
        click.echo(f"{points.name}: {note}", err=True)
    click.echo(f"{len(points.cells)} rows in and out, {len(points.cells) - located} of them without usable coordinates", err=True)
