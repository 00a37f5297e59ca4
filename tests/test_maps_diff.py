from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from boundaries.catalogue import load_catalogue
from geo.errors import InputError
from geo.schema import Counts, Dossier, incident_table
from maps.diff import Row, Table, compare, counts
from maps.diff_files import read_table
from maps.diff_report import difference_json, difference_text
from maps.export import write_export
from maps.provenance import Provenance

PROVENANCE = Provenance("0", "neutral", None, Counts(2, 2, 0, 0, 0), (), "", ())
COLUMNS = ("title", "adm1", "killed_low")


def table(*rows: Row, columns: tuple[str, ...] = COLUMNS) -> Table:
    return Table("t", columns, rows)


def row(ident: str | None, title: str = "a", *, at: tuple[float, float] | None = (46, 39), **values: object) -> Row:
    return Row(ident, {"title": title} | values, None if at is None else Point(at))


def test_a_table_does_not_differ_from_itself() -> None:
    one = table(row("a"), row("b", "other"))
    assert counts(compare(one, one)) == {"same": 2, "added": 0, "removed": 0, "changed": 0, "moved": 0, "reassigned": 0}


def test_added_and_removed_are_told_apart() -> None:
    found = compare(table(row("a", "one")), table(row("b", "two", at=(47, 40))))
    assert ([r.id for r in found.added], [r.id for r in found.removed]) == (["b"], ["a"])


def test_a_moved_incident_tells_how_far() -> None:
    (change,) = compare(table(row("a")), table(row("a", at=(46, 39.009)))).changed
    assert change.moved_m == pytest.approx(999, abs=1)
    assert change.fields == {}


def test_an_area_that_changes_around_its_centre_has_changed() -> None:
    one, other = (table(Row("a", {"title": "a"}, shape)) for shape in (box(46, 39, 47, 40), box(45.5, 38.5, 47.5, 40.5)))
    assert counts(compare(one, other))["changed"] == 1


def test_a_lost_location_is_a_change() -> None:
    found = compare(table(row("a")), table(row("a", at=None)))
    assert found.changed[0].moved_m is None
    assert "has no location any more" in difference_text(found)


def test_another_unit_is_a_reassignment() -> None:
    found = compare(table(row("a", adm1="Syunik")), table(row("a", adm1="Lachin District")))
    assert counts(found)["reassigned"] == 1
    assert "adm1: Syunik → Lachin District" in difference_text(found)


def test_a_new_id_does_not_make_a_new_incident() -> None:
    found = compare(table(row("a", "the same text")), table(row("b", "the same text")))
    assert (found.added, found.removed, found.same) == ((), (), 1)


def test_a_row_put_in_front_does_not_shift_running_numbers() -> None:
    old = table(row("1", "first"), row("2", "second"))
    new = table(row("1", "new", at=(47, 40)), row("2", "first"), row("3", "second"))
    found = compare(old, new)
    assert not found.by_id
    assert [r.values["title"] for r in found.added] == ["new"]
    assert found.same == 2


def test_a_corrected_row_without_ids_is_found_by_what_it_shares() -> None:
    old = table(Row(None, {"title": "a long title", "adm1": "Syunik", "killed_low": 1}))
    new = table(Row(None, {"title": "a long title", "adm1": "Syunik", "killed_low": 2}))
    (change,) = compare(old, new).changed
    assert change.fields == {"killed_low": (1, 2)}


def test_columns_of_one_side_are_named_and_not_compared() -> None:
    found = compare(table(row("a")), table(row("a", extra="x"), columns=(*COLUMNS, "extra")))
    assert found.columns_added == ("extra",)
    assert found.same == 1


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in difference_text(compare(table(), table(row("a", "\x1b[31mred"))))


@given(st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=12), st.sets(st.integers(0, 11)), st.randoms())
def test_every_row_of_both_sides_is_told_exactly_once(ids: list[str], dropped: set[int], random: object) -> None:
    old = table(*(row(ident, f"title {ident}") for ident in ids))
    kept = [ident for at, ident in enumerate(ids) if at not in dropped]
    random.shuffle(kept)  # type: ignore[attr-defined]
    number = counts(compare(old, table(*(row(ident, f"title {ident}") for ident in kept))))
    assert (number["same"], number["removed"], number["added"], number["changed"]) == (len(kept), len(ids) - len(kept), 0, 0)


def test_exports_of_both_kinds_say_the_same(tmp_path: Path) -> None:
    incidents = incident_table(
        {"id": ["a", "b"], "title": ["x", "y"], "location_kind": ["near", "area"], "radius_m": [5000, 0], "killed_low": [2, None]},
        geometry=[Point(46.12345, 39.5), box(46, 39, 47, 40)],
    )
    for name in ("x.geojson", "x.gpkg"):
        write_export(Dossier(incidents), str(tmp_path / name), catalogue=load_catalogue(), provenance=PROVENANCE)
    assert counts(compare(read_table(str(tmp_path / "x.geojson")), read_table(str(tmp_path / "x.gpkg"))))["same"] == 2


def test_a_csv_of_any_kind_is_read_with_its_coordinates(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('Number,Vessel,Estimated Coordinates\n7,Abc,"25.2, 56.5"\n8,,\n')
    (only,) = read_table(str(path)).rows
    assert (only.id, only.geometry) == ("7", Point(56.5, 25.2))


@pytest.mark.parametrize(("name", "content"), [("x.geojson", "{}"), ("x.csv", ""), ("x.gpkg", "no"), ("x.pdf", ""), ("x.geojson", "[1")])
def test_what_cannot_be_compared_is_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=name):
        read_table(str(tmp_path / name))


def test_json_holds_old_and_new_values() -> None:
    held = difference_json(compare(table(row("a", adm1="Syunik")), table(row("a", at=(46, 39.009)))))
    assert held["changed"] == [
        {"id": "a", "old_id": "a", "moved_m": 999.1, "reassigned": ["adm1"], "fields": {"adm1": {"old": "Syunik", "new": None}}}
    ]
