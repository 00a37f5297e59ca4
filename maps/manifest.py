"""The manifest of a build: what went in, what was asked, whose data and which versions were used, what came out.

No times, folders or names of a machine are in it, so that the same build gives the same manifest.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyogrio

from boundaries.records import embedded_records
from geo.errors import InputError
from geo.schema import Dossier
from maps.provenance import Provenance

FORMAT = 1
LIBRARIES = ("folium", "geopandas", "numpy", "pandas", "pyarrow", "pyogrio", "pyproj", "shapely")
LOCKED = ("tool", "libraries", "inputs", "options", "viewpoint", "datasets", "counts", "outputs")
"""Members that a locked build must give again."""


def build_manifest(
    dossier: Dossier,
    *,
    project: str,
    provenance: Provenance,
    options: Mapping[str, Any],
    files: Mapping[str, Path],
    outputs: Mapping[str, Path],
) -> dict[str, Any]:
    """The manifest as plain values.

    Parameters
    ----------
    dossier
        What was read.
    project
        File name of the project.
    provenance
        Of the build.
    options
        Those that the project sets.
    files
        Everything that was read from disk, by the path that the project gives: inputs, own boundaries, own zones.
    outputs
        What was written: the path that the project gives, and where the bytes are now.
    """
    read = {file.name: file for file in dossier.files}
    inputs = [_file(name, path) | _reading(read.get(path.name)) for name, path in files.items()]
    return {
        "manifest": FORMAT,
        "project": project,
        "tool": {"marchland": provenance.version},
        "libraries": library_versions(),
        "viewpoint": provenance.viewpoint,
        "as_of": provenance.as_of,
        "options": {name: str(value) if not isinstance(value, bool | int | float) else value for name, value in sorted(options.items())},
        "inputs": inputs,
        "counts": provenance.as_dict()["counts"],
        "datasets": datasets(),
        "attribution": list(provenance.attribution),
        "disclaimer": provenance.disclaimer,
        "outputs": [_file(name, path) for name, path in outputs.items()],
    }


def library_versions() -> dict[str, str]:
    """Versions of what decides the bytes of the outputs."""
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), "gdal": ".".join(map(str, pyogrio.__gdal_version__)), **versions}


def datasets() -> list[dict[str, Any]]:
    """What is to be known about each embedded boundary file."""
    wanted = ("id", "title", "vintage", "licence", "attribution", "viewpoint", "sha256")
    return [{name: getattr(record, name) for name in wanted} for record in embedded_records().values()]


def digest(path: Path) -> str:
    """The sha256 of a file, as hexadecimal digits."""
    with path.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()


def _file(name: str, path: Path) -> dict[str, Any]:
    return {"path": name, "sha256": digest(path), "bytes": path.stat().st_size}


def _reading(file: Any) -> dict[str, Any]:
    return {} if file is None else {"kind": file.kind, "rows_in": file.rows_in}


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """The manifest as it stands in its file."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def read_manifest(path: Path) -> dict[str, Any]:
    """A manifest from its file.

    Raises
    ------
    InputError
        There is none, or it is not one that this version reads.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist; build once without --locked to make it", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read as a manifest ({error})", path=str(path)) from error
    if not isinstance(held, dict) or held.get("manifest") != FORMAT:
        raise InputError(f"{path}: is no manifest of format {FORMAT}; build without --locked to make a new one", path=str(path))
    return held


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What a build gives otherwise than its manifest says, a line each; empty when it is the same."""
    lines = []
    for member in LOCKED:
        was, now = _keyed(old.get(member)), _keyed(new.get(member))
        for key in [*was, *(key for key in now if key not in was)]:
            if was.get(key) != now.get(key):
                lines.append(f"{member}, {key}: {_shown(was.get(key))} in the manifest, {_shown(now.get(key))} now")
    return lines


def _keyed(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list):
        return {str(item.get("path") or item.get("id")): item.get("sha256") for item in value}
    return {"value": value}


def _shown(value: Any) -> str:
    if value is None:
        return "absent"
    text = str(value)
    return f"sha256 {text[:12]}…" if len(text) == 64 else text


def require_same(old: Mapping[str, Any], new: Mapping[str, Any], *, path: str) -> None:
    """Raise when a build is not what its manifest says.

    Raises
    ------
    InputError
        With a line for each difference.
    """
    found: Iterable[str] = differences(old, new)
    if lines := list(found):
        raise InputError("\n  ".join([f"{path}: the build is not what it says; nothing was written", *lines]), path=path)
