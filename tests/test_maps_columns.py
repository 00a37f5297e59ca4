from __future__ import annotations

import base64
import gzip
import json
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hostile import HOSTILE, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims import Actor, Claim
from maps.columns import Block


def opened(block: Block) -> tuple[dict[str, Any], bytes]:
    """Header and bytes of a packed block."""
    plain = gzip.decompress(base64.b64decode(block.packed()))
    length = int.from_bytes(plain[:4], "little")
    return json.loads(plain[4 : 4 + length]), plain[4 + length :]


def whole(form: dict[str, Any], body: bytes) -> list[int]:
    """Whole numbers as the page reads them."""
    n, width, at = form["n"], form["w"], form["at"]
    raw = [sum(body[at + plane * n + i] << 8 * plane for plane in range(width)) for i in range(n)]
    if not form["d"]:
        return raw
    return list(accumulate(-(one + 1) // 2 if one & 1 else one // 2 for one in raw))


def texts(form: dict[str, Any], body: bytes) -> list[str | None]:
    if form["k"] == "text":
        return [None if code == 0 else form["words"][code - 1] for code in whole(form["codes"], body)]
    found, at = [], form["at"]
    for length in whole(form["lengths"], body):
        found.append(body[at : at + length - 1].decode() if length else None)
        at += max(length - 1, 0)
    return found


@settings(max_examples=60)
@given(st.lists(st.integers(0, 2**31 - 1), max_size=30))
def test_whole_numbers_read_back(values: list[int]) -> None:
    block = Block(len(values))
    block.columns["a"] = block.whole(np.array(values, dtype=np.int64))
    header, body = opened(block)
    assert whole(header["columns"]["a"], body) == values


def test_numbers_that_rise_slowly_are_kept_as_steps() -> None:
    block = Block(1_000)
    form = block.whole(np.arange(100_000, 101_000))
    assert form["d"] == 1
    assert len(block.packed()) < 200


@settings(max_examples=40)
@given(st.lists(st.none() | st.decimals(-1_000, 1_000, places=2), max_size=20))
def test_numbers_with_few_decimals_are_whole_numbers_with_a_scale(values: list[Any]) -> None:
    held = np.array([np.nan if value is None else float(value) for value in values])
    block = Block(len(values))
    form = block.number(held)
    block.columns["a"] = form
    header, body = opened(block)
    assert form["k"] == "number"
    raw = np.array(whole(header["columns"]["a"], body))
    assert np.array_equal(np.where(raw == 0, np.nan, (raw - 1 + form["lo"]) / form["s"]), held, equal_nan=True)


def test_numbers_that_no_scale_holds_are_kept_as_they_are() -> None:
    block = Block(2)
    form = block.columns["a"] = block.number(np.array([1 / 3, np.nan]))
    _, body = opened(block)
    assert form["k"] == "float"
    assert np.array_equal(np.frombuffer(body[form["at"] :], "<f8"), [1 / 3, np.nan], equal_nan=True)


@pytest.mark.parametrize("repeats", [1, 300])
def test_texts_read_back_whether_they_repeat_or_not(repeats: int) -> None:
    values = [None, "", *HOSTILE] + [f"text {i}" for i in range(300 // repeats)] * repeats
    block = Block(len(values))
    form = block.columns["a"] = block.text(values)
    header, body = opened(block)
    assert form["k"] == ("bytes" if repeats == 1 else "text")
    assert texts(header["columns"]["a"], body) == [None if value is None else shown(value) for value in values]


def test_ids_keep_their_zeros_and_their_digits() -> None:
    values = ["SYN1", "SYN01", "7", "007", "x 12345678901234", "two\nlines 5", ""]
    block = Block(len(values))
    form = block.columns["id"] = block.ids(values)
    header, body = opened(block)
    heads, tails, widths = (texts(form["heads"], body), whole(form["tails"], body), whole(form["widths"], body))
    assert header["n"] == len(values)
    found = [(head or "") + (str(tail).zfill(width) if width else "") for head, tail, width in zip(heads, tails, widths, strict=True)]
    assert found == values


def test_records_in_lists_become_columns_without_their_spans() -> None:
    claims = [(Claim("A", "AM", "asserts", span=(1, 2)), Claim("B", None, "denies")), ()]
    block = Block(2)
    form = block.lists(claims)
    assert form["k"] == "list"
    assert list(form["fields"]) == ["by", "side", "stance", "about", "text", "said_on", "url"]
    assert texts(form["fields"]["by"], opened(block)[1]) == ["A", "B"]


def test_lists_of_unlike_things_are_written_as_json() -> None:
    block = Block(2)
    form = block.lists([(Actor("A"), {"name": "B", "more": ["c"]}), ()])
    assert form["k"] == "json"
    assert json.loads(texts(form["of"], opened(block)[1])[0] or "")[1] == {"name": "B", "more": ["c"]}


def test_the_same_bytes_are_held_once_even_across_two_blocks() -> None:
    addresses = [f"https://example.org/{i * 7_919 % 1_000}" for i in range(1_000)]
    first = Block(1_000)
    first.columns["a"] = first.text(addresses)
    again = Block(1_000, before=first)
    again.columns["b"] = again.text(addresses)
    assert again.columns["b"]["b"] == 1
    assert len(opened(again)[1]) == 0


def test_no_rows_make_an_empty_block() -> None:
    block = Block(0)
    block.columns = {"a": block.text([]), "b": block.number(np.array([])), "c": block.lists([]), "d": block.ids([])}
    assert opened(block)[0]["n"] == 0
