from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from geo.errors import InputError
from geo.examples import example_table
from geo.read.inputs import kind_of
from geo.read.table import read_table
from geo.schema import Dossier

HEADER = "id,date,title,place,lat,lon"


def read(tmp_path: Path, text: str | bytes, name: str = "reports.csv") -> Dossier:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(str(path))


def error(tmp_path: Path, text: str | bytes, name: str = "reports.csv") -> str:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, name)
    return str(caught.value)


def test_a_row_becomes_an_incident(tmp_path: Path) -> None:
    row = read(tmp_path, f"{HEADER}\na,2021-05-12,Troops seen,Sev Lich,39.6,46.2\n").incidents.iloc[0]
    assert (row.id, row.title, row.place_text, row.source_file, row.source_row) == ("a", "Troops seen", "Sev Lich", "reports.csv", 2)
    assert (row.geometry.x, row.geometry.y) == (46.2, 39.6)
    assert row.start == row.end == pd.Timestamp("2021-05-12")
    assert not row.draft


@pytest.mark.parametrize(
    "header",
    ["Event ID;Date;Headline;Location;Latitude;Longitude", "id\twhen\ttitle\tPlace name\tLat\tLng", "UID|Event-Date|what|WHERE|y|x"],
)
def test_synonyms_and_delimiters_are_recognised(tmp_path: Path, header: str) -> None:
    delimiter = next(sign for sign in ";\t|" if sign in header)
    cells = delimiter.join(["a", "2021-05-12", "Troops seen", "Sev Lich", "39.6", "46.2"])
    row = read(tmp_path, f"{header}\n{cells}\n").incidents.iloc[0]
    assert (row.id, row.title, row.place_text, row.geometry.x) == ("a", "Troops seen", "Sev Lich", 46.2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    row = read(tmp_path, "id,place\na,Գորիս\n".encode(encoding)).incidents.iloc[0]
    assert (row.id, row.place_text) == ("a", "Գորիս")


@pytest.mark.parametrize(
    ("encoding", "place"),
    [("cp1251", "Горис, на границе с Азербайджаном"), ("cp1252", "près de l’église – Kérouane"), ("cp1254", "Laçın köyü, Ağdam")],
)
def test_windows_code_pages_are_told_apart_and_said(tmp_path: Path, encoding: str, place: str) -> None:
    dossier = read(tmp_path, f'id,place\na,"{place}"\n'.encode(encoding))
    assert dossier.incidents.place_text[0] == place
    assert any(encoding in note for note in dossier.files[0].notes)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    assert "no text" in error(tmp_path, bytes(range(256)) * 20)


def test_lines_are_counted_as_in_the_file(tmp_path: Path) -> None:
    text = 'id,title,place\na,"two\nlines",Goris\n\nb,one,Kapan\n'
    assert [*read(tmp_path, text).incidents.source_row] == [2, 5]


def test_a_bad_date_rejects_its_row_only(tmp_path: Path) -> None:
    dossier = read(tmp_path, "id,date,place\na,soon,Goris\nb,2021-05-12,Kapan\n")
    assert [*dossier.incidents.id] == ["b"]
    (problem,) = dossier.problems
    assert (problem.row, problem.column, problem.value, problem.rejected) == (2, "start", "soon", True)
    assert dossier.counts().rows_in == 2


def test_a_table_of_bad_dates_is_an_error_that_names_them(tmp_path: Path) -> None:
    message = error(tmp_path, "id,date,place\na,soon,Goris\n")
    assert "reports.csv line 2" in message
    assert "'soon' is not a date" in message


def test_an_end_before_the_start_rejects_the_row(tmp_path: Path) -> None:
    assert "is before the start" in error(tmp_path, "id,start,end,place\na,2021-05-12,2021-05-11,Goris\n")


def test_a_row_longer_than_the_header_is_rejected_not_cut(tmp_path: Path) -> None:
    dossier = read(tmp_path, "id,place\na,Kut, Gegharkunik\nb,Kapan\n")
    assert [*dossier.incidents.id] == ["b"]
    assert dossier.counts().rejected == 1


@pytest.mark.parametrize(("lat", "lon"), [("95", "46"), ("39", "200"), ("0", "0"), ("x", "46"), ("nan", "46"), ("1e999", "46")])
def test_unusable_coordinates_are_reported_and_not_drawn(tmp_path: Path, lat: str, lon: str) -> None:
    dossier = read(tmp_path, f"{HEADER}\na,2021-05-12,t,Goris,{lat},{lon}\n")
    assert dossier.incidents.geometry.isna().all()
    assert dossier.problems
    assert dossier.counts().rejected == 0


def test_two_numbers_in_one_column_are_latitude_and_longitude(tmp_path: Path) -> None:
    dossier = read(tmp_path, 'id,Estimated Coordinates\na,"39.6, 46.2"\nb,somewhere\n')
    assert (dossier.incidents.geometry[0].x, dossier.incidents.geometry[0].y) == (46.2, 39.6)
    assert dossier.incidents.geometry[1] is None
    assert dossier.problems[0].value == "somewhere"


def test_columns_in_other_languages_are_recognised(tmp_path: Path) -> None:
    row = read(tmp_path, "Номер;Дата;Широта;Долгота;Источник\na;2026.03.01;39,6;46,2;канал\n").incidents.iloc[0]
    assert (row.id, row.geometry.x, row.sources, row.start.year) == ("a", 46.2, ("канал",), 2026)


def test_a_decimal_comma_is_a_decimal_comma(tmp_path: Path) -> None:
    row = read(tmp_path, "id;lat;lon\na;39,6;46,2\n").incidents.iloc[0]
    assert (row.geometry.x, row.geometry.y) == (46.2, 39.6)


@pytest.mark.parametrize(("cell", "low", "high"), [("5", 5, 5), ("5-7", 5, 7), ("1,000", 1000, 1000), ("0", 0, 0)])
def test_counts_are_ranges(tmp_path: Path, cell: str, low: float, high: float) -> None:
    row = read(tmp_path, f'id,place,killed\na,Goris,"{cell}"\n').incidents.iloc[0]
    assert (row.killed_low, row.killed_high) == (low, high)


def test_an_empty_count_is_unknown_not_zero(tmp_path: Path) -> None:
    assert pd.isna(read(tmp_path, "id,place,killed\na,Goris,\n").incidents.killed_low[0])


def test_a_negative_count_is_reported_and_left_out(tmp_path: Path) -> None:
    dossier = read(tmp_path, "id,place,killed_low\na,Goris,-99\n")
    assert pd.isna(dossier.incidents.killed_low[0])
    assert dossier.problems[0].column == "killed_low"


def test_who_reports_and_who_denies_become_claims(tmp_path: Path) -> None:
    text = "id,place,reported_by,denied_by,other_version\na,Goris,Armenian MoD; Armenian PM,Azerbaijan,own side of the line\n"
    row = read(tmp_path, text).incidents.iloc[0]
    assert [(c.by, c.side, c.stance) for c in row.claims] == [
        ("Armenian MoD", "AM", "asserts"),
        ("Armenian PM", "AM", "asserts"),
        ("Azerbaijan", "AZ", "denies"),
    ]
    assert row.claims[2].text == "own side of the line"
    assert row.status == "disputed"


def test_both_stands_for_the_two_sides_among_the_actors(tmp_path: Path) -> None:
    text = "id,place,actors,reported_by,denied_by\na,Goris,AM forces; AZ forces,Armenian MoD; Azerbaijani MoD,both\n"
    row = read(tmp_path, text).incidents.iloc[0]
    assert sorted(c.side for c in row.claims if c.stance == "denies") == ["AM", "AZ"]
    assert row.status == "disputed"


def test_an_unknown_event_type_is_other_and_keeps_its_word(tmp_path: Path) -> None:
    incidents = read(tmp_path, "id,place,event_type\na,Goris,Clash\nb,Kapan,festival\nc,Sotk,shelling\n").incidents
    assert [*incidents.event_type] == ["firefight", "other", "shelling"]
    assert [*incidents.event_text] == ["Clash", "festival", None]


def test_a_repeated_id_is_reported_and_both_rows_stay(tmp_path: Path) -> None:
    dossier = read(tmp_path, "id,place\na,Goris\na,Kapan\n")
    assert dossier.incidents.id.is_unique
    assert len(dossier.incidents) == 2
    assert "more than one row" in dossier.problems[0].reason


def test_ids_made_from_content_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    first = read(tmp_path, "date,place\n2021-05-12,Goris\n2021-05-13,Kapan\n", "a.csv").incidents
    second = read(tmp_path, "date,place\n2021-05-13,Kapan\n2021-05-12,Goris\n", "b.csv").incidents
    assert [*first.id] == [*second.id[::-1]]


def test_ambiguous_dates_are_said_aloud(tmp_path: Path) -> None:
    (file,) = read(tmp_path, "id,date,place\na,05/12/2021,Goris\n").files
    assert any("could be read two ways" in note for note in file.notes)


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    (file,) = read(tmp_path, "id,place,weather\na,Goris,rain\n").files
    assert any("weather" in note for note in file.notes)


def test_a_table_without_any_place_column_names_what_it_needs(tmp_path: Path) -> None:
    message = error(tmp_path, "colour,size\nred,3\n")
    assert "colour, size" in message
    assert "'lat' and 'lon'" in message


@pytest.mark.parametrize("content", ["", "  \n\n", "id,place\n"])
def test_a_table_without_rows_is_refused(tmp_path: Path, content: str) -> None:
    assert "reports.csv" in error(tmp_path, content)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file"):
        read_table("nowhere.csv")


def test_a_workbook_gives_the_same_incidents_as_its_csv(tmp_path: Path) -> None:
    with example_table() as path:
        from_csv = read_table(str(path), name="example")
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in pd.read_csv(path, dtype=str, keep_default_na=False).itertuples(index=False):
            if sheet.max_row == 1:
                sheet.append([*pd.read_csv(path, nrows=0).columns])
            sheet.append([cell or None for cell in row])
        book.save(tmp_path / "example.xlsx")
    from_book = read_table(str(tmp_path / "example.xlsx"), name="example")
    pd.testing.assert_frame_equal(pd.DataFrame(from_book.incidents), pd.DataFrame(from_csv.incidents))


def test_something_else_called_xlsx_is_refused(tmp_path: Path) -> None:
    assert "not an XLSX workbook" in error(tmp_path, "id,place\na,Goris\n", "reports.xlsx")


def test_an_unknown_kind_of_file_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"\.csv"):
        kind_of("report.docx")


