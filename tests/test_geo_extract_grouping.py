"""Several reports of one incident."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.extract.grouping import Sighting, find_groups, group_name, why_same
from geo.gazetteer import embedded_gazetteer
from geo.read.inputs import read_inputs
from geo.schema import Dossier

DAY = date(2023, 5, 9)
ONE = Sighting(0, "a.txt", "a-1", "fire", DAY, DAY, 45.86, 40.2, 6_500.0, None)
OTHER = replace(ONE, row=1, report="b.txt", incident_id="b-1")

ARMENIAN = "Azerbaijani units opened fire near Sotk on Tuesday, Armenia's Defence Ministry said. Two soldiers were wounded."
AZERBAIJANI = "Azerbaijan's Defence Ministry denied that its units had opened fire near Sotk on Tuesday."
LATER = "Three soldiers were wounded when Azerbaijani units opened fire near Sotk on Tuesday, Armenia's Defence Ministry said."
ELSEWHERE = "Azerbaijani units opened fire near Nerkin Hand on Tuesday, Armenia's Defence Ministry said."


def read(folder: Path, texts: dict[str, tuple[str, str]]) -> Dossier:
    for name, (published, text) in texts.items():
        (folder / name).write_text(f"title: x\ndate: {published}\n\n{text}\n", encoding="utf-8")
    return read_inputs([str(folder / name) for name in texts], gazetteer=embedded_gazetteer())


def test_two_reports_of_one_day_and_place_are_one_incident_with_a_reason() -> None:
    assert "same days (2023-05-09)" in (why_same(ONE, OTHER) or "")


@pytest.mark.parametrize(
    "change",
    [
        {"report": "a.txt"},
        {"family": "mine"},
        {"start": date(2023, 5, 10), "end": date(2023, 5, 10)},
        {"lat": 40.4},
        {"start": None, "end": None},
        {"lon": None, "lat": None},
    ],
)
def test_another_type_day_or_place_or_the_same_report_is_another_incident(change: dict[str, object]) -> None:
    assert why_same(ONE, replace(OTHER, **change)) is None  # type: ignore[arg-type]


def test_two_named_settlements_are_not_one_place_however_near() -> None:
    inside = [replace(s, settlement=name) for s, name in ((ONE, "sotk-zod"), (OTHER, "kut-zarkand"))]
    assert why_same(*inside) is None
    assert why_same(inside[0], OTHER) is not None


def test_a_report_that_fits_two_incidents_is_joined_to_none() -> None:
    far = replace(OTHER, row=1, lat=40.4)
    vague = replace(ONE, row=2, report="c.txt", incident_id="c-1", lat=40.3, radius_m=20_000.0)
    ((members, reason),) = find_groups([ONE, far, vague])
    assert [m.incident_id for m in members] == ["c-1"]
    assert "fits 2 incidents" in reason


def test_the_name_of_a_group_does_not_depend_on_the_order_of_the_reports() -> None:
    assert group_name([ONE, OTHER]) == group_name([OTHER, ONE]) == "a-1"


def test_reports_of_both_sides_become_one_disputed_row_with_all_sources(tmp_path: Path) -> None:
    dossier = read(tmp_path, {"a.txt": ("2023-05-10", ARMENIAN), "b.txt": ("2023-05-10", AZERBAIJANI), "c.txt": ("2023-05-10", ELSEWHERE)})
    joined = dossier.incidents[dossier.incidents.group.notna()]
    assert len(dossier.incidents) == 2
    (row,) = joined.itertuples()
    assert row.status == "disputed"
    assert row.sources == ("a.txt", "b.txt")
    assert {(c.side, c.stance) for c in row.claims} == {("AM", "asserts"), ("AZ", "denies")}
    assert (row.wounded_low, row.wounded_high) == (2, 2)


def test_the_rows_of_files_still_add_up_after_joining(tmp_path: Path) -> None:
    dossier = read(tmp_path, {"a.txt": ("2023-05-10", ARMENIAN), "b.txt": ("2023-05-10", AZERBAIJANI)})
    assert sum(file.rows_in for file in dossier.files) == dossier.counts().rows_in == 1
    assert any("is one incident with" in note for file in dossier.files for note in file.notes)


def test_a_later_figure_of_the_same_side_replaces_the_earlier_one(tmp_path: Path) -> None:
    (row,) = read(tmp_path, {"a.txt": ("2023-05-10", ARMENIAN), "b.txt": ("2023-05-11", LATER)}).incidents.itertuples()
    assert (row.wounded_low, row.wounded_high) == (3, 3)


def test_figures_of_one_day_that_contradict_each_other_give_a_range(tmp_path: Path) -> None:
    (row,) = read(tmp_path, {"a.txt": ("2023-05-10", ARMENIAN), "b.txt": ("2023-05-10", LATER)}).incidents.itertuples()
    assert (row.wounded_low, row.wounded_high) == (2, 3)


def test_only_claims_of_the_cited_report_keep_their_offsets(tmp_path: Path) -> None:
    (row,) = read(tmp_path, {"a.txt": ("2023-05-10", ARMENIAN), "b.txt": ("2023-05-10", AZERBAIJANI)}).incidents.itertuples()
    text = (tmp_path / row.source_file).read_text(encoding="utf-8")
    assert [text[slice(*c.span)] == c.text for c in row.claims if c.span] == [True]
