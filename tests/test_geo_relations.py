"""Wordings taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.relations import BEARINGS, Relation, parse_relation


def one(wording: str) -> Relation:
    found = parse_relation(wording)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("wording", "kind", "names"),
    [
        ("Sotk", "in", ("Sotk",)), ("in Lachin", "in", ("Lachin",)),
        ("in the southern province of Syunik", "in", ("Syunik province",)),
        ("along the line of contact", "in", ("line of contact",)), ("near Tegh", "near", ("Tegh",)),
        ("fields near Martakert", "near", ("Martakert",)),
        ("Armenian positions near the village of Tegh", "near", ("village of Tegh",)),
        ("just outside Vorotan", "near", ("Vorotan",)),
        ("on the outskirts of Khtsaberd", "near", ("Khtsaberd",)),
        ("on the ridge above Parukh", "near", ("Parukh",)), ("around Sotk", "near", ("Sotk",)),
        ("Yeraskh outskirts", "near", ("Yeraskh",)), ("in the direction of Chinari", "towards", ("Chinari",)),
        ("Kapan direction", "towards", ("Kapan",)),
        ("east of Sisian", "towards", ("Sisian",)),
        ("towards the village of Movses", "towards", ("village of Movses",)),
        ("between Goris and Kapan", "between", ("Goris", "Kapan")),
        ("from Vardenis to Nerkin Hand", "between", ("Vardenis", "Nerkin Hand")),
        ("Kirants - Kheyrimli sector", "between", ("Kirants", "Kheyrimli")),
        ("the Goris–Kapan road", "road", ("Goris", "Kapan")),
        ("on the Goris-Vorotan highway", "road", ("Goris", "Vorotan")), ("Yeraskh section", "section", ("Yeraskh",)),
        ("Gegharkunik section of the border", "section", ("Gegharkunik",)),
        ("border section of Gegharkunik", "section", ("Gegharkunik",)),
        ("the north-eastern section of the state border", "section", ("state border",)),
        ("Gegharkunik border", "section", ("Gegharkunik",)),
        ("близ села Тех", "near", ("села Тех",)), ("возле Гориса", "near", ("Гориса",)),
        ("в направлении Товуза", "towards", ("Товуза",)),
    ],
)  # fmt: skip
def test_words_around_a_name_tell_the_relation(wording: str, kind: str, names: tuple[str, ...]) -> None:
    found = one(wording)
    assert (found.kind, found.names) == (kind, names)


@pytest.mark.parametrize(
    ("wording", "distance_m", "spread_m", "bearing_deg"),
    [
        ("15 km east of Goris", 15_000, 500, 90), ("2.9 km north-east of Goris", 2_900, 50, 45),
        ("2-4 kilometres south of Goris", 3_000, 1_000, 180),
        ("about 5 km to the north-west of Goris", 5_000, 500, 315), ("500 m west of Goris", 500, 0.5, 270),
        ("3 miles SE of Goris", 4828.032, 804.672, 135),
        ("10 km north-north-east from Goris", 10_000, 500, 22.5), ("в 5 км севернее Goris", 5_000, 500, 0),
    ],
)  # fmt: skip
def test_distance_with_a_direction_is_an_offset(wording: str, distance_m: float, spread_m: float, bearing_deg: float) -> None:
    found = one(wording)
    assert (found.kind, found.names, found.bearing_deg) == ("offset", ("Goris",), bearing_deg)
    assert found.distance_m == pytest.approx(distance_m)
    assert found.spread_m == pytest.approx(spread_m)


def test_distance_without_a_direction_is_a_ring() -> None:
    found = one("2-3 km from Khnatsakh")
    assert (found.kind, found.names, found.distance_m, found.spread_m) == ("ring", ("Khnatsakh",), 2_500, 500)


def test_distance_over_a_border_names_what_lies_behind_it() -> None:
    assert one("3.5 kilometres inside the southern province of Syunik").names == ("Syunik province",)
    assert one("500 m inside Armenian territory").names == ("Armenian territory",)


def test_distance_after_a_name_says_more_about_it() -> None:
    found = parse_relation("Jermuk, 7.5 km deep, 4.5 km from town")
    assert [(r.kind, r.names, r.distance_m) for r in found] == [("in", ("Jermuk",), None), ("inside", (), 7_500), ("ring", (), 4_500)]


def test_several_relations_in_one_phrase_are_all_read() -> None:
    found = parse_relation("3.5 km inside Armenian territory near Sev Lich on the border section of Syunik")
    assert [(r.kind, r.names) for r in found] == [("inside", ("Armenian territory",)), ("near", ("Sev Lich",)), ("section", ("Syunik",))]


def test_list_is_split_with_what_stands_between() -> None:
    found = parse_relation("Goris, Verishen and Ishkhanasar; Sotk / Kut")
    joints = [(r.names[0], r.joint) for r in found]
    assert joints == [("Goris", "first"), ("Verishen", "comma"), ("Ishkhanasar", "and"), ("Sotk", "comma"), ("Kut", "slash")]


def test_relation_said_once_holds_for_every_name() -> None:
    assert [r.kind for r in parse_relation("near Sotk and Norabak")] == ["near", "near"]
    assert [r.kind for r in parse_relation("Martakert and Martuni directions")] == ["towards", "towards"]
    assert [r.names for r in parse_relation("Dashkasan, Kalbajar and Lachin districts")] == [
        ("Dashkasan district",), ("Kalbajar district",), ("Lachin district",),
    ]  # fmt: skip


def test_wider_place_in_the_phrase_is_its_context() -> None:
    found = one("Ahmadli settlement of the Lachin region")
    assert (found.names, found.context) == (("Ahmadli settlement",), "Lachin region")
    assert one("Qazax rayonunun Məzəm kəndi").context == "Qazax rayonunun"
    assert one("село Тех Сюникской области").context == "Сюникской области"


def test_exception_names_no_place() -> None:
    assert [r.names for r in parse_relation("Lachin district, without the corridor")] == [("Lachin district",), ()]


def test_nothing_to_read_gives_nothing() -> None:
    assert parse_relation("") == parse_relation(" ,; ") == ()


def test_opposite_points_of_the_compass_are_half_a_circle_apart() -> None:
    assert BEARINGS["southwest"] - BEARINGS["northeast"] == 180
    assert BEARINGS["westnorthwest"] == 292.5


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    found = parse_relation(text)
    assert [r.joint == "first" for r in found] == [True, *[False] * (len(found) - 1)][: len(found)]
    assert bool(found) or not any(c.isalnum() for c in text)


@given(st.floats(0.1, 90), st.sampled_from(["north", "south-east", "west"]))
def test_distance_is_read_back_as_written(distance_km: float, point: str) -> None:
    written = f"{distance_km:.1f}"
    found = one(f"{written} km {point} of Goris")
    assert found.distance_m == pytest.approx(float(written) * 1000)
    assert found.bearing_deg == BEARINGS[point.replace("-", "")]


@pytest.mark.parametrize("text", ["Goris - " * 37, "near " * 60, "section of the " * 20 + "border", "A and " * 50, "1 km " * 60])
def test_hostile_repetition_is_read_quickly(text: str) -> None:
    # a pattern that backtracks would run for minutes here
    assert len(parse_relation(text)) < 100


@pytest.mark.parametrize(
    ("wording", "name", "context"),
    [
        ("the village of Nerkin Hand in Syunik", "Nerkin Hand village", "Syunik"),
        ("Chinari village of Tavush", "Chinari village", "Tavush"),
        ("the town of Martuni in the Gegharkunik marz", "Martuni town", "Gegharkunik marz"),
    ],
)
def test_a_settlement_of_or_in_a_wider_place_has_that_as_context(wording: str, name: str, context: str) -> None:
    (relation,) = parse_relation(wording)
    assert (relation.kind, relation.names, relation.context) == ("in", (name,), context)
