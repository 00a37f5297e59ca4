"""Lists of incidents in JSON (TimeMap, Bellingcat and their kin) to a dossier.

A list of objects, an object that holds such lists, or lists by place; each object is a row and is read as a table is
(`geo.read.table`). Articles in JSON are left to `geo.read.article`, collections of features to `geo.read.vector`.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from geo.dates import FieldOrder
from geo.errors import InputError
from geo.read.files import RawTable, decode, sha256_of
from geo.read.kinds import PLAIN
from geo.read.table import recognise_columns, table_dossier
from geo.schema import Dossier

PLACE_KEYS = {"lat", "latlon", "place_text", "place_id"}


def incident_records(content: bytes, *, path: str) -> list[dict[str, Any]] | None:
    """The objects of a JSON file that tell where something happened; ``None`` when it holds something else.

    Raises
    ------
    InputError
        It is no JSON, or is nested without end.
    """
    text, _, _ = decode(content, path=path)
    try:
        held = json.loads(text)
    except RecursionError as error:
        raise InputError(f"{path}: is nested too deep to be read", path=path) from error
    except ValueError:
        # several objects, a line each, are articles
        return None
    records = _objects(held)
    header = tuple(dict.fromkeys(str(key) for record in records for key in record))
    return records if PLACE_KEYS & set(recognise_columns(header, PLAIN.columns)) else None


def _objects(held: Any) -> list[dict[str, Any]]:
    """The list itself, or all lists that an object holds; of lists by place the key is the place."""
    if isinstance(held, list):
        return [one for one in held if isinstance(one, dict)]
    if not isinstance(held, dict):
        return []
    lists = {str(key): [one for one in value if isinstance(one, dict)] for key, value in held.items() if isinstance(value, list)}
    if len(lists) == 1:
        return next(iter(lists.values()))
    return [{"place": key, **one} for key, objects in lists.items() for one in objects]


def read_records(records: list[dict[str, Any]], content: bytes, *, path: str, name: str | None, date_order: FieldOrder | None) -> Dossier:
    """The dossier of the objects that `incident_records` found, in their order.

    Raises
    ------
    InputError
        As `geo.read.table.read_table`.
    """
    header = tuple(dict.fromkeys(str(key) for record in records for key in record))
    cells = pd.DataFrame({number: [_cell(record.get(key)) for record in records] for number, key in enumerate(header)}, dtype=str)
    raw = RawTable(header, cells, 1 + np.arange(len(records)), (), "utf-8")
    return table_dossier(raw, path=path, name=name or PurePath(path).name, sha256=sha256_of(content), date_order=date_order, form="json")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, (int, float)) for one in value):
        return f"{value[0]}, {value[1]}"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
