"""Any input to a dossier: which reader a file wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any, Literal

import numpy as np
import pandas as pd

from geo.dates import FieldOrder
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.read.exports import is_own_export, read_export
from geo.read.files import read_bytes
from geo.read.records import incident_records, read_records
from geo.read.table import read_table
from geo.read.vector import VECTOR_SUFFIXES, read_vector
from geo.schema import Dossier, Problem, join_dossiers

TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx")
ARTICLE_SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")


def read_inputs(
    paths: Iterable[str],
    *,
    gazetteer: Gazetteer,
    published: date | None = None,
    date_order: FieldOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> Dossier:
    """Read a mix of tables and articles into one dossier.

    Parameters
    ----------
    paths
        Files; the kind follows from the suffix. ``-`` is a table on standard input.
    gazetteer, published
        As in `geo.read.article.read_article`.
    date_order, columns
        As in `geo.read.table.read_table`; ``columns`` is for the tables among the inputs.

    Raises
    ------
    InputError
        A file that is missing, empty, of no known kind or of which nothing can be used.
    """
    dossiers, articles = [], []
    for path, name in output_names(list(paths)).items():
        kind = kind_of(path)
        if kind == "table":
            dossiers.append(read_table(path, name=name, date_order=date_order, columns=columns))
        elif kind == "vector":
            dossiers.append(_read_shapes(path, name, gazetteer, date_order))
        elif (records := _records_of(path)) is not None:
            dossiers.append(read_records(*records, path=path, name=name, date_order=date_order))
        else:
            # its word lists take time to load, and a table needs none of them
            from geo.read.article import read_article

            articles.append(len(dossiers))
            dossiers.append(read_article(path, name=name, published=published, gazetteer=gazetteer))
    return _with_own_ids(_one_row_for_each_incident(dossiers, articles, gazetteer))


def _one_row_for_each_incident(dossiers: list[Dossier], articles: list[int], gazetteer: Gazetteer) -> Dossier:
    """All dossiers in one; the reports of one incident are one row, those of tables only where their column ``group`` says so."""
    joined = join_dossiers(dossiers)
    if not articles and not joined.incidents.group.notna().any():
        return joined
    from geo.extract.grouping import one_row_per_group, with_groups

    named = [(n, dossiers[n].incidents) for n in articles if len(dossiers[n].incidents)]
    if named:
        starts = np.cumsum([0, *(len(d.incidents) for d in dossiers)])
        rows = np.concatenate([np.arange(starts[n], starts[n] + len(table)) for n, table in named])
        marked, _ = with_groups(joined.incidents.iloc[rows], gazetteer)
        table = joined.incidents.copy()
        table.loc[table.index[rows], "group"] = marked.group
        joined = joined.with_incidents(table)
    return one_row_per_group(joined)


def _records_of(path: str) -> tuple[list[dict[str, Any]], bytes] | None:
    """The incidents of a JSON file with its bytes, ``None`` when it holds articles or is no JSON."""
    if not path.lower().endswith(".json"):
        return None
    content = read_bytes(path)
    records = incident_records(content, path=path)
    return None if records is None else (records, content)


def _with_own_ids(dossier: Dossier) -> Dossier:
    """Ids that several files use get the name of the file added from the second on, and that is said."""
    ids = dossier.incidents.id.to_numpy(dtype=object, copy=True)
    again = dossier.incidents.id.duplicated().to_numpy()
    if not again.any():
        return dossier
    problems = list(dossier.problems)
    for row in np.flatnonzero(again):
        one = dossier.incidents.iloc[row]
        line = None if one.source_row != one.source_row else int(one.source_row)
        problems.append(Problem(one.source_file, line, "id", str(one.id), "stands in another file too; the name of this file was added"))
        ids[row] = f"{one.id}@{one.source_file}"
    table = dossier.incidents.assign(id=pd.Series(ids, index=dossier.incidents.index, dtype=object))
    return replace(dossier, incidents=table, problems=tuple(problems))


def _read_shapes(path: str, name: str, gazetteer: Gazetteer, date_order: FieldOrder | None) -> Dossier:
    """A layer of shapes; one of our own exports without loss."""
    if path.lower().endswith(".geojson"):
        content = read_bytes(path)
        if is_own_export(content):
            return read_export(content, path=path, name=name, gazetteer=gazetteer)
    return read_vector(path, name=name, date_order=date_order)


def output_names(paths: list[str]) -> dict[str, str]:
    """The name that outputs give to each path: as few of its last parts as tell it from the others.

    Examples
    --------
    >>> output_names(["a/may.csv", "b/may.csv", "a/june.csv"])
    {'a/may.csv': 'a/may.csv', 'b/may.csv': 'b/may.csv', 'a/june.csv': 'june.csv'}
    """
    names = {path: "stdin" if path == "-" else PurePath(path).name for path in paths}
    shared = {path for path in names if list(names.values()).count(names[path]) > 1}
    return names | {path: "/".join(PurePath(path).parts[-2:]) for path in shared}


def _is_feature_collection(path: str) -> bool:
    """Whether a ``.json`` file is GeoJSON by another name."""
    if not path.lower().endswith(".json") or not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        return b'"FeatureCollection"' in file.read(2000)


def kind_of(path: str) -> Literal["table", "article", "vector"]:
    """Which reader a path wants.

    Raises
    ------
    InputError
        None knows the suffix.
    """
    suffix = PurePath(path).suffix.lower()
    # a layer may be named behind the file: incidents.gpkg:points
    if suffix in VECTOR_SUFFIXES or _is_feature_collection(path) or PurePath(path.rpartition(":")[0]).suffix.lower() in VECTOR_SUFFIXES:
        return "vector"
    if suffix in TABLE_SUFFIXES or path == "-":
        return "table"
    if suffix in ARTICLE_SUFFIXES:
        return "article"
    known = " ".join((*TABLE_SUFFIXES, *VECTOR_SUFFIXES, *ARTICLE_SUFFIXES))
    raise InputError(f"{path}: {suffix or 'a file without suffix'} is no kind of input that is known ({known})", path=path)