def test_the_example_is_read_whole() -> None:
    with example_table() as path:
        dossier = read_table(str(path))
    assert len(dossier.incidents) == 58
    assert dossier.problems == ()
    assert (dossier.incidents.event_type != "other").sum() == 57


def test_a_row_of_hxl_tags_is_no_incident(tmp_path: Path) -> None:
    dossier = read(tmp_path, "id,date,place,lat,lon\n,#date,,#geo+lat,#geo+lon\na,2021-05-12,Goris,39.5,46.3\n")
    assert [*dossier.incidents.source_row] == [3]
    assert dossier.counts().rows_in == 1
    assert any("HXL" in note for note in dossier.files[0].notes)


def test_actors_stand_in_alphabetical_order_whatever_the_source_has(tmp_path: Path) -> None:
    one, other = (
        read(tmp_path, f"id,place,actors\na,Goris,{cell}\n").incidents.actors[0]
        for cell in ("AZ forces; AM forces", "AM forces; AZ forces")
    )
    assert one == other
    assert [actor.name for actor in one] == ["AM forces", "AZ forces"]


ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,"
    "source,notes,fatalities\n"
)


def test_acled_rows_keep_what_their_precision_codes_say(tmp_path: Path) -> None:
    text = ACLED + (
        "AZE1,16 May 2025,1,Battles,Armed clash,Forces of B,Forces of A,Azerbaijan,Tartar,Talish,40.4,46.8,1,First;Second,A note.,0\n"
        "AZE2,16 May 2025,3,Battles,Shelling/artillery/missile attack,B,A,Azerbaijan,Tartar,Tartar,40.3,46.9,3,First,A note.,4\n"
    )
    first, second = read(tmp_path, text).incidents.itertuples()
    assert (first.location_kind, second.location_kind) == ("near", "area")
    assert (first.event_type, second.event_type) == ("firefight", "shelling")
    assert (str(second.start.date()), str(second.end.date()), second.date_precision) == ("2025-05-01", "2025-05-31", "month")
    assert pd.isna(first.killed_low)
    assert second.killed_low == 4
    assert [actor.name for actor in first.actors] == ["Forces of A", "Forces of B"]
    assert first.claims[0].text == "A note."


