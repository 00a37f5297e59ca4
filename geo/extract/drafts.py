"""Which sentences tell of which incident.

Goes through the sentences in order: a cue with a new time, or a new place, or of another kind begins an incident; what adds to the one in
hand is attached to it. History, plans and context places stay outside. The records are made by `geo.extract.incidents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geo.extract.actors import Group, SpeakerFinder, find_groups
from geo.extract.counts import Count, find_counts
from geo.extract.dateref import DateRef, find_dates
from geo.extract.events import GROUPS, Cue, find_cues, is_background, is_ongoing, is_separate, is_unrelated
from geo.extract.mentions import AREA_KINDS, CAPITALS, UNLOCATED_KINDS, Mention, distance_deg, find_places, settle
from geo.extract.normalise import Article, Sentence, about_the_text
from geo.extract.statements import Statement, find_statements
from geo.extract.words import matcher
from geo.gazetteer import Gazetteer, Place

NEAR_DEG = 0.45
"""How far apart (degrees of latitude, about 50 km) places of one incident may lie when only a detail is added."""
MASS_TOLL = 20
"""Casualties that are the toll of a whole offensive when no place is told with them."""


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


@dataclass
class Draft:
    """An incident while it is being put together."""

    facts: list[Facts] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    cue: Cue | None = None
    heard: frozenset[str] = frozenset()

    @property
    def group(self) -> str:
        """Kind of event, as far as incidents of different kinds are told apart."""
        return GROUPS[self.cue.type] if self.cue else "other"

    def days(self) -> tuple[date, date] | None:
        """Days of the incident by its own dates; ``None`` when only statements are dated."""
        best = best_date(self)
        return (best.first, best.last) if best and best.basis != "statement" else None


def is_candidate(mention: Mention) -> bool:
    """Whether a mention can be a place of an incident at all: no country, no foreign city, no capital."""
    if mention.shape == "name" and mention.text.casefold() in CAPITALS:
        return False
    return not mention.places or not all(p.kind in UNLOCATED_KINDS for p in mention.places)


def best_date(draft: Draft) -> DateRef | None:
    """The date of an incident: first its own in the sentence that tells event and place, at last that of a statement."""
    ranked: list[tuple[int, int, DateRef]] = []
    for n, facts in enumerate(draft.facts):
        for ref in facts.dates:
            if ref.basis in ("explicit", "relative", "statement"):
                # the sentence that tells the place dates the incident; the lead often dates the toll
                rank = 2 * (not facts.cues) + 3 * (not facts.places) + 4 * (ref.basis == "statement")
                ranked.append((rank + (2 if ref.basis == "statement" and not facts.cues else 0), n, ref))
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _zone_only(facts: Facts) -> bool:
    return any(c.role == "strength" for c in facts.counts) and any("peacekeep" in g.name.lower() for g in facts.groups) and not facts.told


def _in_window(facts: Facts) -> bool:
    """Whether a sentence tells of the news and not of former or coming times."""
    if about_the_text(facts.sentence) or facts.sentence.headline or is_unrelated(facts.sentence):
        return False
    if facts.told:
        return True
    if facts.background or any(d.basis == "history" for d in facts.dates):
        return False
    return not any(d.basis == "future" for d in facts.dates)


def _is_event(facts: Facts) -> bool:
    if not facts.cues or not _in_window(facts) or _zone_only(facts):
        return False
    if facts.stance in ("calls", "no_comment", "denies"):
        return bool(facts.places and facts.told)
    armed = any(g.armed for g in facts.groups)
    return bool(facts.places or facts.told or armed or facts.counts or facts.statements)


def _apart(one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    """Whether the places are different ones."""
    mine = {p.place_id for m in one for p in m.places[:1]}
    return bool(mine) and not mine & {p.place_id for m in other for p in m.places[:1]}


def _far(one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    """Whether no place of the one lies near a place of the other."""
    pairs = [(m.places[0], n.places[0]) for m in one for n in other if m.places and n.places]
    return bool(pairs) and not any(distance_deg(p, q) < NEAR_DEG or _holds(p, q) or _holds(q, p) for p, q in pairs)


def _points(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.shape == "name" and m.places and m.places[0].kind not in AREA_KINDS]


def _holds(unit: Place, place: Place) -> bool:
    return unit.kind in AREA_KINDS and (
        (unit.adm1 is not None and unit.adm1 == place.adm1) or (unit.adm1 is None and unit.country == place.country)
    )


def _begins(draft: Draft, facts: Facts) -> bool:
    """Whether a sentence with a cue tells of another incident than the one in hand."""
    group = GROUPS[facts.cues[0].type]
    days, own = draft.days(), facts.told
    conflict = days is not None and bool(own) and all((d.first, d.last) != days for d in own)
    if is_separate(facts.sentence) or (
        conflict
        and matcher("events", "anaphora").search(facts.sentence.text)
        and not facts.places
        and days is not None
        and own[0].first > days[0]
    ):
        return True
    if not draft.places and facts.places and _mass_toll(draft) and _speaks_otherwise(draft, facts):
        return True
    if not own and _other_account(draft, facts):
        # two sides that name different points tell of two incidents; an area may hold the other's point
        return group == draft.group and facts.stance == "asserts" and _far(_points(facts.places), _points(draft.places))
    if group == draft.group:
        if not draft.places or (
            all(m.shape == "line" or (m.places and m.places[0].kind in AREA_KINDS) for m in draft.places) and not conflict
        ):
            return False
        if _speaks_otherwise(draft, facts) and facts.stance == "asserts" and _far(facts.places, draft.places):
            return True
        if (
            _points(draft.places)
            and _points(facts.places)
            and _far(facts.places, draft.places)
            and facts.stance not in ("partly", "denies")
        ):
            return True
        return conflict and (
            _apart(facts.places, draft.places) or (not facts.places and _types_differ(draft, facts) and group == "movement")
        )
    if group in ("mine", "ceasefire") or draft.group in ("mine", "ceasefire", "monitoring"):
        return bool(own or facts.places or group == "mine")
    if conflict or ({group, draft.group} == {"withdrawal", "movement"} and own):
        return True
    return bool(facts.places) and _far(facts.places, draft.places) and facts.stance not in ("partly", "denies")


def sides(facts: Facts) -> frozenset[str]:
    """The parties to the conflict that speak in a sentence."""
    return frozenset(s.speaker.side for s in facts.statements if s.speaker.side in ("AM", "AZ", "NK"))


def _mass_toll(draft: Draft) -> bool:
    return any(c.low >= MASS_TOLL for f in draft.facts for c in f.counts if c.role != "strength")


def _speaks_otherwise(draft: Draft, facts: Facts) -> bool:
    """Whether the speaker is of another side than those who told of the incident before."""
    before = {side for f in draft.facts for side in sides(f)} or draft.heard
    now = sides(facts)
    return bool(before) and bool(now) and not now & before


def _other_account(draft: Draft, facts: Facts) -> bool:
    return facts.stance in ("asserts", "partly") and _speaks_otherwise(draft, facts)


def _types_differ(draft: Draft, facts: Facts) -> bool:
    return draft.cue is not None and facts.cues[0].type != draft.cue.type


def _adds_place(draft: Draft, facts: Facts) -> tuple[Mention, ...]:
    """Places of a sentence without a cue that still tell where: worded as a location and not far."""
    if facts.background or any(d.basis == "history" for d in facts.dates) or not _in_window(facts):
        return ()
    located = tuple(
        m for m in facts.places
        if m.shape != "name" or (m.wording[0] < m.start and matcher("events", "located_relation").search(_words_before(facts, m)))
    )  # fmt: skip
    return located if located and (not draft.places or not _far(located, draft.places)) else ()


def _words_before(facts: Facts, mention: Mention) -> str:
    left = facts.sentence.start
    return facts.sentence.text[mention.wording[0] - left : mention.start - left]


def _add(draft: Draft, facts: Facts, places: Sequence[Mention]) -> None:
    draft.facts.append(facts)
    known = {(p.place_id, m.shape) for m in draft.places if m.role is None for p in m.places[:1]}
    for mention in places:
        if not mention.places or (mention.places[0].place_id, mention.shape) not in known:
            draft.places.append(mention)
            known |= {(p.place_id, mention.shape) for p in mention.places[:1]}


def _anaphor(facts: Facts, drafts: Sequence[Draft]) -> tuple[Mention, ...]:
    """ "The village" for the place named last."""
    found = matcher("events", "anaphora").search(facts.sentence.text)
    kinds = ("village", "town", "city") if found and not found[0].lower().endswith(("area", "place", "above")) else None
    named = [m for d in drafts for m in d.places if m.places and m.shape == "name" and (kinds is None or m.places[0].kind in kinds)]
    last = named[-1:]
    if found is None or not last:
        return ()
    span = (found.start() + facts.sentence.start, found.end() + facts.sentence.start)
    return (replace(last[-1], start=span[0], end=span[1], wording=span, text=last[-1].text, shape="name", ends=()),)


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
        out.append(Facts(sentence, mentions, dates, groups, counts, statements, cues, is_background(sentence)))
    return _settled(out)


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
    return _SPREAD.search(facts.sentence.text[max(0, left - 40) : left]) is not None


def _sure(facts: Facts) -> list[Place]:
    """The places of a sentence that nothing else could be meant by."""
    names = [n for m in facts.mentions for n in (m.ends or (m,)) if m.shape != "line"]
    return [n.places[0] for n in names if len(n.places) == 1 and n.places[0].kind not in UNLOCATED_KINDS]


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


def draft_incidents(facts: Sequence[Facts]) -> list[Draft]:
    """The incidents of an article, each with the sentences that tell of it, in order."""
    drafts: list[Draft] = []
    current: Draft | None = None
    heard: frozenset[str] = frozenset()
    for one in facts:
        if one.sentence.headline or about_the_text(one.sentence) or is_unrelated(one.sentence):
            continue
        if _is_event(one):
            if current is None or _begins(current, one):
                current = Draft(cue=one.cues[0], heard=heard)
                drafts.append(current)
                _add(current, one, one.places or _anaphor(one, drafts[:-1]))
            else:
                _add(current, one, one.places if _in_window(one) else ())
        elif current is not None and (target := _target(one, current, drafts)) is not None:
            _add(target, one, _adds_place(target, one))
        heard = sides(one) or heard
    return [d for d in drafts if d.places or d.days() or any(f.counts for f in d.facts)]


def _goes_on(draft: Draft, facts: Facts) -> bool:
    """Whether a sentence goes on with the denial before it, in the same paragraph and by the same side."""
    before = draft.facts[-1]
    near = before.sentence.paragraph == facts.sentence.paragraph and 0 <= facts.sentence.start - before.sentence.end < 3
    return near and before.stance in ("denies", "partly") and bool(sides(before) & sides(facts))


def _target(facts: Facts, current: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The incident that a sentence without a cue adds to; ``None`` when it adds to none."""
    if is_separate(facts.sentence):
        return None
    past = facts.background or any(d.basis == "history" for d in facts.dates)
    if (past and not facts.told and facts.stance in (None, "asserts") and not _goes_on(current, facts)) or _zone_only(facts):
        return None
    dated = [d for d in drafts if (days := d.days()) and any((t.first, t.last) == days for t in facts.told)]
    if facts.told and dated and facts.statements:
        return dated[-1]
    if facts.statements or is_ongoing(facts.sentence):
        return current
    close = facts.sentence.paragraph - current.facts[-1].sentence.paragraph <= 1
    return current if close and _in_window(facts) else None
