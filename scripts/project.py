"""A saved project: the TOML file of ``marchland build``, read and checked.

    inputs = ["incidents.csv", "article.txt"]
    outputs = ["map.html", "incidents.gpkg", { path = "acled-like.csv", as = "acled" }]

    [options]
    published = 2021-05-14
    title = "Reported incidents"

Paths are relative to the project file. Options are those of ``marchland map``, with ``_`` for ``-``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geo.errors import InputError
from maps.export import COLUMN_SETS, ExportOptions, check_options
from scripts.options import VIEWPOINTS, Run

MEMBERS = ("inputs", "outputs", "options")
FILE_OPTIONS = ("boundaries", "zones", "gazetteer", "decisions")
DATE_OPTIONS = ("published", "as_of", "from", "to", "start", "end")
OUTPUT_MEMBERS = ("path", "as", "hxl", "restricted_text")
_NOT_SAVED = ("inputs", "quiet", "verbose")
CHOICES = {"viewpoint": VIEWPOINTS, "date_order": ("day_first", "month_first")}


@dataclass(frozen=True, slots=True)
class Output:
    """One file to write: its path as the project gives it, and how it is exported (``None`` for a map)."""

    path: str
    export: ExportOptions | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project file.

    Attributes
    ----------
    path
        Of the file; its folder is where all other paths start.
    inputs
        As written.
    outputs
        In the order written.
    options
        Values of `scripts.options.Run`, and ``title``; paths as written.
    """

    path: Path
    inputs: tuple[str, ...]
    outputs: tuple[Output, ...]
    options: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where the project file is."""
        return self.path.parent

    def files(self) -> dict[str, Path]:
        """Every file that the project reads, by its path as written; of ``FILE:LAYER`` the file."""
        told = [self.options[name] for name in FILE_OPTIONS if self.options.get(name)]
        names = [*self.inputs, *(one for value in told for one in ((value,) if isinstance(value, str) else value))]
        return {name: path for name in names if (path := self._file(name)) is not None}

    def _file(self, name: str) -> Path | None:
        for candidate in (name, name.rpartition(":")[0]):
            if candidate and (self.folder / candidate).is_file():
                return self.folder / candidate
        return None

    def _beside(self, name: str) -> str:
        """A path as seen from where the tool runs; the name of a fetched dataset stays one."""
        return name if name.startswith("geonames-") and self._file(name) is None else str(self.folder / name)

    def run(self, *, quiet: bool = False, verbose: bool = False) -> Run:
        """The call that the project saves."""
        values = {name: value for name, value in self.options.items() if name != "title"}
        for name in FILE_OPTIONS:
            if told := values.get(name):
                values[name] = self._beside(told) if isinstance(told, str) else tuple(map(self._beside, told))
        return Run(inputs=tuple(str(self.folder / name) for name in self.inputs), quiet=quiet, verbose=verbose, **values)


def read_project(path: str) -> Project:
    """Read and check a project file.

    Raises
    ------
    InputError
        It can't be read, or says something that is not understood; the message names the key.
    """
    try:
        held = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})", path=path) from error
    except ValueError as error:
        raise InputError(f"{path}: is not TOML: {error}", path=path) from error
    _known(path, "", held, MEMBERS)
    inputs = held.get("inputs")
    if not isinstance(inputs, list) or not inputs or not all(isinstance(name, str) and name for name in inputs):
        raise InputError(f'{path}: needs inputs, a list of paths: inputs = ["incidents.csv"]', path=path)
    outputs = held.get("outputs")
    if not isinstance(outputs, list) or not outputs:
        raise InputError(f'{path}: needs outputs, a list of paths: outputs = ["map.html"]', path=path)
    written = tuple(_output(path, item) for item in outputs)
    doubled = {output.path for output in written if [o.path for o in written].count(output.path) > 1}
    if doubled:
        raise InputError(f"{path}: outputs: {', '.join(sorted(doubled))} would be written twice", path=path)
    return Project(Path(path), tuple(inputs), written, _options(path, held.get("options", {})))


def _known(path: str, where: str, held: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in held:
        if key not in known:
            raise InputError(f"{path}: {where}{key} is not known; known are {', '.join(known)}", path=path)


def _options(path: str, held: Any) -> dict[str, Any]:
    if not isinstance(held, dict):
        raise InputError(f"{path}: options must be a table: [options]", path=path)
    kinds = {field.name: str(field.type) for field in fields(Run) if field.name not in _NOT_SAVED}
    _known(path, "options.", held, (*kinds, "title"))
    return {name: _option(path, name, value, kinds.get(name, "str")) for name, value in held.items()}


def _option(path: str, name: str, value: Any, kind: str) -> Any:
    if "date" in kind.split(" | ") or name in DATE_OPTIONS:
        return _day(path, name, value)
    if kind.startswith("tuple"):
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not all(isinstance(one, str) and one for one in several):
            raise InputError(f"{path}: options.{name} is {value!r}; it must be a path or a list of paths", path=path)
        return tuple(several)
    wanted = bool if kind == "bool" else (int, float) if kind.startswith(("int", "float")) else str
    if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
        said = "true or false" if wanted is bool else "a number" if wanted is not str else "text"
        raise InputError(f"{path}: options.{name} is {value!r}; it must be {said}", path=path)
    if name in CHOICES and value not in CHOICES[name]:
        raise InputError(f"{path}: options.{name} is {value!r}; it must be one of {', '.join(CHOICES[name])}", path=path)
    return value


def _day(path: str, name: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{path}: options.{name} is {value!r}; write a date like 2021-05-14", path=path) from error


def _output(path: str, item: Any) -> Output:
    told = {"path": item} if isinstance(item, str) else item
    if not isinstance(told, dict) or not isinstance(told.get("path"), str) or not told["path"] or told["path"] == "-":
        raise InputError(f"{path}: outputs: {item!r} is no path of a file, and no table with a path", path=path)
    _known(path, f"outputs, {told['path']}: ", told, OUTPUT_MEMBERS)
    if told["path"].lower().endswith((".html", ".htm")):
        return Output(told["path"], None)
    if told.get("as") not in (None, *COLUMN_SETS):
        raise InputError(f"{path}: outputs, {told['path']}: as is {told['as']!r}; it must be one of {', '.join(COLUMN_SETS)}", path=path)
    export = ExportOptions(columns=told.get("as"), hxl=bool(told.get("hxl")), restricted_text=bool(told.get("restricted_text", True)))
    check_options(told["path"], export)
    return Output(told["path"], export)
