"""``marchland check``: what was read, and where each row went."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from scripts.options import REVIEW, Run, run_options

if TYPE_CHECKING:
    from geo.schema import Dossier


@click.command(short_help="Say what was read, mapped, unlocated and rejected, and why.")
@run_options
@REVIEW
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def command(run: Run, review: str | None, as_json: bool) -> None:
    """Say what was read as what, and for each row that is not on the map, why.

    \b
    marchland check incidents.csv
    marchland check incidents.csv article.txt --published 2021-05-14 --json
    marchland check incidents.csv --review places-review.csv
    """
    from geo.read.report import check_report, check_text, require_complete

    # the report is wanted most when --strict finds something, so it comes first
    dossier, _ = replace(run, strict=False).prepare()
    click.echo(json.dumps(check_report(dossier), ensure_ascii=False, indent=2) if as_json else check_text(dossier))
    if review:
        _write_review(run, dossier, review)
    if run.strict:
        require_complete(dossier)


def _write_review(run: Run, dossier: Dossier, path: str) -> None:
    """The wordings that are not located, or were decided before, with their candidates."""
    from geo.decisions import BY_REVIEW, read_decisions, review_csv
    from maps.output import write_text
    from scripts.gazetteers import gazetteer_for

    table = dossier.incidents
    is_open = table.geometry.isna() | table.geocode_reason.str.startswith(BY_REVIEW, na=False)
    names = ["place_text", "stated_country", "stated_adm1"]
    keys = [tuple(cell or None for cell in cells) for cells in table.loc[is_open, names].itertuples(index=False, name=None)]
    counts = Counter((text, country, adm1) for text, country, adm1 in keys if text)
    gazetteer = gazetteer_for(run.gazetteer)
    known = read_decisions(run.decisions, gazetteer) if run.decisions else None
    write_text(review_csv(counts, gazetteer, decisions=known), path)
    run.say(f"wrote {path}")
