import json
from pathlib import Path
from typing import Any

import pytest

from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.read.inputs import read_inputs
from geo.schema import Dossier


def read(tmp_path: Path, held: Any) -> Dossier:
    path = tmp_path / "events.json"
    path.write_text(held if isinstance(held, str) else json.dumps(held))
    return read_inputs([str(path)], gazetteer=embedded_gazetteer())


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    dossier = read(tmp_path, [{"id": "E1", "date": "02/24/2022", "latitude": "39.5", "longitude": "46.3", "sources": [{"path": "x"}]}])
    row = dossier.incidents.iloc[0]
    assert (row.id, row.geometry.x, row.start.month) == ("E1", 46.3, 2)
    assert dossier.files[0].kind == "json"


def test_lists_by_place_keep_the_place(tmp_path: Path) -> None:
    dossier = read(tmp_path, {"Goris": [{"tag": "a"}], "Kapan": [{"tag": "b"}, {"tag": "c"}]})
    assert [*dossier.incidents.place_text] == ["Goris", "Kapan", "Kapan"]


def test_a_pair_of_coordinates_is_latitude_first_and_a_year_stays_a_year(tmp_path: Path) -> None:
    row = read(tmp_path, {"events": [{"year": 2020, "coords": [39.81, 46.75], "title": "t"}]}).incidents.iloc[0]
    assert (row.geometry.x, row.geometry.y, row.date_precision) == (46.75, 39.81, "year")


def test_geojson_by_another_name_is_a_layer(tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"id": "a"}, "geometry": {"type": "Point", "coordinates": [46.3, 39.5]}}
    dossier = read(tmp_path, {"type": "FeatureCollection", "features": [feature]})
    assert [*dossier.incidents.id] == ["a"]


def test_an_article_in_json_is_read_as_one(tmp_path: Path) -> None:
    text = "Armenia said on Friday that its troops near Goris, on the border with Azerbaijan, came under fire. Nobody was hurt."
    assert read(tmp_path, {"title": "Fire", "text": text, "published": "2021-05-14"}).files[0].kind == "article"


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "[1, 2]", '"x"', "null"])
def test_what_holds_no_incidents_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"events\.json"):
        read(tmp_path, text)


def test_ids_that_two_files_share_are_told_apart_and_said(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("id,place\n1,Goris\n2,Kapan\n")
    dossier = read_inputs([str(tmp_path / "one.csv"), str(tmp_path / "two.csv")], gazetteer=embedded_gazetteer())
    assert [*dossier.incidents.id] == ["1", "2", "1@two.csv", "2@two.csv"]
    assert len(dossier.problems) == 2
