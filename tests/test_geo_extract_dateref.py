"""Dates in running text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extract.dateref import find_dates

FRIDAY = date(2021, 5, 14)


def only(text: str, published: date = FRIDAY, told: tuple[date, date] | None = None) -> tuple[str, str, str]:
    refs = find_dates(text, published=published, told=told)
    assert len(refs) == 1, refs
    return refs[0].first.isoformat(), refs[0].last.isoformat(), refs[0].precision


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("hit on Friday", "2021-05-14", "2021-05-14", "day"),
        ("hit late on Wednesday night", "2021-05-12", "2021-05-12", "day"),
        ("shelling overnight", "2021-05-13", "2021-05-14", "range"),
        ("fired on May 12", "2021-05-12", "2021-05-12", "day"),
        ("fired on 12 May 2021", "2021-05-12", "2021-05-12", "day"),
        ("fired on December 3", "2020-12-03", "2020-12-03", "day"),
        ("fired from May 11 to 13", "2021-05-11", "2021-05-13", "range"),
        ("have stayed since Monday morning", "2021-05-10", "2021-05-14", "range"),
        ("detained last week", "2021-05-03", "2021-05-09", "week"),
        ("on Tuesday and during the night", "2021-05-11", "2021-05-12", "range"),
        ("yesterday", "2021-05-13", "2021-05-13", "day"),
        ("three days ago", "2021-05-11", "2021-05-11", "day"),
        ("earlier this month", "2021-05-01", "2021-05-14", "month"),
        ("over the past day", "2021-05-13", "2021-05-14", "range"),
        ("on May 12, from 22:40 until 01:15", "2021-05-12", "2021-05-13", "range"),
    ],
)
def test_expression_counts_from_the_day_of_publication(text: str, first: str, last: str, precision: str) -> None:
    assert only(text) == (first, last, precision)


def test_a_day_earlier_counts_from_what_was_told_before() -> None:
    wednesday = date(2021, 5, 12)
    assert only("a day earlier", told=(wednesday, wednesday))[0] == "2021-05-11"


def test_a_date_beside_the_verb_of_saying_dates_the_statement() -> None:
    (ref,) = find_dates("the ministry said on Thursday that shots were fired", published=FRIDAY)
    assert ref.basis == "statement"


def test_coming_days_and_old_months_are_no_news() -> None:
    assert find_dates("talks will resume on Monday", published=FRIDAY)[0].basis == "future"
    assert find_dates("the war ended in November 2020", published=FRIDAY)[0].basis == "history"
    assert find_dates("under an agreement of May 10", published=FRIDAY)[0].basis == "reference"


def test_a_weekday_that_does_not_fit_its_date_is_noted() -> None:
    (ref,) = find_dates("on Friday, February 19", published=date(2022, 2, 22))
    assert ref.note is not None
    assert "Saturday" in ref.note


def test_modal_may_and_web_times_are_no_dates() -> None:
    assert find_dates("troops may leave at 18:40 with 60-millimetre mortars", published=FRIDAY) == ()


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2024, 12, 31)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_the_latest_one_up_to_publication(published: date, weekday: str) -> None:
    (ref,) = find_dates(f"on {weekday}", published=published)
    assert timedelta(0) <= published - ref.first < timedelta(days=7)
    assert ref.first.strftime("%A") == weekday
