"""What kind of event a sentence reports, and whether it reports one at all.

Cue wordings by event type are in ``data/words_events.txt``. History, plans, hopes and negations are no events; nor is anything in an
article about sport, earthquakes or trade. Putting sentences together to incidents is left to `geo.extract.incidents`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geo.extract.normalise import Article, Sentence
from geo.extract.words import any_of, matcher, word_lists
from geo.schema import EVENT_TYPES

GROUPS = {
    "firefight": "fire", "shelling": "fire", "drone_strike": "fire", "ceasefire_violation": "fire", "casualties_report": "fire",
    "troop_presence": "movement", "advance": "movement", "deployment": "movement", "handover": "movement", "withdrawal": "withdrawal",
    "checkpoint": "road", "road_closure": "road", "engineering_works": "works", "infrastructure_damage": "damage",
    "mine_blast": "mine", "detention": "detention", "ceasefire": "ceasefire", "negotiation": "talks", "monitoring": "monitoring",
    "other": "other",
}  # fmt: skip
"""Types that may be told of one and the same incident."""

WEAK_TYPES = frozenset({"casualties_report", "engineering_works", "infrastructure_damage", "negotiation"})
"""Types that another cue in the same sentence overrules."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that tells an event.

    Attributes
    ----------
    type
        One of the event types.
    start, end
        Offsets in the article.
    """

    type: str
    start: int
    end: int


@cache
def _cues() -> re.Pattern[str]:
    lists = word_lists("events")
    types = [name for name in lists if name in EVENT_TYPES]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(f'(?P<{t}>{any_of(lists[t])})' for t in types)})(?!\w)", re.IGNORECASE)


@cache
def _negation() -> re.Pattern[str]:
    former = r"(?:19|20)\d\d|last year's|previous|earlier|past"
    return re.compile(rf"(?<!\w)(?:{any_of(word_lists('events')['negated'])}(?:\s+[\w-]+){{0,2}}|{former})\s*$", re.IGNORECASE)


def find_cues(sentence: Sentence) -> list[Cue]:
    """The event cues of a sentence, the deciding one first; negated ones are left out."""
    found = []
    for m in _cues().finditer(sentence.text):
        if not _negation().search(sentence.text[max(0, m.start() - 40) : m.start()]):
            found.append(Cue(m.lastgroup or "other", m.start() + sentence.start, m.end() + sentence.start))
    return sorted(found, key=lambda c: c.type in WEAK_TYPES)


def is_background(sentence: Sentence) -> bool:
    """Whether a sentence says by its words that it tells of former times."""
    return matcher("events", "background").search(sentence.text) is not None


def is_unrelated(sentence: Sentence) -> bool:
    """Whether a sentence tells of something that has nothing to do with the border."""
    return matcher("events", "unrelated").search(sentence.text) is not None


def is_separate(sentence: Sentence) -> bool:
    """Whether a sentence begins another incident in so many words."""
    return matcher("events", "separate").search(sentence.text) is not None


def is_ongoing(sentence: Sentence) -> bool:
    """Whether what it tells lasts up to the day of the report."""
    return matcher("events", "ongoing").search(sentence.text) is not None


def concerns_the_border(article: Article, *, known_places: int = 0) -> bool:
    """Whether the article is about the theatre and about arms at all; everything else gives no incident.

    Parameters
    ----------
    article
        The text.
    known_places
        How many places of the theatre were found in it: two replace its name, one does where two words of arms go with it.
    """
    text = " ".join(s.text for s in article.sentences)
    armed = len({m[0].lower() for m in matcher("events", "armed").finditer(text)}) + (_cues().search(text) is not None)
    if known_places < 2 and not (known_places and armed > 1) and not matcher("events", "gate").search(text):
        return False
    off_topic = len({m[0].lower() for m in matcher("events", "off_topic").finditer(text)})
    return armed > 0 and off_topic <= max(2, armed)
