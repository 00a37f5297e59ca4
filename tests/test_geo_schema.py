import pandas as pd
import pytest
from shapely import Point

from geo.schema import COLUMNS, Dossier, Problem, incident_table, join_dossiers


def test_a_table_has_every_declared_column_in_its_type() -> None:
    table = incident_table({"id": ["a", "b"], "start": ["2021-05-12", None], "killed_low": [1, None], "claims": [("x", "y"), ()]})
    assert [*table.columns] == [column.name for column in COLUMNS] + ["geometry"]
    assert table.start.dtype == "datetime64[s]"
    assert pd.isna(table.start[1])
    assert table.claims[0] == ("x", "y")
    assert table.title[0] is None
    assert table.actors[1] == ()


def test_an_empty_table_has_the_same_types_as_a_filled_one() -> None:
    filled = incident_table({"id": ["a"]})
    assert incident_table({}, size=0).dtypes.equals(filled.dtypes)


def test_an_undeclared_column_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        incident_table({"colour": ["red"]})


def test_rows_in_are_mapped_unlocated_held_back_or_rejected() -> None:
    table = incident_table({"id": ["a", "b"]}, geometry=[Point(46, 39), None])
    problems = (
        Problem("f.csv", 4, "date", "soon", "is not a date", rejected=True),
        Problem("f.csv", 4, "lat", "x", "is not a number"),
        Problem("f.csv", 5, "lat", "x", "is not a number"),
    )
    counts = Dossier(table, problems=problems, held_back=2).counts()
    assert (counts.rows_in, counts.mapped, counts.unlocated, counts.held_back, counts.rejected) == (5, 1, 1, 2, 1)


def test_joining_keeps_every_row_in_order() -> None:
    first, second = (Dossier(incident_table({"id": ids})) for ids in (["a", "b"], ["c"]))
    assert [*join_dossiers([first, second]).incidents.id] == ["a", "b", "c"]


def test_joining_nothing_gives_an_empty_table() -> None:
    assert len(join_dossiers([]).incidents) == 0
