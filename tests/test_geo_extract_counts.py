"""Numbers of people."""

import pytest

from geo.extract.actors import find_groups
from geo.extract.counts import Count, find_counts, number_of
from geo.extract.normalise import Sentence


def counts(text: str) -> list[Count]:
    sentence = Sentence(0, len(text), text, 0)
    return find_counts(sentence, find_groups(sentence))


@pytest.mark.parametrize(
    ("text", "role", "low", "high"),
    [
        ("An estimated 120 Azerbaijani soldiers stood on the hill", "strength", 120, 120),
        ("at least four servicemen were killed", "killed", 4, None),
        ("no fewer than 32 dead", "killed", 32, None),
        ("two of its men had been slightly wounded", "wounded", 2, 2),
        ("the blast killed a sapper", "killed", 1, 1),
        ("a shot that left three dead", "killed", 3, 3),
        ("an attack wounding eleven", "wounded", 11, 11),
        ("the number of people killed by the shell rose to five", "killed", 5, 5),
        ("between 12 and 15 soldiers were captured", "captured", 12, 15),
        ("more than a dozen policemen blocked the road", "strength", 13, None),
        ("one of its soldiers, Aram Petrosyan, was killed", "killed", 1, 1),
        ("a farmer was wounded", "wounded", 1, 1),
        ("an army officer lost a leg", "wounded", 1, 1),
        ("captured six Armenian servicemen", "captured", 6, 6),
        ("dozens of border guards arrived", "strength", 24, None),
    ],
)
def test_number_is_read_with_its_role_and_bounds(text: str, role: str, low: int, high: int | None) -> None:
    assert [(c.role, c.low, c.high) for c in counts(text)] == [(role, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "a 32-year-old from Gyumri, aged 32",
        "400 shots from 60-millimetre mortars, 15 km away",
        "two posts and 30 trucks",
        "four villages were handed over",
        "one of the residents saw it",
        "about 400 residents were led away",
        "45 violations in 24 hours",
        "the war of 1988 killed hopes",
    ],
)
def test_what_counts_no_people_gives_nothing(text: str) -> None:
    assert counts(text) == []


def test_no_casualties_is_zero_killed_and_zero_wounded() -> None:
    assert {(c.role, c.low, c.high) for c in counts("There were no casualties.")} == {("killed", 0, 0), ("wounded", 0, 0)}


def test_nobody_else_hurt_says_nothing_about_the_dead() -> None:
    assert [(c.role, c.low) for c in counts("No one else was injured.")] == [("wounded", 0)]


def test_units_are_counted_as_units() -> None:
    assert [(c.low, c.unit) for c in counts("two companies moved up")] == [(2, "company")]


def test_the_side_stands_beside_the_number() -> None:
    assert counts("Four Armenian soldiers were killed")[0].side == "AM"
    assert counts("after Azerbaijan failed to withdraw some 90 troops")[0].side == "AZ"
    assert counts("two of its own men died")[0].own


def test_number_words_are_read_in_full() -> None:
    assert [number_of(w) for w in ("thirty-four", "eleven hundred", "two thousand and five", "soldiers")] == [34, 1100, 2005, None]


def test_offsets_point_at_the_words() -> None:
    text = "Late at night about 40 soldiers came."
    (count,) = counts(text)
    assert text[count.start : count.end] == "about 40 soldiers"
