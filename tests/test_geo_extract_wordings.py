"""Kinds of wording that reports use: who says what about whose claim, corrected tolls, what is only recalled."""

from datetime import date

import pytest

from geo.extract import ExtractedIncident, read_article_text
from geo.gazetteer import embedded_gazetteer

FIRE = "Azerbaijani troops opened fire near Tegh on Tuesday, Armenia's Defence Ministry said."


def read(text: str) -> tuple[ExtractedIncident, ...]:
    return read_article_text(text, published=date(2023, 6, 28), gazetteer=embedded_gazetteer(), source_file="a.txt").incidents


def only(text: str) -> ExtractedIncident:
    (incident,) = read(text)
    return incident


def stances(text: str) -> set[tuple[str | None, str]]:
    return {(c.side, c.stance) for c in only(text).claims}


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ('Baku\'s military called the report "a fabrication".', ("AZ", "denies")),
        ("Azerbaijan's Defence Ministry described Yerevan's account as baseless.", ("AZ", "denies")),
        ("The Foreign Ministry in the Azerbaijani capital dismissed the allegations.", ("AZ", "denies")),
        ("Azerbaijan's State Border Service gave a different version of events.", ("AZ", "partly")),
        ("Baku said its units were on Azerbaijani soil.", ("AZ", "partly")),
        ("The EU mission neither confirmed nor denied it.", ("EU", "no_comment")),
        ("Azerbaijan's Defence Ministry did not immediately reply to questions.", ("AZ", "no_comment")),
        ("Washington voiced deep concern and urged both parties to step back.", ("US", "calls")),
        ("Russia's peacekeepers accused Azerbaijan of breaching the truce.", ("RU", "asserts")),
        ("Peskov declined to comment.", ("RU", "no_comment")),
    ],
)
def test_the_stance_of_a_speaker_is_told_by_the_kind_of_wording(sentence: str, claim: tuple[str, str]) -> None:
    assert claim in stances(f"{FIRE} {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "The EU mission confirmed that its patrols were in the area but had no information on shooting.",
        "The EU mission said it could not verify the report.",
        "Azerbaijan's Defence Ministry said it had no information about the incident.",
    ],
)
def test_who_has_no_information_confirms_nothing(sentence: str) -> None:
    incident = only(f"{FIRE} {sentence}")
    assert incident.status == "claimed"
    assert {c.stance for c in incident.claims} == {"asserts", "no_comment"}


def test_what_both_governments_say_is_confirmed() -> None:
    assert only("Both governments said that Azerbaijani and Armenian troops had exchanged fire near Sotk on Monday.").status == "confirmed"


def test_a_denial_names_the_claim_that_it_denies() -> None:
    (denial,) = [c for c in only(f"{FIRE} Azerbaijan's Defence Ministry denied Yerevan's report.").claims if c.stance == "denies"]
    assert (denial.about or "").startswith("the claim of Armenia's Defence Ministry")


def test_a_claim_that_only_its_denial_names_is_a_claim_too() -> None:
    incident = only("Azerbaijan denied Yerevan's claim that its soldiers had opened fire near Tegh on Tuesday.")
    assert {(c.side, c.stance) for c in incident.claims} == {("AZ", "denies"), ("AM", "asserts")}
    assert incident.status == "disputed"


def test_a_chain_of_reports_names_who_passes_it_on() -> None:
    text = "Meridian News, citing the Defence Ministry in Baku, reported that an Azerbaijani soldier was wounded near Zangilan on Tuesday."
    (claim,) = only(text).claims
    assert (claim.by, claim.side) == ("Meridian News, citing Defence Ministry in Baku", "AZ")


def test_a_denial_before_a_new_accusation_belongs_to_the_incident_before() -> None:
    first, second = read(
        "Azerbaijan's Defence Ministry said its posts in Kalbajar district had come under fire on Monday. Yerevan denied it and accused "
        "Azerbaijani units of moving forward near Kut on Tuesday."
    )
    assert {(c.side, c.stance) for c in first.claims} == {("AZ", "asserts"), ("AM", "denies")}
    assert (second.event_type, [(c.side, c.stance) for c in second.claims]) == ("advance", [("AM", "asserts")])


