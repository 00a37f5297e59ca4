"""All that each sentence of an article holds: places, dates, parties, counts, statements and cues.

Homonyms are decided over the whole article. Putting sentences together to incidents is left to `geo.extract.drafts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.extract.actors import Group, SpeakerFinder, find_groups
from geo.extract.counts import Count, find_counts
from geo.extract.dateref import DateRef, find_dates
from geo.extract.events import Cue, find_cues, is_background
from geo.extract.mention import CAPITALS, UNLOCATED_KINDS, Mention, distance_deg, settle
from geo.extract.mentions import find_places
from geo.extract.normalise import Article, Sentence
from geo.extract.statements import Statement, find_statements
from geo.gazetteer import Gazetteer, Place

NEAR_DEG = 0.45
"""How far apart (degrees of latitude, about 50 km) places of one incident may lie when only a detail is added."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was found in one sentence."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    dates: tuple[DateRef, ...]
    groups: tuple[Group, ...]
    counts: tuple[Count, ...]
    statements: tuple[Statement, ...]
    cues: tuple[Cue, ...]
    background: bool
    aside: Facts | None = None

    @property
    def places(self) -> tuple[Mention, ...]:
        """Mentions that may be places of an incident."""
        return tuple(m for m in self.mentions if m.role in (None, "origin") and is_candidate(m))

    @property
    def told(self) -> tuple[DateRef, ...]:
        """Dates that may be the incident's own."""
        return tuple(d for d in self.dates if d.basis in ("explicit", "relative"))

    @property
    def stance(self) -> str | None:
        """The stance of the first statement."""
        return self.statements[0].stance if self.statements else None


def is_candidate(mention: Mention) -> bool:
    """Whether a mention can be a place of an incident at all: no country, no foreign city, no capital."""
    if mention.shape == "name" and mention.text.casefold() in CAPITALS:
        return False
    return not mention.places or not all(p.kind in UNLOCATED_KINDS for p in mention.places)


def read_facts(article: Article, *, published: date | None, gazetteer: Gazetteer) -> list[Facts]:
    """What every sentence holds; relative dates count from what was told before, homonyms from all places of the article."""
    finder = SpeakerFinder(article)
    told: tuple[date, date] | None = None
    out: list[Facts] = []
    for sentence in article.sentences:
        dates = find_dates(sentence.text, published=published, told=told, offset=sentence.start) if published else ()
        own = [d for d in dates if d.basis in ("explicit", "relative", "statement")]
        told = (own[0].first, own[0].last) if own else told
        groups = tuple(find_groups(sentence))
        statements = tuple(find_statements(sentence, finder))
        mentions = tuple(_spoken(m, statements) for m in find_places(sentence, gazetteer))
        counts = tuple(find_counts(sentence, groups))
        cues = tuple(find_cues(sentence)) or _casualty_cue(sentence, counts, groups)
        out.append(_without_aside(Facts(sentence, mentions, dates, groups, counts, statements, cues, is_background(sentence))))
    return _settled(out)


_ASIDE = re.compile(
    r"\b(?:the (?:first|latest|second|third|worst|deadliest|most serious)\b[^,;.]{0,40} since|"
    r"(?:days?|weeks?|months?|hours?) (?:after|since)|since) "
    r"(?=(?:[A-Z]|the |its |their )[^,;.]{3,}?)[^,;.]+",
)


def _without_aside(facts: Facts) -> Facts:
    """Without what "the first death since troops crossed the border two weeks ago" only recalls; that is kept in ``aside``."""
    found = _ASIDE.search(facts.sentence.text)
    if found is None:
        return facts
    start, end = found.start() + facts.sentence.start, found.end() + facts.sentence.start

    def within(one: Cue | Mention | DateRef) -> bool:
        return start <= one.start < end

    recalled, told = [c for c in facts.cues if within(c)], tuple(c for c in facts.cues if not within(c))
    hit = tuple(c for c in facts.counts if c.role != "strength" and c.low > 0 and c.end <= start)
    if not recalled or not (told or hit):
        return facts
    told = told or (Cue("casualties_report", hit[0].start, hit[0].end),)
    outside = tuple(replace(m, role="background") if within(m) and m.role is None else m for m in facts.mentions)
    recalling = replace(
        facts, mentions=tuple(m for m in facts.mentions if within(m)), dates=tuple(d for d in facts.dates if within(d)), counts=(),
        statements=(), cues=tuple(recalled),
    )  # fmt: skip
    dates = tuple(d for d in facts.dates if not within(d))
    return replace(facts, mentions=outside, dates=dates, cues=told, aside=recalling)


_FIRE_WORDS = re.compile(r"\b(?:fire|shots?|gun\w*|bullets?|sniper)\b", re.IGNORECASE)


def _casualty_cue(sentence: Sentence, counts: Sequence[Count], groups: Sequence[Group]) -> tuple[Cue, ...]:
    """People killed, wounded or captured in a sentence tell an incident even without another cue."""
    hit = [c for c in counts if c.role != "strength" and c.low > 0]
    if not hit or not any(g.side in ("AM", "AZ", "NK", "RU") for g in groups):
        return ()
    kind = "firefight" if _FIRE_WORDS.search(sentence.text) else "detention" if hit[0].role == "captured" else "casualties_report"
    return (Cue(kind, hit[0].start, hit[0].end),)


def _spoken(mention: Mention, statements: Sequence[Statement]) -> Mention:
    """A name inside a speaker ("the authorities in Stepanakert") is no place of the incident."""
    inside = any(s.speaker.start <= mention.start < s.speaker.end for s in statements)
    return replace(mention, role="statement") if inside and mention.role is None else mention


_SPREAD = re.compile(r"\b(?:positions?|posts?|heights|units|outposts?) (?:deployed |located |stationed )?in (?:the )?$", re.IGNORECASE)


def _spread(facts: Facts, mention: Mention) -> bool:
    left = mention.start - facts.sentence.start
    if facts.sentence.text[left : mention.end - facts.sentence.start].endswith(" area"):
        return True
    return _SPREAD.search(facts.sentence.text[max(0, left - 40) : left]) is not None


def _sure(facts: Facts) -> list[Place]:
    """The places of a sentence that nothing else could be meant by."""
    names = [n for m in facts.mentions for n in (m.ends or (m,)) if m.shape != "line"]
    # homonyms side by side (a town and its district) leave no doubt where that is
    return [n.places[0] for n in names if n.places and n.places[0].kind not in UNLOCATED_KINDS and _together(n.places)]


def _together(places: Sequence[Place]) -> bool:
    return all(p.country == places[0].country and distance_deg(p, places[0]) < NEAR_DEG for p in places)


def _settled(facts: list[Facts]) -> list[Facts]:
    """Homonyms decided by the unambiguous places of the sentence, else of the article; a name means the same throughout."""
    sure = [p for f in facts for p in _sure(f)]
    meant: dict[str, tuple[Place, ...]] = {}
    out = []
    for one in facts:
        here = _sure(one)
        mentions = []
        for mention in one.mentions:
            if len(mention.places) > 1 and mention.said_kind is None and mention.text in meant:
                mention = replace(mention, places=meant[mention.text])
            ends = tuple(settle(e, here or sure) for e in mention.ends)
            mention = settle(replace(mention, ends=ends), here or sure, spread=_spread(one, mention))
            if mention.shape == "name" and mention.role != "alias" and mention.said_kind != "unit":
                meant.setdefault(mention.text, mention.places[:1])
            mentions.append(mention)
        out.append(replace(one, mentions=tuple(mentions)))
    return out
