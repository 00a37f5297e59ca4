"""Decisions of a person on wordings: written, filled, applied."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from geo.decisions import Decisions, Key, read_decisions, review_csv
from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.geocode import geocode
from geo.schema import incident_table

COUNTS: dict[Key, int] = {("Martuni", None, None): 3, ("hill 2010", "Armenia", None): 1, ("Goris", None, None): 7}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def filled(path: Path, *decisions: tuple[str, str]) -> Decisions:
    """A reviewed file with these wordings (no context) and decisions."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerows([["wording", "country", "adm1", "decision"], *([text, "", "", decision] for text, decision in decisions)])
    path.write_text(held.getvalue(), encoding="utf-8")
    return read_decisions(str(path), embedded_gazetteer())


def test_review_lists_what_is_not_located_with_count_and_candidates() -> None:
    rows = rows_of(review_csv(COUNTS, embedded_gazetteer()))
    assert [(row["wording"], row["count"], row["decision"]) for row in rows] == [("Martuni", "3", ""), ("hill 2010", "1", "")]
    assert "khojavend-martuni: Khojavend / Martuni (Khojavend District)" in rows[0]["candidates"]
    assert rows[1]["reason"].startswith("unresolved: ")


def test_review_does_not_depend_on_the_order_of_rows() -> None:
    turned = dict(reversed(COUNTS.items()))
    assert review_csv(COUNTS, embedded_gazetteer()) == review_csv(turned, embedded_gazetteer())


def test_review_writes_former_decisions_again(tmp_path: Path) -> None:
    decisions = filled(tmp_path / "r.csv", ("Martuni", "khojavend-martuni"))
    rows = rows_of(review_csv(COUNTS, embedded_gazetteer(), decisions=decisions))
    assert {row["wording"]: row["decision"] for row in rows} == {"Martuni": "khojavend-martuni", "hill 2010": ""}


def test_decided_place_keeps_the_relation_of_its_wording(tmp_path: Path) -> None:
    decisions = filled(tmp_path / "r.csv", ("near Martuni", "khojavend-martuni"))
    placed = geocode(incident_table({"id": ["a"], "place_text": ["near Martuni"]}), decisions=decisions)
    assert (placed.place_id[0], placed.location_kind[0]) == ("khojavend-martuni", "near")
    assert placed.geocode_reason[0].startswith("decided by review (r.csv): khojavend-martuni")


def test_decided_coordinates_are_latitude_first_with_their_radius(tmp_path: Path) -> None:
    decisions = filled(tmp_path / "r.csv", ("hill 2010", "39.2, 46.4, 800"), ("hill 2011", "39.3,46.5"))
    placed = geocode(incident_table({"id": ["a", "b"], "place_text": ["hill 2010", "hill 2011"]}), decisions=decisions)
    assert [(p.x, p.y) for p in placed.geometry] == [(46.4, 39.2), (46.5, 39.3)]
    assert list(placed.radius_m) == [800, 500]
    assert list(placed.location_kind) == ["near", "point"]


def test_skipped_wording_stays_unlocated_and_says_so(tmp_path: Path) -> None:
    decisions = filled(tmp_path / "r.csv", ("Goris", "skip"))
    placed = geocode(incident_table({"id": ["a"], "place_text": ["Goris"]}), decisions=decisions)
    assert placed.geometry[0] is None
    assert placed.geocode_reason[0] == "decided by review (r.csv): left unlocated"


def test_decision_holds_in_its_context_alone(tmp_path: Path) -> None:
    decisions = filled(tmp_path / "r.csv", ("Martuni", "khojavend-martuni"))
    table = incident_table({"id": ["a", "b"], "place_text": ["Martuni"] * 2, "stated_adm1": [None, "Gegharkunik"]})
    assert list(geocode(table, decisions=decisions).place_id) == ["khojavend-martuni", "garanlig-martuni"]


def test_row_with_coordinates_of_the_source_keeps_them(tmp_path: Path) -> None:
    from shapely import Point

    decisions = filled(tmp_path / "r.csv", ("Martuni", "khojavend-martuni"))
    placed = geocode(incident_table({"id": ["a"], "place_text": ["Martuni"]}, geometry=[Point(45.3, 40.1)]), decisions=decisions)
    assert placed.geometry[0] == Point(45.3, 40.1)


def test_every_wrong_decision_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        filled(tmp_path / "r.csv", ("A", "no-such-id"), ("B", "goris-gorus"), ("C", "139, 46"), ("B", "skip"))
    told = str(caught.value).splitlines()
    assert len(told) == 3
    assert "line 2: 'A': 'no-such-id' is no place" in told[0]
    assert "line 4: 'C'" in told[1]
    assert "line 5: 'B' was decided otherwise above (goris-gorus)" in told[2]


def test_file_without_columns_of_context_decides_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("wording,decision\nMartuni,khojavend-martuni\n")
    decisions = read_decisions(str(path), embedded_gazetteer())
    assert decisions.get(("Martuni", "Azerbaijan", "Khojavend")) is not None


def test_file_without_decisions_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("place,what\nMartuni,khojavend-martuni\n")
    with pytest.raises(InputError, match="no column wording, decision"):
        read_decisions(str(path), embedded_gazetteer())
