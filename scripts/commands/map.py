"""``marchland map``: inputs to one offline HTML page, or to a picture for print."""

from __future__ import annotations

from pathlib import PurePath

import click

from scripts.options import Run, run_options

LANGUAGES = ("az", "en", "fr", "hy", "ru")
"""As in `maps.languages`, which would bring folium into every ``--help``."""
PICTURES = (".pdf", ".png", ".svg")


@click.command(short_help="Write one offline HTML map of all inputs.")
@run_options
@click.option("-o", "--output", required=True, metavar="MAP.html", help="File to write, - for standard output; .png .svg .pdf: a picture.")
@click.option("--title", help="Title of the map.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the map's own texts.")
@click.option("--tiles", metavar="NAME", help="Online base map, like OpenTopoMap; the page then uses the network. Off by default.")
def command(run: Run, output: str, title: str | None, lang: str, tiles: str | None) -> None:
    """Read any mix of tables and articles and write one HTML map that opens with no network.

    \b
    marchland map incidents.csv article.txt --published 2021-05-14 -o map.html
    marchland map incidents.csv --lang hy -o map.pdf
    """
    from maps.output import check_writable

    suffix = PurePath(output).suffix.lower()
    if suffix in PICTURES and tiles:
        raise click.UsageError("--tiles is for HTML; a picture is drawn on the embedded base map")
    check_writable(output)
    size = _write_picture(run, output, title, lang) if suffix in PICTURES else _write_page(run, output, title, lang, tiles)
    run.say(f"wrote {output} ({size / 1000:.0f} kB)")


def _write_page(run: Run, output: str, title: str | None, lang: str, tiles: str | None) -> int:
    from maps.build import build_map
    from maps.output import write_text
    from maps.page import page_html

    dossier, catalogue = run.prepare()
    drawn = build_map(dossier, catalogue=catalogue, title=title, as_of=run.as_of, viewpoint=run.viewpoint, lang=lang, tiles=tiles)
    page = page_html(drawn)
    write_text(page, output)
    run.report(dossier)
    return len(page.encode())


def _write_picture(run: Run, output: str, title: str | None, lang: str) -> int:
    from maps.picture import require_matplotlib, write_picture

    require_matplotlib()
    dossier, catalogue = run.prepare()
    size = write_picture(dossier, output, catalogue=catalogue, title=title, as_of=run.as_of, viewpoint=run.viewpoint, lang=lang)
    run.report(dossier)
    return size
