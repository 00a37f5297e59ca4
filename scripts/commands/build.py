"""``marchland build``: a saved project to its outputs and their manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from boundaries.catalogue import Catalogue
    from geo.schema import Dossier
    from scripts.options import Run
    from scripts.project import Output, Project

MANIFEST = "manifest.json"


@click.command(short_help="Write the outputs of a saved project and a manifest.")
@click.argument("project_file", metavar="PROJECT.toml")
@click.option("--locked", is_flag=True, help="Write nothing unless the build is what the manifest says, to the byte.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also what was noticed in each file, and why incidents are unlocated.")
@click.option("--no-color", is_flag=True, expose_value=False, help="Plain text; messages never hold colour codes anyway.")
def command(project_file: str, locked: bool, quiet: bool, verbose: bool) -> None:
    """Write all outputs of a project, and beside it manifest.json, which says what they were made of.

    \b
    marchland build project.toml
    marchland build project.toml --locked

    \b
    inputs = ["incidents.csv"]
    outputs = ["map.html", "incidents.gpkg", { path = "acled-like.csv", as = "acled" }]
    [options]
    viewpoint = "neutral"

    Paths are relative to the project file; options are those of marchland map, with _ for -.
    """
    import shutil
    import tempfile

    from maps.manifest import build_manifest, manifest_text, read_manifest, require_same
    from maps.output import check_writable, whole_file, write_text
    from scripts.project import read_project

    project = read_project(project_file)
    manifest_path = project.folder / MANIFEST
    for target in (manifest_path, *(project.folder / output.path for output in project.outputs)):
        check_writable(str(target))
    locked_to = read_manifest(manifest_path) if locked else None
    run = project.run(quiet=quiet, verbose=verbose)
    dossier, catalogue = run.prepare()
    with tempfile.TemporaryDirectory(prefix="marchland-") as held:
        made = {
            output.path: _made(output, Path(held) / str(n), project, run, dossier, catalogue) for n, output in enumerate(project.outputs)
        }
        manifest = build_manifest(
            dossier,
            project=project.path.name,
            provenance=run.provenance(dossier, catalogue),
            options=project.options,
            files=project.files(),
            outputs=made,
        )
        if locked_to is not None:
            require_same(locked_to, manifest, path=str(manifest_path))
        for name, part in made.items():
            with whole_file(project.folder / name) as target:
                shutil.copyfile(part, target)
    write_text(manifest_text(manifest), str(manifest_path))
    run.report(dossier)
    for name in (*made, MANIFEST):
        run.say(f"wrote {project.folder / name}")


def _made(output: Output, folder: Path, project: Project, run: Run, dossier: Dossier, catalogue: Catalogue) -> Path:
    """Write one output into a folder of its own, under its own name, which a GeoPackage holds."""
    from maps.build import build_map
    from maps.export import write_export
    from maps.output import write_text
    from maps.page import page_html

    folder.mkdir()
    part = folder / Path(output.path).name
    if output.export is None:
        title = project.options.get("title")
        write_text(page_html(build_map(dossier, catalogue=catalogue, title=title, as_of=run.as_of, viewpoint=run.viewpoint)), str(part))
    else:
        provenance = run.provenance(dossier, catalogue)
        write_export(dossier, str(part), catalogue=catalogue, provenance=provenance, options=output.export)
    return part
