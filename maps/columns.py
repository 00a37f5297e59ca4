"""A table of incidents as packed columns: what a page holds of many thousand records, small and quick to read.

Whole numbers become planes of bytes (all lowest bytes first), as steps from one to the next where those are smaller; texts that
repeat become a dictionary and codes; lists of records become counts and the columns of their items. A block of columns is the length
of its header, the header as JSON and the bytes, compressed with gzip and written as base64, which no parser on the way can mistake
for anything. The page reads it again in ``static/engine_columns.js``. Which columns go into which block is left to `maps.incidents`.
"""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.payload import well_formed

GZIP_LEVEL = 6
SCALES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
MOST_WORDS = 60_000
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Form = dict[str, Any]


class Block:
    """Columns on their way into one packed text.

    Parameters
    ----------
    rows
        Number of records; 0 or more.
    before
        A block that the page has read when it reads this one; bytes that it holds already are not held again.

    Examples
    --------
    >>> block = Block(2)
    >>> block.columns["status"] = block.text(["claimed", None])
    >>> block.packed()[:4]
    'H4sI'
    """

    def __init__(self, rows: int, *, before: Block | None = None) -> None:
        self.rows = rows
        self.before = before
        self.columns: dict[str, Form] = {}
        self.extra: dict[str, Any] = {}
        self._body: list[bytes] = []
        self._size = 0
        self._known: dict[bytes, int] = {}

    def packed(self) -> str:
        """The block as base64 of gzip; the same columns give the same text."""
        header = json.dumps({"n": self.rows, "columns": self.columns, **self.extra}, ensure_ascii=False, separators=(",", ":")).encode()
        plain = b"".join((struct.pack("<I", len(header)), header, *self._body))
        # one fixed operating system byte as well, which gzip.compress sets by platform
        packed = bytearray(gzip.compress(plain, GZIP_LEVEL, mtime=0))
        packed[9] = 255
        return base64.b64encode(packed).decode("ascii")

    def _held(self, data: bytes) -> Form:
        """Where the bytes are; the same bytes are held once, as those of a link that is the source and the claim's address."""
        digest = hashlib.sha256(data).digest()
        if self.before is not None and digest in self.before._known:
            return {"at": self.before._known[digest], "b": 1}
        if digest not in self._known:
            self._known[digest] = self._size
            self._body.append(data)
            self._size += len(data)
        return {"at": self._known[digest]}

    def whole(self, values: Ints) -> Form:
        """Whole numbers from 0 to below 2^31."""
        steps = np.diff(values, prepend=0)
        turned = np.where(steps < 0, -2 * steps - 1, 2 * steps)
        as_steps = bool(len(values)) and _bits(turned) + 1 < _bits(values)
        raw = turned if as_steps else values
        width = max(1, -(-int(raw.max()).bit_length() // 8)) if len(raw) else 1
        little = raw.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :width]
        return {"k": "code", "n": len(values), "w": width, "d": int(as_steps)} | self._held(little.T.tobytes())

    def number(self, values: Floats) -> Form:
        """Numbers, ``NaN`` where unknown; those with up to six decimals as whole numbers."""
        known = np.isfinite(values)
        held = values[known]
        scale = next((s for s in SCALES if len(held) == 0 or np.array_equal(np.rint(held * s) / s, held)), None)
        if scale is None or (len(held) and np.ptp(held) * scale >= 2**31 - 2):
            return {"k": "float", "n": len(values)} | self._held(values.astype("<f8").tobytes())
        return self._with_unknown(np.rint(np.where(known, values, 0) * scale).astype(np.int64), known) | {"k": "number", "s": scale}

    def day(self, values: NDArray[np.datetime64]) -> Form:
        """Days, ``NaT`` where unknown."""
        days = values.astype("datetime64[D]")
        known = ~np.isnat(days)
        return self._with_unknown(np.where(known, days.astype(np.int64), 0), known) | {"k": "day"}

    def flag(self, values: NDArray[np.bool_]) -> Form:
        """True and false."""
        return self.whole(values.astype(np.int64)) | {"k": "flag"}

    def _with_unknown(self, values: Ints, known: NDArray[np.bool_]) -> Form:
        low = int(values[known].min()) if known.any() else 0
        return self.whole(np.where(known, values - low + 1, 0)) | {"lo": low}

    def text(self, values: Sequence[Any]) -> Form:
        """Texts, ``None`` where unknown: a dictionary, or one after the other when they hardly repeat."""
        codes, words = pd.factorize(_texts(values))
        if len(words) <= min(MOST_WORDS, max(256, len(codes) // 3)):
            return {"k": "text", "codes": self.whole(codes + 1), "words": [well_formed(word) for word in words]}
        return self._bytes(list(values))

    def _bytes(self, values: list[Any]) -> Form:
        raw = [None if _is_unknown(value) else str(value).encode("utf-8", "replace") for value in values]
        lengths = np.fromiter((0 if one is None else len(one) + 1 for one in raw), dtype=np.int64, count=len(raw))
        data = b"".join(one for one in raw if one is not None)
        return {"k": "bytes", "lengths": self.whole(lengths), "size": len(data)} | self._held(data)

    def ids(self, values: Sequence[str]) -> Form:
        """Texts that mostly end in a number of up to nine digits."""
        parts = pd.Series(list(values), dtype=object).str.extract(r"\A((?s:.*?))([0-9]{0,9})\Z")
        heads, tails = parts[0].to_numpy(), parts[1].to_numpy()
        if len(pd.unique(heads)) > max(256, len(heads) // 8):
            return self._bytes(list(values))
        widths = np.fromiter(map(len, tails), dtype=np.int64, count=len(tails))
        numbers = np.fromiter((int(tail or 0) for tail in tails), dtype=np.int64, count=len(tails))
        return {"k": "numbered", "heads": self.text(list(heads)), "tails": self.whole(numbers), "widths": self.whole(widths)}

    def lists(self, values: Sequence[Sequence[Any]]) -> Form:
        """Lists of texts, of dictionaries with plain values or of records; ``span`` of a record stays behind."""
        counts = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
        items = list(chain.from_iterable(values))
        if _kinds(items) <= {str}:
            return {"k": "list", "counts": self.whole(counts), "items": self.text(items)}
        columns = _fields(items)
        if columns is None:
            texts = [json.dumps([well_formed(_as_dict(item)) for item in row], ensure_ascii=False) if len(row) else None for row in values]
            return {"k": "json", "of": self.text(texts)}
        return {"k": "list", "counts": self.whole(counts), "fields": {name: self._field(held) for name, held in columns.items()}}

    def _field(self, values: list[Any]) -> Form:
        if _kinds(values) <= {str, type(None)}:
            return self.text(values)
        return self.number(np.array([np.nan if value is None else value for value in values], dtype=np.float64))


def _bits(values: Ints) -> float:
    """About how many bits a value needs, on average."""
    return float(np.log2(np.abs(values) + 1.0).mean()) if len(values) else 0.0


def _is_unknown(value: Any) -> bool:
    return value is None or value != value


def _texts(values: Sequence[Any]) -> NDArray[np.object_]:
    held = np.empty(len(values), dtype=object)
    # nearly always there is nothing to change, and asking for the types is the quickest way to know
    held[:] = values if _kinds(values) <= {str, type(None)} else [None if _is_unknown(value) else str(value) for value in values]
    return held


def _kinds(values: Iterable[Any]) -> set[type]:
    return set(map(type, values))


def _as_dict(item: Any) -> Any:
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        return {field.name: getattr(item, field.name) for field in dataclasses.fields(item) if field.name != "span"}
    return item


def _fields(items: list[Any]) -> dict[str, list[Any]] | None:
    """The items as columns; ``None`` when they are not all of one kind with plain values."""
    kind = type(items[0])
    if _kinds(items) != {kind}:
        return None
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind) if field.name != "span"]
        columns = {name: [getattr(item, name) for item in items] for name in names}
    elif kind is dict:
        names = list(dict.fromkeys(chain.from_iterable(items)))
        columns = {name: [item.get(name) for item in items] for name in names}
    else:
        return None
    return columns if all(_is_plain(held) for held in columns.values()) else None


def _is_plain(values: list[Any]) -> bool:
    kinds = _kinds(values) - {type(None)}
    return kinds <= {str} or kinds <= {int, float}
