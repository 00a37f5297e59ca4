"""Who says what."""

import pytest

from geo.extract.actors import SpeakerFinder
from geo.extract.normalise import read_text
from geo.extract.statements import Statement, find_statements


def statements(text: str) -> list[Statement]:
    article = read_text(text)
    finder = SpeakerFinder(article)
    return [s for sentence in article.sentences for s in find_statements(sentence, finder)]


@pytest.mark.parametrize(
    ("text", "side", "stance"),
    [
        ("Azerbaijan's Defence Ministry said two posts were shelled.", "AZ", "asserts"),
        ("Shots were fired, the Defence Ministry in Yerevan reported.", "AM", "asserts"),
        ("According to Baku, a patrol was hit.", "AZ", "asserts"),
        ("Baku flatly rejected the report.", "AZ", "denies"),
        ("Yerevan denied the report.", "AM", "denies"),
        ("The Foreign Ministry in Baku called the accusations of shelling baseless.", "AZ", "denies"),
        ("Armenia said this was untrue.", "AM", "denies"),
        ("Azerbaijan told a different story.", "AZ", "partly"),
        ("Armenia's military said the other side had fired first.", "AM", "partly"),
        ("The Kremlin declined to comment.", "RU", "no_comment"),
        ("There was no immediate comment from Moscow.", "RU", "no_comment"),
        ("The European Union called on both sides to withdraw.", "EU", "calls"),
        ("Washington urged restraint.", "US", "calls"),
        ("The authorities in Stepanakert said a man was hurt.", "NK", "asserts"),
        ("In Baku, the Defence Ministry said it had no losses.", "AZ", "asserts"),
        ("Armenia's Ministry of Defence on Wednesday said shots were fired.", "AM", "asserts"),
    ],
)
def test_speaker_and_stance(text: str, side: str, stance: str) -> None:
    assert [(s.speaker.side, s.stance) for s in statements(text)] == [(side, stance)]


def test_disputed_territory_is_no_denial() -> None:
    assert statements("He went to the disputed territory of Nagorno-Karabakh.") == []


def test_a_surname_stands_for_the_office_named_before() -> None:
    found = statements("Armenia's acting Prime Minister Aram Petrosyan said so. Later Petrosyan told reporters more.")
    assert found[1].speaker.name.startswith("Armenia's acting Prime Minister")
    assert found[1].speaker.side == "AM"


def test_it_is_who_spoke_last() -> None:
    found = statements("Azerbaijan's border service said a post was hit. It added that nobody was hurt.")
    assert [s.speaker.side for s in found] == ["AZ", "AZ"]


def test_the_subject_of_an_object_clause_is_no_speaker() -> None:
    found = statements("Azerbaijan's ministry said border guards were deploying.")
    assert [s.speaker.side for s in found] == ["AZ"]


def test_offsets_hold_the_words_of_the_statement() -> None:
    text = "All was quiet. Yerevan denied the report."
    (found,) = statements(text)
    assert text[found.start : found.end] == "Yerevan denied the report."
    assert text[found.verb[0] : found.verb[1]] == "denied"
