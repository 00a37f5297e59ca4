"""A whole article to incidents."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.extract import Reading, extract_article, incidents_as_json, read_article_text
from geo.gazetteer import embedded_gazetteer
from geo.schema import EVENT_TYPES

PUBLISHED = date(2021, 5, 14)

STANDOFF = """Neighbours trade blame over hill post

Armenia's caretaker Prime Minister Aram Petrosyan said he would ask allies for help after Azerbaijan refused to withdraw an estimated
90 troops from the southern province of Syunik. “They must leave,” Petrosyan told reporters in the capital, Yerevan, on Thursday.

Azerbaijan denied crossing the border. Its men work on a map of the frontier, the Foreign Ministry in Baku said in a letter.

The Kremlin had no immediate comment. French President Paul Dupont urged both sides to step back after a call on Wednesday.

Before the 44-day war Armenian forces held seven surrounding districts. Some 1,500 Russian peacekeepers are stationed in
Nagorno-Karabakh.

© 2021 Some Agency""".replace("estimated\n90", "estimated 90").replace("in\nNagorno", "in Nagorno")


def read(text: str, published: date | None = PUBLISHED) -> Reading:
    return read_article_text(text, published=published, gazetteer=embedded_gazetteer(), source_file="report.txt")


def test_a_standoff_gives_one_disputed_troop_presence_in_a_province() -> None:
    (incident,) = read(STANDOFF).incidents
    assert incident.event_type == "troop_presence"
    assert incident.status == "disputed"
    assert incident.strength is not None
    assert (incident.strength.low, incident.strength.high, incident.strength.side, incident.strength.approx) == (90, 90, "AZ", True)
    (place,) = incident.places
    assert place.location.kind == "area"
    assert place.location.outline == ("unit:am-syunik",)
    assert place.location.geometry is None
    stances = {(c.side, c.stance) for c in incident.claims}
    assert {("AM", "asserts"), ("AZ", "denies"), ("RU", "no_comment"), ("FR", "calls")} <= stances


def test_the_office_named_after_its_country_is_who_denies() -> None:
    (incident,) = read(STANDOFF).incidents
    (denial,) = [c for c in incident.claims if c.stance == "denies"]
    assert "Foreign Ministry" in denial.by


def test_every_field_has_its_evidence() -> None:
    (incident,) = read(STANDOFF).incidents
    fields = {field for field, _, _ in incident.evidence}
    assert {"event_type", "date", "place", "strength", "claim", "actor"} <= fields
    assert all(0 <= a < b <= len(STANDOFF) for _, a, b in incident.evidence)


def test_peacekeepers_are_a_fact_of_their_zone_and_no_incident() -> None:
    (fact,) = read(STANDOFF).zone_facts
    assert (fact.zone_kind, fact.low, fact.high, fact.unit, fact.place_text) == (
        "peacekeeping_zone",
        1500,
        1500,
        "personnel",
        "Nagorno-Karabakh",
    )


def test_the_table_row_is_a_draft_with_a_neutral_title_and_a_stable_id() -> None:
    one, two = (extract_article(STANDOFF, published=PUBLISHED, gazetteer=embedded_gazetteer(), source_file="report.txt") for _ in range(2))
    row = one.incidents.iloc[0]
    assert bool(row.draft)
    assert row.title.startswith("Troop presence reported, ")
    assert row.id == two.incidents.iloc[0].id
    assert row.id.startswith("report-1-")
    assert row.outline == ("unit:am-syunik",)
    assert row.status == "disputed"


def test_two_days_and_two_places_are_two_incidents() -> None:
    text = (
        "Three Armenian soldiers were wounded when Azerbaijani troops opened fire near Tegh on Tuesday, Armenia's Defence Ministry said. "
        "A second exchange of fire broke out near Sotk on Thursday, it said."
    )
    first, second = read(text).incidents
    assert [i.start for i in (first, second)] == [date(2021, 5, 11), date(2021, 5, 13)]
    assert first.wounded is not None
    assert first.wounded.side == "AM"
    assert second.wounded is None


def test_each_side_counts_its_own_and_they_add_up() -> None:
    text = (
        "A clash broke out near Sotk on Wednesday. Armenia said two of its soldiers were killed. "
        "Azerbaijan said five of its servicemen had been killed."
    )
    (incident,) = read(text).incidents
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high, incident.killed.side) == (7, 7, None)
    assert {(b.side, b.low) for b in incident.killed.by} == {("AM", 2), ("AZ", 5)}


def test_a_blast_without_a_place_stays_unlocated() -> None:
    text = "Azerbaijan's Defence Ministry said that a sapper lost a foot in a mine explosion on Thursday. It did not say where."
    dossier = extract_article(text, published=PUBLISHED, gazetteer=embedded_gazetteer(), source_file="a.txt")
    row = dossier.incidents.iloc[0]
    assert row.event_type == "mine_blast"
    assert row.location_kind == "unknown"
    assert row.geometry is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "© 2022 Some Agency\n\nSign up for our newsletter",
        (
            "Ağdam beat its guests 2-1 in Baku on Thursday. The striker's shot was on target, the "
            "goalkeeper under fire, the coach of the club happy."
        ),
        "An earthquake of magnitude 4.1 shook Goris and Sisian in Armenia on Monday. No deaths were reported.",
        "Wine makers from Areni and Shamakhi met at a festival in Tbilisi on Saturday.",
        "The leaders of Armenia and Azerbaijan will meet in Brussels on Monday to discuss a railway through Meghri.",
        "Armenia and Azerbaijan fought a war in the 1990s. Shelling of Stepanakert killed many in 1992.",
        "Some 1,900 Russian peacekeepers are deployed in Nagorno-Karabakh.",
        "A man was shot dead in a quarrel in Leeds on Friday, police said.",
        "A delegation visited Goris and Kapan in Armenia on Tuesday to meet families displaced by the 2020 fighting.",
        "Police detained 90 people at an opposition rally in Yerevan on Wednesday over concessions on Nagorno-Karabakh.",
        "Sappers cleared 14 anti-personnel mines in Fuzuli last week, Azerbaijan's agency said.",
    ],
)
def test_what_is_no_border_incident_gives_none(text: str) -> None:
    assert read(text).incidents == ()


def test_a_place_that_no_gazetteer_knows_is_kept_unlocated() -> None:
    (incident,) = read(
        "Azerbaijani troops opened fire near the village of Xyzzyabad on Tuesday, Armenia's Defence Ministry said."
    ).incidents
    assert [p.location.kind for p in incident.places] == ["unknown"]
    assert "Xyzzyabad" in incident.places[0].mention


def test_sides_that_disagree_on_the_place_are_both_on_the_map() -> None:
    text = (
        "Azerbaijani troops captured four Armenian soldiers on Tuesday. Armenia's Defence Ministry said they had been working on the "
        "border section of Gegharkunik. According to Baku, a sabotage group was detained near Yukhari Ayrim in Kalbajar district."
    )
    row = extract_article(text, published=PUBLISHED, gazetteer=embedded_gazetteer(), source_file="a.txt").incidents.iloc[0]
    assert row.location_kind == "area"
    assert {"unit:am-gegharkunik", "unit:az-kalbajar"} <= set(row.outline)


def test_one_attack_on_several_places_is_one_incident_that_covers_them() -> None:
    text = "Azerbaijani artillery shelled Sotk, Kapan and Jermuk on Tuesday, Armenia's Defence Ministry said."
    dossier = extract_article(text, published=PUBLISHED, gazetteer=embedded_gazetteer(), source_file="a.txt")
    (row,) = dossier.incidents.itertuples()
    assert row.place_text == "Sotk; Kapan; Jermuk"
    assert row.geometry.geom_type == "MultiPolygon"


def test_the_highest_toll_of_a_side_counts_and_a_correction_notice_does_not() -> None:
    text = (
        "The number of Armenian soldiers killed near Sotk on Tuesday rose to four. Two of them died at once, Armenia's ministry said.\n\n"
        "Correction: an earlier version of this story spoke of nine killed soldiers."
    )
    (incident,) = read(text).incidents
    assert incident.killed is not None
    assert incident.killed.low == 4


def test_an_unsupported_language_says_so() -> None:
    reading = read(
        "Los dos países se acusaron mutuamente el viernes por un tiroteo cerca de la frontera, según informó ayer el ministerio local."
    )
    assert reading.incidents == ()
    assert "language" in reading.notes[0]


def test_a_megabyte_in_one_line_is_read_without_end() -> None:
    assert read("Syunik and Goris and nothing else " * 30_000).incidents == ()


def test_without_a_day_of_publication_dates_stay_unknown() -> None:
    (incident,) = read("Azerbaijani troops opened fire near Tegh on Tuesday, Armenia's Defence Ministry said.", None).incidents
    assert (incident.start, incident.end, incident.precision) == (None, None, "unknown")


def test_context_places_keep_their_role() -> None:
    text = (
        "YEREVAN — Azerbaijani troops opened fire near Tegh on Tuesday, the ministry said. The "
        "victim, a native of Gyumri, is in hospital in Goris."
    )
    reading = read(text)
    roles = {c.mention: c.role for c in reading.context_places}
    assert roles["YEREVAN"] == "dateline"
    assert roles["Gyumri"] == "home_town"
    assert [p.mention for p in reading.incidents[0].places] == ["near Tegh"]


def test_swapping_the_parties_changes_nothing_but_the_names() -> None:
    text = "Azerbaijani soldiers opened fire near Tegh on Tuesday, Armenia's Defence Ministry said. Azerbaijan denied it."
    swapped = (
        text.translate(str.maketrans({}))
        .replace("Azerbaijan", "\0")
        .replace("Armenia's", "Azerbaijan's")
        .replace("\0i ", "Armenian ")
        .replace("\0", "Armenia")
    )
    one, two = read(text).incidents[0], read(swapped).incidents[0]
    assert (one.event_type, one.status, one.start) == (two.event_type, two.status, two.start)
    assert [c.stance for c in one.claims] == [c.stance for c in two.claims]
    assert [{"AM": "AZ", "AZ": "AM"}[c.side or ""] for c in one.claims] == [c.side for c in two.claims]


PIECES = [
    "Azerbaijani troops opened fire near Tegh on Tuesday, Armenia's Defence Ministry said. ", "“Nobody was hurt,” it said… ",
    "Baku denied the report. ", "At least two soldiers were killed in Tovuz district overnight. ", "\n\n",
    "The Kremlin would not comment. ",
    "A mine explosion wounded a sapper between Soltanli and Khudaferin. ", "© 2021 X\n", "GORIS — ", "Şuşa; Kəlbəcər. ",
    "the ", "12-15 ",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_offsets_always_cut_out_the_mention(pieces: list[str]) -> None:
    text = "".join(pieces)
    reading = read(text)
    for incident in incidents_as_json(reading.incidents):
        assert incident["event_type"] in EVENT_TYPES
        for one in [*incident["places"], *incident["claims"]]:
            assert text[one["char_start"] : one["char_end"]] == one["mention"]
    for place in reading.context_places:
        assert text[slice(*place.span)] == place.mention


def test_who_was_told_is_not_what_was_said() -> None:
    text = (
        "Armenia's prime minister told reporters in Yerevan on Friday that Azerbaijani troops had crossed the border near Tegh. "
        "An estimated 40 soldiers had still not withdrawn from positions near Tegh, the Armenian Defence Ministry told journalists."
    )
    reading = read_article_text(text, published=date(2023, 3, 31), gazetteer=embedded_gazetteer(), source_file="a.txt")
    abouts = [claim.about or "" for incident in reading.incidents for claim in incident.claims]
    assert abouts
    assert not any(about.startswith(("reporters", "journalists")) for about in abouts)
