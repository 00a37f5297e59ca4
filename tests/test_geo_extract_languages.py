"""Reports in other languages than English."""

from datetime import date

import pytest

from geo.extract import ExtractedIncident, Reading, read_article_text
from geo.gazetteer import embedded_gazetteer

PUBLISHED = date(2023, 5, 12)


def read(text: str) -> Reading:
    return read_article_text(text, published=PUBLISHED, gazetteer=embedded_gazetteer(), source_file="a.txt")


def only(text: str) -> ExtractedIncident:
    (incident,) = read(text).incidents
    return incident


RUSSIAN = (
    "Двое военнослужащих ранены при обстреле позиций близ села Сотк во вторник вечером, сообщило Минобороны Армении. "
    "Минобороны Азербайджана опровергло эту информацию. Москва призвала стороны к сдержанности."
)


def test_a_russian_report_gives_type_place_day_count_and_claims() -> None:
    incident = only(RUSSIAN)
    assert (incident.event_type, incident.start, incident.end) == ("shelling", date(2023, 5, 9), date(2023, 5, 9))
    assert [(p.place_id, p.location.kind) for p in incident.places] == [("sotk-zod", "near")]
    assert incident.wounded is not None
    assert (incident.wounded.low, incident.wounded.high) == (2, 2)
    assert [(c.side, c.stance) for c in incident.claims] == [("AM", "asserts"), ("AZ", "denies"), ("RU", "calls")]
    assert incident.status == "disputed"
    assert any("Russian" in note for note in incident.notes)


@pytest.mark.parametrize(
    ("wording", "first", "last"),
    [
        ("12 мая", date(2023, 5, 12), date(2023, 5, 12)),
        ("9 мая 2023 года", date(2023, 5, 9), date(2023, 5, 9)),
        ("вчера", date(2023, 5, 11), date(2023, 5, 11)),
        ("в ночь на 12 мая", date(2023, 5, 11), date(2023, 5, 12)),
        ("в субботу", date(2023, 5, 6), date(2023, 5, 6)),
        ("с 10 мая", date(2023, 5, 10), date(2023, 5, 12)),
        ("10.05.2023", date(2023, 5, 10), date(2023, 5, 10)),
    ],
)
def test_russian_dates_count_from_publication(wording: str, first: date, last: date) -> None:
    incident = only(f"Азербайджанские подразделения открыли огонь близ Сотка {wording}, сообщили в Минобороны Армении.")
    assert (incident.start, incident.end) == (first, last)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [("в Горисе", "goris-gorus"), ("у Капана", "gafan-kapan"), ("близ Неркин-Анда", "nerkin-hand"), ("в районе Джермука", "istisu-jermuk")],
)
def test_russian_names_are_found_in_any_case(name: str, place_id: str) -> None:
    assert [p.place_id for p in only(f"Взрыв мины {name} 11 мая, ранен один солдат армянской армии.").places] == [place_id]


@pytest.mark.parametrize(
    "text",
    [
        "Сборная Гориса обыграла команду Капана 3:0. Вратарь отразил пенальти, матч посетили 400 зрителей.",
        "Переговоры глав МИД Армении и Азербайджана пройдут в Женеве на следующей неделе, сообщили в Ереване.",
        "В годы войны обстрелы Степанакерта продолжались месяцами, Армения и Азербайджан помнят об этом.",
    ],
)
def test_russian_texts_without_incident_give_none(text: str) -> None:
    assert read(text).incidents == ()


@pytest.mark.parametrize(
    ("text", "place_ids"),
    [
        ("Ադրբեջանական զինուժը կրակ է բացել Սոթքի և Կութի ուղղությամբ տեղակայված հայկական դիրքերի վրա։", {"sotk-zod", "kut-zarkand"}),
        (
            "Ermənistan silahlı qüvvələri Laçında yerləşən mövqelərimizi atəşə tutub, bu barədə Müdafiə Nazirliyi bildirib.",
            {"berdzor-lachin"},
        ),
    ],
)
def test_armenian_and_azerbaijani_give_places_and_a_draft_for_a_person(text: str, place_ids: set[str]) -> None:
    incident = only(text)
    assert (incident.event_type, incident.claims, incident.status) == ("other", (), "unverified")
    assert {p.place_id for p in incident.places} == place_ids
    assert any("for a person to fill in" in note for note in incident.notes)


@pytest.mark.parametrize(
    "text",
    [
        "Qarabağ klubu Ağdamda keçirilən oyunda qonaqları məğlub edib, qolu hücumçu vurub və məşqçi razı qalıb.",
        "Գորիսում տեղի է ունեցել գինու փառատոն, որին մասնակցել են բազմաթիվ հյուրեր։",
    ],
)
def test_other_matters_in_armenian_and_azerbaijani_give_none(text: str) -> None:
    assert read(text).incidents == ()


@pytest.mark.parametrize(
    "text",
    [
        "La frontière entre l'Arménie et l'Azerbaïdjan a été le théâtre de tirs près de Sotk mardi soir, selon le ministère.",
        "Українські військові повідомили про обстріл поблизу міста у середу, є поранені та загиблі серед цивільних осіб.",
        "An der Grenze zwischen Armenien und Aserbaidschan wurde bei Sotk geschossen, teilte das Ministerium in Jerewan am Dienstag mit.",
    ],
)
def test_other_languages_are_told_to_be_unsupported(text: str) -> None:
    reading = read(text)
    assert reading.incidents == ()
    assert "not supported" in reading.notes[0]
