"""``marchland demo``: the bundled example."""

from __future__ import annotations

import click

from scripts.options import Run

TITLE = "Reported incidents on the Armenia-Azerbaijan border, 2020-2024"


@click.command(short_help="Write the bundled example: map, GeoJSON, GeoPackage.")
@click.option("-o", "--output", default="demo", show_default=True, metavar="DIR", help="Folder to write to; made when missing.")
def command(output: str) -> None:
    """Write the bundled example, incidents on the Armenia-Azerbaijan border 2020-2024, as map, GeoJSON and GeoPackage.

    \b
    marchland demo -o demo
    """
    from geo.examples import example_table
    from maps.build import build_map
    from maps.export import write_export
    from maps.output import make_folder, write_text
    from maps.page import page_html

    folder = make_folder(output)
    with example_table() as table:
        run = Run(inputs=(str(table),))
        dossier, catalogue = run.prepare()
    written = [folder / name for name in ("map.html", "incidents.geojson", "incidents.gpkg")]
    write_text(page_html(build_map(dossier, catalogue=catalogue, title=TITLE)), str(written[0]))
    for path in written[1:]:
        write_export(dossier, str(path), catalogue=catalogue, provenance=run.provenance(dossier, catalogue))
    run.report(dossier)
    for path in written:
        run.say(f"wrote {path} ({path.stat().st_size / 1000:.0f} kB)")
