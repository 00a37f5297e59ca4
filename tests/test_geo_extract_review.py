"""The review file: written by extract, corrected by a person, read by map."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.read.inputs import read_inputs
from scripts.commands.extract import command

TEXTS = {
    "a.txt": (
        "Azerbaijani artillery shelled Sotk, Kapan and Jermuk on Tuesday, killing at least two soldiers, "
        "Armenia's Defence Ministry said.\n\n"
        "Azerbaijan's Defence Ministry rejected Yerevan's report as baseless. Moscow had no immediate comment."
    ),
    "b.txt": "About 250 Azerbaijani soldiers crossed the border in Syunik province on Monday, Armenia said.",
    "c.txt": "A mine killed a farmer near Zangilan on Tuesday, Azerbaijan's prosecutors said.",
    "d.txt": "A farmer died when a mine went off near Zangilan on Tuesday, ANAMA said.",
}


@pytest.fixture
def articles(tmp_path: Path) -> list[str]:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(f"title: x\ndate: 2023-05-12\n\n{text}\n", encoding="utf-8")
    return [str(tmp_path / name) for name in TEXTS]


@pytest.fixture
def review(articles: list[str], tmp_path: Path) -> Path:
    path = tmp_path / "review.csv"
    done = CliRunner().invoke(command, [*articles, "-o", str(path)])
    assert done.exit_code == 0, done.output
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def read(*paths: str) -> pd.DataFrame:
    table: pd.DataFrame = read_inputs(list(paths), gazetteer=embedded_gazetteer()).incidents.set_index("id")
    return table


def test_reading_the_review_file_gives_what_reading_the_articles_gives(articles: list[str], review: Path) -> None:
    direct, back = read(*articles), read(str(review))
    assert len(direct) == 3
    back = back.loc[direct.index]
    for name in set(direct.columns) - {"source_file", "source_row", "geometry"}:
        same = [a == b or (pd.api.types.is_scalar(a) and pd.isna(a) and pd.isna(b)) for a, b in zip(direct[name], back[name], strict=True)]
        assert all(same), name
    for one, other in zip(direct.geometry, back.geometry, strict=True):
        assert (one is None and other is None) or one.equals_exact(other, 1e-9)


def test_each_field_stands_beside_the_sentence_that_carries_it(review: Path) -> None:
    row = next(r for r in rows_of(review) if r["id"].startswith("a-"))
    assert "shelled Sotk" in row["event_sentence"]
    assert "shelled Sotk" in row["place_sentence"]
    assert "at least two soldiers" in row["count_sentence"]
    assert "rejected Yerevan's report" in row["claim_sentence"]


def test_a_row_marked_as_reviewed_is_no_draft_any_more(review: Path) -> None:
    rows = rows_of(review)
    rows[0]["reviewed"] = "yes"
    write(review, rows)
    assert list(read(str(review)).draft) == [False, True, True]


def test_what_a_person_changed_holds(review: Path) -> None:
    rows = rows_of(review)
    claims = json.loads(rows[0]["claims"])
    rows[0] |= {"event_type": "drone_strike", "start": "2023-05-08", "end": "2023-05-08", "killed_high": "3", "place": "near Kut"}
    rows[0] |= {"claims": json.dumps(claims[:1]), "status": "claimed"}
    write(review, rows)
    table = read(str(review))
    row = table.loc[rows[0]["id"]]
    assert (row.event_type, str(row.start.date()), row.status) == ("drone_strike", "2023-05-08", "claimed")
    assert (row.killed_low, row.killed_high) == (2, 3)
    assert [claim.by for claim in row.claims] == [claims[0]["by"]]
    # a place that was changed is to be located anew, and not to keep the location of the old one
    assert row.place_text == "near Kut"
    assert row.location_kind is None
    assert row.geometry is None


def test_an_emptied_group_takes_reports_apart_and_a_new_one_joins_them(review: Path) -> None:
    rows = rows_of(review)
    grouped = [r for r in rows if r["group"]]
    assert len(grouped) == 2
    assert all("same days" in r["group_reason"] for r in grouped)
    for row in grouped:
        row["group"] = ""
    write(review, rows)
    assert len(read(str(review))) == 4
    rows[0]["group"] = rows[1]["group"] = "mine"
    write(review, rows)
    assert len(read(str(review))) == 3


def test_claims_that_are_no_json_are_reported_and_not_guessed(review: Path) -> None:
    rows = rows_of(review)
    rows[0]["claims"] = "Armenia said so"
    write(review, rows)
    dossier = read_inputs([str(review)], gazetteer=embedded_gazetteer())
    (problem,) = [p for p in dossier.problems if p.rejected]
    assert problem.column == "claims"


def test_a_review_file_of_which_no_row_can_be_used_is_refused(review: Path) -> None:
    rows = [row | {"claims": "nothing"} for row in rows_of(review)]
    write(review, rows)
    with pytest.raises(InputError, match="no row could be used"):
        read(str(review))
