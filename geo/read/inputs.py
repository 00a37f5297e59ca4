"""Any input to a dossier: which reader a file wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import Literal

import numpy as np

from geo.dates import FieldOrder
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.read.exports import is_own_export, read_export
from geo.read.files import read_bytes
from geo.read.table import read_table
from geo.read.vector import VECTOR_SUFFIXES, read_vector
from geo.schema import Dossier, join_dossiers

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
        else:
            # its word lists take time to load, and a table needs none of them
            from geo.read.article import read_article

            articles.append(len(dossiers))
            dossiers.append(read_article(path, name=name, published=published, gazetteer=gazetteer))
    return _one_row_for_each_incident(dossiers, articles, gazetteer)


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


def kind_of(path: str) -> Literal["table", "article", "vector"]:
    """Which reader a path wants.

    Raises
    ------
    InputError
        None knows the suffix.
    """
    suffix = PurePath(path).suffix.lower()
    # a layer may be named behind the file: incidents.gpkg:points
    if suffix in VECTOR_SUFFIXES or PurePath(path.rpartition(":")[0]).suffix.lower() in VECTOR_SUFFIXES:
        return "vector"
    if suffix in TABLE_SUFFIXES or path == "-":
        return "table"
    if suffix in ARTICLE_SUFFIXES:
        return "article"
    known = " ".join((*TABLE_SUFFIXES, *VECTOR_SUFFIXES, *ARTICLE_SUFFIXES))
    raise InputError(f"{path}: {suffix or 'a file without suffix'} is no kind of input that is known ({known})", path=path)
