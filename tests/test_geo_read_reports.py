"""Files of reports: heads, web pages, JSON."""

import json
from datetime import date
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.read.article import read_article
from geo.read.inputs import kind_of
from geo.read.reports import read_reports

BODY = "Azerbaijani units opened fire near Sotk on Tuesday, Armenia's Defence Ministry said. One soldier was wounded."


def test_yaml_front_matter_gives_the_day_and_keeps_the_offsets_of_the_file() -> None:
    text = f"---\ntitle: Shots at Sotk\ndate: 2023-05-12\npublisher: Some Agency\nurl: https://example.org/a\n---\n\n{BODY}\n"
    (report,) = read_reports(text, path="a.md")
    assert (report.published, report.publisher, report.url) == (date(2023, 5, 12), "Some Agency", "https://example.org/a")
    assert len(report.text) == len(text)
    assert report.text.index("Sotk") == text.rindex("Sotk")


def test_an_infobox_head_is_no_sentence_of_the_report() -> None:
    (report,) = read_reports(f"Title: Shots at Goris\nPublished: 12 May 2023\nSource: Some Agency\n\n{BODY}", path="a.txt")
    assert report.published == date(2023, 5, 12)
    assert "Goris" not in report.text


@pytest.mark.parametrize("text", [BODY, f"Note: one line with a colon.\n\n{BODY}", f"Armenia: a survey\nIran: none\n\n{BODY}"])
def test_prose_that_begins_with_a_colon_is_not_cut(text: str) -> None:
    assert read_reports(text, path="a.txt")[0].text == text


def test_of_a_web_page_only_the_main_text_and_the_stated_day_are_taken() -> None:
    page = (
        "<html><head><title>T</title><meta property='article:published_time' content='2023-05-12T08:00:00Z'></head><body>"
        f"<nav><a href='/'>Home</a> <a href='/goris'>Goris hotels</a></nav><article><h1>Shots</h1><p>{BODY}</p>"
        "<p>Azerbaijan's Defence Ministry denied the report and said that no fire had been opened by its units.</p></article>"
        "<footer>Copyright. Subscribe to our newsletter.</footer></body></html>"
    )
    (report,) = read_reports(page, path="a.html")
    assert report.published == date(2023, 5, 12)
    assert BODY in report.text
    assert "hotels" not in report.text


def test_a_web_page_that_states_no_day_gets_none_from_its_text() -> None:
    page = f"<html><body><article><p>{BODY} It was the worst day since 3 May 2021.</p><p>{BODY}</p></article></body></html>"
    assert read_reports(page, path="a.htm")[0].published is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (json.dumps([{"text": BODY, "date": "2023-05-12"}, {"body": BODY, "published": "Fri, 12 May 2023 10:00:00 GMT"}]), "a.json"),
        (
            json.dumps({"articles": [{"content": BODY, "date": "2023-05-12T09:00:00+04:00"}, {"text": BODY, "date": "12.05.2023"}]}),
            "a.json",
        ),
        ("\n".join(json.dumps({"text": BODY, "pubDate": "2023-05-12"}) for _ in range(2)), "a.jsonl"),
    ],
)
def test_each_article_of_a_json_file_is_a_report_with_its_day(text: str, path: str) -> None:
    found = read_reports(text, path=path)
    assert [(r.text, r.published, r.number) for r in found] == [(BODY, date(2023, 5, 12), 1), (BODY, date(2023, 5, 12), 2)]


@pytest.mark.parametrize("text", ["[]", "{", '{"type": "FeatureCollection", "features": []}', "3", '[{"title": "no text"}]'])
def test_json_without_any_article_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"a\.json"):
        read_reports(text, path="a.json")


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    (report,) = read_reports(json.dumps({"text": BODY, "url": "javascript:alert(1)"}), path="a.json")
    assert report.url is None


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.htm", "a.json", "a.jsonl"])
def test_reports_are_articles_by_their_suffix(name: str) -> None:
    assert kind_of(name) == "article"


def test_the_day_given_goes_before_the_day_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": BODY, "date": "2023-05-12", "url": "https://example.org/a"}), encoding="utf-8")
    own = read_article(str(path), published=None, gazetteer=embedded_gazetteer()).incidents.iloc[0]
    given = read_article(str(path), published=date(2022, 1, 7), gazetteer=embedded_gazetteer()).incidents.iloc[0]
    assert (own.start.date(), given.start.date()) == (date(2023, 5, 9), date(2022, 1, 4))
    assert own.sources == ("https://example.org/a",)
    assert {claim.url for claim in own.claims} == {"https://example.org/a"}


def test_incidents_of_several_articles_in_a_file_have_ids_and_numbers_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": BODY, "date": "2023-05-12"}] * 2), encoding="utf-8")
    table = read_article(str(path), published=None, gazetteer=embedded_gazetteer()).incidents
    assert table.id.is_unique
    assert list(table.source_row) == [1, 2]
    assert set(table.source_file) == {"a.json"}
