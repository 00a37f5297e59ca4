"""Place names in sentences."""

import pytest

from geo.extract.mentions import Mention, find_places
from geo.extract.normalise import read_text
from geo.gazetteer import embedded_gazetteer


def mentions(text: str) -> list[Mention]:
    return [m for s in read_text(text).sentences for m in find_places(s, embedded_gazetteer())]


def places(text: str) -> list[str]:
    return [m.text for m in mentions(text) if m.role is None]


@pytest.mark.parametrize(
    "text",
    [
        "General Goris Hakobyan spoke.",
        "The coach Stijn Goris spoke.",
        "Zangezur TV showed it.",
        "The Azerbaijan Army wrote it.",
        "Ms Karabakhtsyan declined.",
        "The Shushi Foundation helps.",
        "A Yerevan-based site saw it.",
        "Azerbaijani and Armenian units met.",
        "The Karabakh authorities wrote it.",
        "The bank opened in September.",
    ],
)
def test_persons_bodies_and_demonyms_are_no_places(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The sergeant, a native of Gyumri, was hit.", "home_town"),
        ("He is in hospital in Vedi.", "hospital"),
        ("A unit with headquarters in Martuni came.", "base"),
        ("Trucks were heading for Kapan.", "destination"),
        ("The minister was speaking in Goris.", "statement"),
        ("It happened a kilometre away, near the exclave of Nakhchivan.", "reference"),
    ],
)
def test_what_a_place_is_named_for(text: str, role: str) -> None:
    assert [m.role for m in mentions(text)] == [role]


def test_a_road_is_one_place_and_no_two_towns() -> None:
    (road,) = mentions("They blocked the Goris–Kapan highway.")
    assert road.shape == "road"
    assert [e.text for e in road.ends] == ["Goris", "Kapan"]


def test_between_two_places_is_one_place() -> None:
    assert [m.shape for m in mentions("A patrol drove between Khoznavar and Tegh.")] == ["between"]


def test_between_two_countries_is_no_place() -> None:
    assert places("A dispute between Armenia and Azerbaijan went on.") == []


def test_a_second_name_in_brackets_is_the_same_place() -> None:
    found = mentions("Shells fell on Martuni (Khojavend) that night.")
    assert [m.role for m in found] == [None, "alias"]
    assert found[0].places[0].country == "AZ"


def test_a_district_after_a_village_narrows_its_homonyms() -> None:
    found = mentions("It happened near Aghdam, a village in Tovuz district.")
    assert [m.role for m in found] == [None, "qualifier"]
    assert {p.adm1 for p in found[0].places} == {"Tovuz District"}


def test_a_kind_word_chooses_the_unit() -> None:
    (found,) = mentions("It happened in the southern province of Syunik.")
    assert [p.place_id for p in found.places] == ["unit:am-syunik"]


def test_old_and_foreign_names_find_the_same_place() -> None:
    assert mentions("Near Gorus.")[0].places == mentions("Near Goris.")[0].places


def test_where_fire_came_from_is_marked() -> None:
    found = mentions("Posts in the direction of Zarkand opened fire at a post in Yellija.")
    assert [m.role for m in found] == ["origin", None]


def test_the_wording_holds_distance_and_direction() -> None:
    text = "A post 15 km east of Vardenis was hit."
    (found,) = mentions(text)
    assert text[slice(*found.wording)] == "15 km east of Vardenis"


def test_a_line_is_found_as_a_line() -> None:
    assert [m.shape for m in mentions("Fire was heard along the line of contact.")] == ["line"]
