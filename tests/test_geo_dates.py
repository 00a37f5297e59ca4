from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import is_ambiguous, order_of, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2021-05-14",
        "2021/5/14",
        "2021.05.14",
        "2021-05-14T09:30:00Z",
        "2021-05-14 09:30",
        "20210514",
        "14.05.2021",
        "14/5/2021",
        "14 May 2021",
        "14-May-2021",
        "14-May-21",
        "14th May, 2021",
        "May 14, 2021",
        " May  14 2021 ",
    ],
)
def test_one_day_is_read_in_every_usual_writing(text: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.start, found.end, found.precision) == (date(2021, 5, 14), date(2021, 5, 14), "day")


def test_a_month_stays_a_month() -> None:
    found = parse_date("2024-02")
    assert found is not None
    assert (found.start, found.end, found.precision) == (date(2024, 2, 1), date(2024, 2, 29), "month")


def test_a_year_stays_a_year() -> None:
    found = parse_date("2021")
    assert found is not None
    assert (found.start, found.end, found.precision) == (date(2021, 1, 1), date(2021, 12, 31), "year")


@pytest.mark.parametrize("text", ["", "soon", "2021-13-01", "31.02.2021", "14 Floréal 2021", "0000", "2021-00", "99/99/2021", "1/2/3/4"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text) is None


def test_order_decides_only_what_is_ambiguous() -> None:
    day_first = parse_date("05/12/2021", order="day_first")
    month_first = parse_date("05/12/2021", order="month_first")
    forced = parse_date("25/12/2021", order="month_first")
    assert day_first is not None
    assert month_first is not None
    assert forced is not None
    assert (day_first.start, month_first.start, forced.start) == (date(2021, 12, 5), date(2021, 5, 12), date(2021, 12, 25))


def test_unambiguous_cells_tell_the_order_of_a_column() -> None:
    assert order_of(["05/12/2021", "13/01/2022"]) == ("day_first", False)
    assert order_of(["05/12/2021", "01/13/2022"]) == ("month_first", False)


def test_contradicting_cells_are_called_mixed() -> None:
    assert order_of(["13/01/2022", "01/13/2022"]) == (None, True)


def test_a_day_equal_to_its_month_is_not_ambiguous() -> None:
    assert is_ambiguous("05/12/2021")
    assert not is_ambiguous("05/05/2021")
    assert not is_ambiguous("2021-05-12")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_iso_date_is_read_as_itself(day: date) -> None:
    found = parse_date(day.isoformat())
    assert found is not None
    assert found.start == found.end == day


@given(st.text(max_size=30))
def test_no_text_is_a_traceback(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.start <= found.end


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2020-10-XX", date(2020, 10, 1), date(2020, 10, 31), "month"),
        ("2020-XX-XX", date(2020, 1, 1), date(2020, 12, 31), "year"),
        ("2021-05~", date(2021, 5, 1), date(2021, 5, 31), "month"),
        ("2021-05-12?", date(2021, 5, 12), date(2021, 5, 12), "day"),
        ("2021-05-12/2021-05-14", date(2021, 5, 12), date(2021, 5, 14), "range"),
        ("2021-05/2021-06", date(2021, 5, 1), date(2021, 6, 30), "range"),
    ],
)
def test_edtf_keeps_its_precision(text: str, start: date, end: date, precision: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.start, found.end, found.precision) == (start, end, precision)


def test_an_interval_that_runs_backwards_is_no_date() -> None:
    assert parse_date("2021-05-14/2021-05-12") is None
