"""``marchland map``: inputs to one offline HTML page."""

from __future__ import annotations

import click

from scripts.options import Run, run_options


@click.command(short_help="Write one offline HTML map of all inputs.")
@run_options
@click.option("-o", "--output", required=True, metavar="MAP.html", help="File to write, - for standard output.")
@click.option("--title", help="Title of the map.")
def command(run: Run, output: str, title: str | None) -> None:
    """Read any mix of tables and articles and write one HTML map that opens with no network.

    \b
    marchland map incidents.csv article.txt --published 2021-05-14 -o map.html
    """
    from maps.build import build_map
    from maps.output import check_writable, write_text
    from maps.page import page_html

    check_writable(output)
    dossier, catalogue = run.prepare()
    page = page_html(build_map(dossier, catalogue=catalogue, title=title, as_of=run.as_of, viewpoint=run.viewpoint))
    write_text(page, output)
    run.report(dossier)
    run.say(f"wrote {output} ({len(page.encode()) / 1000:.0f} kB)")