def test_ucdp_representative_points_are_no_places(tmp_path: Path) -> None:
    header = (
        "id,type_of_violence,where_prec,where_coordinates,where_description,latitude,longitude,date_prec,date_start,date_end,"
        "best,low,high,side_a,side_b\n"
    )
    text = header + (
        "1,1,1,Talish village,,40.4,46.8,1,2016-04-02 00:00:00.000,2016-04-02 00:00:00.000,3,2,5,Government of B,Government of A\n"
        "2,1,5,Line of Contact,,40,47,2,2016-04-02,2016-04-05,1,1,1,Government of B,Government of A\n"
    )
    exact, wide = read(tmp_path, text).incidents.itertuples()
    assert (exact.location_kind, exact.radius_m) == ("near", 2000)
    assert wide.location_kind == "area"
    assert (exact.killed_low, exact.killed_high, wide.date_precision) == (2, 5, "range")
    assert exact.start.date().isoformat() == "2016-04-02"


@pytest.mark.parametrize(("cell", "low", "high"), [("several", 3, None), ("dozens", 24, None), ("a dozen", 12, 12), ("none", 0, 0)])
def test_counts_in_words_are_bounds(tmp_path: Path, cell: str, low: float, high: float | None) -> None:
    row = read(tmp_path, f"id,place,killed\na,Goris,{cell}\n").incidents.iloc[0]
    assert row.killed_low == low
    assert pd.isna(row.killed_high) if high is None else row.killed_high == high


