"""An article to incidents: the steps in order.

`read_article_text` gives all detail, `extract_article` the dossier that maps are made of. Rules and word lists only; each step is a
module of its own. A machine reading is a draft until a person has looked at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.claims import ZoneFact
from geo.extract.drafts import Facts, draft_incidents, read_facts
from geo.extract.events import concerns_the_border
from geo.extract.incidents import build_incident
from geo.extract.languages import NAMES, Language, draft_for_a_person, language_of
from geo.extract.mentions import find_places
from geo.extract.normalise import Article, read_text
from geo.extract.records import ExtractedIncident
from geo.extract.russian import read_russian
from geo.extract.views import incident_rows, incidents_as_json
from geo.extract.zonefacts import find_zone_facts
from geo.gazetteer import Gazetteer
from geo.schema import ContextPlace, Dossier, InputFile


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article.

    Attributes
    ----------
    incidents, zone_facts, context_places
        In the order of the text.
    notes
        What the reader of the result should know, in sentences.
    """

    incidents: tuple[ExtractedIncident, ...]
    zone_facts: tuple[ZoneFact, ...] = ()
    context_places: tuple[ContextPlace, ...] = ()
    notes: tuple[str, ...] = ()


def _unread(article: Article) -> str | None:
    """Why nothing can be read from a text; ``None`` when it can."""
    if not article.sentences:
        return "no text of a report was found in it"
    if language_of(article) is None:
        known = ", ".join(NAMES.values())
        return f"the language is not supported (known: {known}), so nothing was read from it"
    return None


def _names_places(article: Article, gazetteer: Gazetteer) -> int:
    """How many places of the two states the first sentences name; a single one counts only near the border."""
    found = {
        m.places[0] for s in article.sentences[:6] for m in find_places(s, gazetteer) if m.places and m.places[0].country in ("AM", "AZ")
    }
    return len(found) if len(found) > 1 else sum(p.near_border and p.reported for p in found)


def read_article_text(text: str, *, published: date | None, gazetteer: Gazetteer, source_file: str) -> Reading:
    """Incidents, zone facts and context places of an article.

    Parameters
    ----------
    text
        As read; offsets count its code points.
    published
        Day that relative dates count from; ``None``: no date is given to anything.
    gazetteer
        The places to know.
    source_file
        Name that the records carry.
    """
    article = read_text(text)
    if note := _unread(article):
        return Reading((), notes=(note,))
    if (language := language_of(article)) != "en":
        return _foreign(article, language, published, gazetteer)
    if not concerns_the_border(article, known_places=_names_places(article, gazetteer)):
        return Reading((), notes=("it does not report on the Armenia-Azerbaijan border",))
    facts = read_facts(article, published=published, gazetteer=gazetteer)
    drafts = draft_incidents(facts)
    incidents = tuple(
        build_incident(d, n, article=article, gazetteer=gazetteer, published=published) for n, d in enumerate(drafts, start=1)
    )
    zones = tuple(find_zone_facts(facts, article, published=published, source_file=source_file))
    notes = tuple(dict.fromkeys(note for i in incidents for note in i.notes))
    return Reading(incidents, zones, tuple(_context(article, facts, incidents, source_file, gazetteer)), notes)


def _foreign(article: Article, language: Language | None, published: date | None, gazetteer: Gazetteer) -> Reading:
    """What can be read in the other languages."""
    if language == "ru":
        incidents = read_russian(article, published=published, gazetteer=gazetteer)
    else:
        incidents = draft_for_a_person(article, language or "en", published=published, gazetteer=gazetteer)
    notes = tuple(dict.fromkeys(note for i in incidents for note in i.notes))
    return Reading(incidents, notes=notes or ("it does not report on the Armenia-Azerbaijan border",))


def _context(
    article: Article, facts: Sequence[Facts], incidents: Sequence[ExtractedIncident], source_file: str, gazetteer: Gazetteer
) -> list[ContextPlace]:
    used = [p.span for i in incidents for p in i.places]
    found = []
    if article.dateline:
        name = re.match(r"[^\W\d_]+(?:[ -][^\W\d_]+)?", article.text[slice(*article.dateline)])
        if name:
            places = gazetteer.find(name[0]) or gazetteer.find(name[0].split()[0])
            start = article.dateline[0]
            found.append(
                ContextPlace(name[0], (start, start + len(name[0])), places[0].place_id if places else None, "dateline", source_file)
            )
    for one in facts:
        for m in one.mentions:
            if m.role not in ("country", "alias") and m.shape != "line" and not any(a < m.end and m.start < b for a, b in used):
                place_id = m.places[0].place_id if m.places else None
                role = m.role or ("background" if one.background or not one.cues else "reference")
                found.append(ContextPlace(article.text[m.start : m.end], (m.start, m.end), place_id, role, source_file))
    return found


def reading_as_json(reading: Reading, *, article_id: str, published: date | None) -> dict[str, Any]:
    """One object for an article: its incidents, context places and zone facts with their offsets, and the notes."""
    return {
        "id": article_id,
        "published": published.isoformat() if published else None,
        "incidents": incidents_as_json(reading.incidents),
        "context_places": [
            {"mention": c.mention, "char_start": c.span[0], "char_end": c.span[1], "place_id": c.place_id, "role": c.role}
            for c in reading.context_places
        ],
        "zone_facts": [
            {
                "zone_kind": z.zone_kind,
                "subject": z.subject,
                "low": z.low,
                "high": z.high,
                "unit": z.unit,
                "place": z.place_text,
                "mention": z.text,
            }
            | {"char_start": z.span and z.span[0], "char_end": z.span and z.span[1]}
            for z in reading.zone_facts
        ],
        "notes": list(reading.notes),
    }


def extract_article(text: str, *, published: date | None, gazetteer: Gazetteer, source_file: str) -> Dossier:
    """The dossier of one article: a row for each incident, zone facts and context places.

    Parameters are those of `read_article_text`. ``files`` holds one record with the notes, which the reader of the file completes.
    """
    reading = read_article_text(text, published=published, gazetteer=gazetteer, source_file=source_file)
    table = incident_rows(reading.incidents, source_file=source_file, gazetteer=gazetteer)
    record = InputFile(source_file, source_file, "article", None, len(reading.incidents), reading.notes)
    return Dossier(table, reading.zone_facts, reading.context_places, files=(record,))
