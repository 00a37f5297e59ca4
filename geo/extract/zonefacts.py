"""Counts that belong to a zone as a whole: peacekeepers, their posts and vehicles. They are never incidents and never points."""

from __future__ import annotations

import re
from datetime import date

from geo.claims import ZoneFact
from geo.extract.drafts import Facts
from geo.extract.normalise import Article
from geo.extract.words import matcher

_POSTS = re.compile(
    r"(?<![\w.,])(?P<number>\d[\d,]*)(?: (?:remaining|permanent|temporary))? (?P<what>observation posts|"
    r"posts|checkpoints|armou?red (?:personnel )?(?:carriers|vehicles)|vehicles)\b"
)


def find_zone_facts(facts: list[Facts], article: Article, *, published: date | None, source_file: str) -> list[ZoneFact]:
    """The peacekeeping totals of an article.

    A sentence gives one when it counts peacekeepers that are stationed, deployed or on duty and tells no event of the day; what
    "it numbered" is taken when the paragraph speaks of peacekeepers or their mission.
    """
    found: list[ZoneFact] = []
    place = "Nagorno-Karabakh"
    topic = -1
    for one in facts:
        text = one.sentence.text
        peace = re.search(r"peacekeep", text, re.IGNORECASE) is not None
        if peace:
            topic = one.sentence.paragraph
        if (
            (one.told and not one.background)
            or topic < 0
            or one.sentence.paragraph - topic > 2
            or not matcher("events", "zone_words").search(text)
        ):
            continue
        named = next((m for m in one.mentions if m.places and m.places[0].kind == "zone"), None)
        place = article.text[named.start : named.end] if named else place
        for count in one.counts:
            if count.role == "strength" and (peace or "numbered" in text):
                subject = next((g.name for g in one.groups if g.start <= count.end and count.start <= g.end), "peacekeepers")
                found.append(
                    _fact(
                        subject,
                        count.low,
                        count.high,
                        "personnel",
                        place,
                        article,
                        (one.sentence.start, one.sentence.end),
                        published,
                        source_file,
                    )
                )
        for m in _POSTS.finditer(text):
            if peace or "numbered" in text:
                unit = "posts" if "post" in m["what"] or "check" in m["what"] else "vehicles"
                number = int(m["number"].replace(",", ""))
                found.append(
                    _fact(m["what"], number, number, unit, place, article, (one.sentence.start, one.sentence.end), published, source_file)
                )
    return found


def _fact(
    subject: str,
    low: int,
    high: int | None,
    unit: str,
    place: str,
    article: Article,
    span: tuple[int, int],
    published: date | None,
    source_file: str,
) -> ZoneFact:
    said_on = published.isoformat() if published else None
    return ZoneFact("peacekeeping_zone", subject, low, high, unit, place, said_on, article.text[slice(*span)], span, source_file)