@pytest.mark.parametrize("cell", ["unknown", "n/a", "?", "Not reported"])
def test_a_count_said_to_be_unknown_is_no_problem(tmp_path: Path, cell: str) -> None:
    dossier = read(tmp_path, f"id,place,killed\na,Goris,{cell}\n")
    assert pd.isna(dossier.incidents.killed_low[0])
    assert dossier.problems == ()


def test_degrees_minutes_and_seconds_are_read(tmp_path: Path) -> None:
    row = read(tmp_path, "id;lat;lon\na;39°30'36\"\"N;46° 18' E\n".replace('""', '"')).incidents.iloc[0]
    assert (row.geometry.x, row.geometry.y) == (pytest.approx(46.3), pytest.approx(39.51))


def test_coordinates_that_look_exchanged_are_reported_not_changed(tmp_path: Path) -> None:
    dossier = read(tmp_path, f"{HEADER}\na,2021-05-12,t,Goris,46.3,39.5\n")
    assert (dossier.incidents.geometry[0].x, dossier.incidents.geometry[0].y) == (39.5, 46.3)
    assert "exchanged" in dossier.problems[0].reason


def test_counts_per_unit_and_month_are_refused_as_incidents(tmp_path: Path) -> None:
    message = error(tmp_path, "admin1,year,month,events,fatalities\nTartar,2020,October,12,30\n")
    assert "counts per unit" in message


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    assert "longer than" in error(tmp_path, "id,place\na," + "x" * 30_000_000 + "\n")


def test_the_sheet_with_the_incidents_is_found_behind_a_licence_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "TOU"
    book.active.append(["Terms of use"])
    sheet = book.create_sheet("Data")
    for row in (["date", "place"], ["2021-05-12", "Goris"]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    dossier = read_table(str(tmp_path / "book.xlsx"))
    assert [*dossier.incidents.place_text] == ["Goris"]
    assert any("TOU" in note for note in dossier.files[0].notes)


def test_columns_can_be_named_by_hand(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("wo;wann\nGoris;2021-05-12\n")
    dossier = read_table(str(tmp_path / "in.csv"), columns={"place_text": "wo", "start": "wann"})
    assert [*dossier.incidents.place_text] == ["Goris"]
    assert dossier.incidents.start.notna().all()


def test_a_column_named_by_hand_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("wo\nGoris\n")
    with pytest.raises(InputError, match="'ort'"):
        read_table(str(tmp_path / "in.csv"), columns={"place_text": "ort"})


@pytest.mark.parametrize("content", [b"\r\x00", b"a\rb,c\r\x00", b'"\x00'])
def test_text_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "reports.csv" in error(tmp_path, content)