@pytest.mark.parametrize(
    ("text", "role", "bounds"),
    [
        (
            f"{FIRE} Three soldiers were killed. In a correction on Wednesday the ministry said two had been killed, not three.",
            "killed",
            (2, 2),
        ),
        ("Three Karabakh policemen and two Azerbaijani soldiers were killed near Shusha on Sunday.", "killed", (5, 5)),
        (f"{FIRE} It raised its death toll to seven soldiers killed, from five.", "killed", (7, 7)),
        (
            "A driver died and his brother was injured when their car hit a mine near Zangilan on Monday, Azerbaijan said.",
            "wounded",
            (1, 1),
        ),
        ("A bus was hit by bullets near Yeraskh on Sunday night, Armenian police said. The driver escaped unhurt.", "wounded", (0, 0)),
    ],
)
def test_counts_follow_corrections_and_shared_verbs(text: str, role: str, bounds: tuple[int, int]) -> None:
    tally = getattr(only(text), role)
    assert tally is not None
    assert (tally.low, tally.high) == bounds


def test_those_hurt_on_another_day_are_not_counted() -> None:
    text = (
        "One soldier was wounded near Nerkin Hand early on Tuesday, the Defence Ministry in Yerevan said. Azerbaijan's border service "
        "said that it was an answer to gunfire on Monday which had injured two of its guards."
    )
    tally = only(text).wounded
    assert tally is not None
    assert (tally.low, tally.high) == (1, 1)


def test_what_a_sentence_only_recalls_is_not_its_event() -> None:
    text = (
        "An Armenian soldier was shot dead near Sotk on Tuesday, the first death since Azerbaijani troops crossed the border in Syunik "
        "province two weeks ago."
    )
    incident = only(text)
    assert incident.event_type == "firefight"
    assert [p.place_id for p in incident.places] == ["sotk-zod"]


@pytest.mark.parametrize(
    ("text", "kind", "place_id"),
    [
        ("Russia withdrew its post from Voskepar last week, Armenia's security council said.", "point", "voskepar"),
        ("Armenian guards opened fire at positions in the Horadiz area on Sunday, the Defence Ministry in Baku said.", "near", "horadiz"),
        (
            "Artillery hit the outskirts of Jermuk and a base at Vardenis on Tuesday, Armenia's Defence Ministry said.",
            "near",
            "istisu-jermuk",
        ),
    ],
)
def test_where_it_happened_follows_from_the_verb(text: str, kind: str, place_id: str) -> None:
    assert (only(text).places[0].location.kind, only(text).places[0].place_id) == (kind, place_id)


def test_a_list_is_no_qualification() -> None:
    text = "Azerbaijani artillery shelled Martuni, Hadrut and Askeran on Sunday, the Karabakh authorities said."
    assert {p.place_id for p in only(text).places} == {"khojavend-martuni", "hadrut", "asgaran-askeran"}


def test_between_places_of_two_countries_is_in_neither_for_sure() -> None:
    text = "Border markers were installed between the villages of Kirants and Kheyrimli on Tuesday, Armenia's Security Council said."
    assert [p.country for p in only(text).places] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "A fire at a depot in Kapan destroyed two lorries on Saturday. Firefighters from Goris and Sisian put it out.",
        "Russian troops shelled Kharkiv on Monday, killing four, Ukrainian officials said. Armenia's foreign ministry voiced concern.",
        "A wolf attacked sheep near Vardenis on Friday; the mayor said hunters had shot two animals.",
        "Protesters blocked the road between Yerevan and Sevan on Saturday to demand the resignation of ministers. Police detained 40.",
        "An exhibition on the battle of Sardarapat opened in Goris on Friday; visitors saw a field gun that fired in 1918.",
        "Azerbaijani and Turkish troops began joint exercises near Nakhchivan on Monday. Artillery fired at targets and drones were used.",
        "A court in Baku sentenced two Armenian prisoners of war on Friday. They were captured in November 2021 near Lachin.",
        "Azerbaijan plans to open a border checkpoint on the Lachin road next year, an official in Baku said on Monday.",
        "Pashinyan told parliament on Wednesday that Armenia must avoid a new war. He warned that Azerbaijan could attack in Syunik.",
        "The ombudsman published a report on Monday on prisoners of the 2020 war. It lists 33 people still held in Baku.",
        "A new school was opened in Movses on Friday. The old one had been damaged by shelling in 2020.",
    ],
)
def test_what_only_sounds_like_an_incident_gives_none(text: str) -> None:
    assert read(text) == ()
