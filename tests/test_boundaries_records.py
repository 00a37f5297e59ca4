"""The embedded boundary files are what their records say."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from boundaries.records import DATA, Record, check_record, embedded_records
from geo.errors import DataError

RECORDS = list(embedded_records().values())


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.id)
def test_file_is_the_one_that_its_record_describes(record: Record) -> None:
    check_record(record)
    text = record.path.read_text(encoding="utf-8")
    if record.crs is None:
        assert len(list(csv.DictReader(text.splitlines()))) == record.feature_count
    else:
        # RFC 7946 knows only this one
        assert record.crs == "OGC:CRS84"
        collection = json.loads(text)
        assert "crs" not in collection
        assert len(collection["features"]) == record.feature_count


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.id)
def test_record_says_all_that_has_to_be_known(record: Record) -> None:
    for name in ("title", "vintage", "source", "licence", "attribution", "viewpoint", "accuracy_basis"):
        assert getattr(record, name), name
    assert record.viewpoint == "neutral"
    assert record.defects


def test_every_data_file_has_a_record() -> None:
    files = {path.name for path in DATA.iterdir() if path.is_file()} - {"records.json"}
    assert files == {record.file for record in RECORDS}


def test_units_carry_all_notices() -> None:
    notice = embedded_records()["units"].attribution
    for part in ("CC BY 3.0 IGO", "CC BY-SA 3.0", "geoBoundaries", "cleaned"):
        assert part in notice


def test_line_of_openstreetmap_has_a_licence_of_its_own() -> None:
    odbl = {r.id for r in RECORDS if "ODbL" in r.licence}
    assert odbl == {"border_osm", "exclaves"}
    assert all("OpenStreetMap" in embedded_records()[name].attribution for name in odbl)


def test_changed_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boundaries.records.DATA", tmp_path)
    record = replace(embedded_records()["lakes"])
    with pytest.raises(DataError, match="missing"):
        check_record(record)
    (tmp_path / record.file).write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match="not what its record says"):
        check_record(record)


def test_files_are_small_enough_to_embed_in_a_page() -> None:
    sizes = {record.id: record.path.stat().st_size for record in RECORDS}
    assert sizes["units"] <= 200_000
    assert sizes["neighbours"] <= 60_000
    assert sum(sizes.values()) <= 350_000
