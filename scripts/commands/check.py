"""``marchland check``: what was read, and where each row went."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from scripts.options import Run, run_options


@click.command(short_help="Say what was read, mapped, unlocated and rejected, and why.")
@run_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def command(run: Run, as_json: bool) -> None:
    """Say what was read as what, and for each row that is not on the map, why.

    \b
    marchland check incidents.csv
    marchland check incidents.csv article.txt --published 2021-05-14 --json
    """
    from geo.read.report import check_report, check_text, require_complete

    # the report is wanted most when --strict finds something, so it comes first
    dossier, _ = replace(run, strict=False).prepare()
    click.echo(json.dumps(check_report(dossier), ensure_ascii=False, indent=2) if as_json else check_text(dossier))
    if run.strict:
        require_complete(dossier)
