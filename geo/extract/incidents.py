"""From drafts to records: type, dates, places with their locations, actors, counts by side, claims and status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.claims import Actor, Claim, status_of
from geo.extract.actors import Group, is_local, speaks_for_a_state
from geo.extract.counts import Count
from geo.extract.drafts import Draft, Facts, best_date
from geo.extract.events import GROUPS, WEAK_TYPES, Cue, is_ongoing
from geo.extract.normalise import Article
from geo.extract.placing import own_places, place_ref
from geo.extract.records import ExtractedIncident, PlaceRef, SideCount, Span, Tally
from geo.extract.statements import Statement
from geo.extract.words import any_of, matcher, word_lists
from geo.gazetteer import Gazetteer
from geo.schema import DatePrecision

LASTING_TYPES = frozenset({"troop_presence", "road_closure", "checkpoint"})


def _type(draft: Draft) -> tuple[str, str, Span]:
    """Event type, group and the offsets of its wording: the first cue, unless it is a weak one and another follows."""
    cues = [c for f in draft.facts for c in f.cues]
    first = draft.cue or cues[0]
    if first.type in WEAK_TYPES:
        first = next((c for c in cues if c.type not in WEAK_TYPES and GROUPS[c.type] == GROUPS[first.type]), first)
    return first.type, GROUPS[first.type], (first.start, first.end)


def _dates(draft: Draft, event_type: str, published: date | None) -> tuple[date | None, date | None, DatePrecision, Span | None]:
    best = best_date(draft)
    if best is None:
        return (published, published, "day", None) if published else (None, None, "unknown", None)
    first, last, precision = best.first, best.last, best.precision
    lasting = event_type in LASTING_TYPES and published is not None and any(is_ongoing(f.sentence) for f in draft.facts if f.cues)
    if lasting and published is not None and precision == "day":
        others = [d.first for f in draft.facts if f.cues for d in f.told if d.first < first and (first - d.first) <= timedelta(days=14)]
        first = min([first, *others])
        last, precision = (published, "range") if first < published else (last, precision)
    return first, last, precision, (best.start, best.end)


def _speaker_side(facts: Facts) -> str | None:
    sides = [s.speaker.side for s in facts.statements if s.speaker.side in ("AM", "AZ", "NK")]
    return sides[0] if sides else None


def _sided(counts: Iterable[tuple[Facts, Count]], home: str | None) -> list[tuple[Count, str | None, str | None]]:
    """Counts with their side and their source: the words beside them, then the speaker, then who was counted before."""
    out: list[tuple[Count, str | None, str | None]] = []
    speaker: str | None = None
    last: str | None = None
    for facts, count in counts:
        speaker = _speaker_side(facts) or speaker
        side = count.side or (speaker if count.own else None)
        if side is None and count.role != "strength" and count.low > 0:
            side = next(
                (g.side for g in facts.groups if g.armed and g.side in ("AM", "AZ", "NK") and count.start <= g.end <= count.end), None
            )
            side = side or _speaker_side(facts) or last or home
        if side is None and count.role == "strength":
            side = next((g.side for g in facts.groups if g.side and count.start <= g.end and g.start <= count.end), None)
        if count.role != "strength" and count.low > 0:
            last = side
        out.append((count, side, _speaker_side(facts)))
    return out


def _tally(found: Sequence[tuple[Count, str | None, str | None]], total: Count | None) -> Tally | None:
    """One figure over all sides: the largest of each side, added up; a stated total that covers them is kept."""
    if not found and total is None:
        return None
    best: dict[str | None, tuple[Count, str | None]] = {}
    for count, side, source in found:
        if side not in best or count.low > best[side][0].low:
            best[side] = (count, source)
    by = tuple(SideCount(s, c.low, c.high, src, (c.start, c.end)) for s, (c, src) in best.items())
    if total is not None and sum(b.low for b in by) <= total.low:
        only = by[0].side if len(by) == 1 and by[0].low == total.low else None
        return Tally(total.low, total.high, only, total.approx, total.vague, total.unit, (total.start, total.end), by)
    counts = [c for c, _ in best.values()]
    highs = [c.high for c in counts]
    sides = [b.side for b in by if b.low > 0] or ([by[0].side] if len(by) == 1 else [])
    first = max(counts, key=lambda c: c.low)
    return Tally(
        sum(c.low for c in counts), None if None in highs else sum(h or 0 for h in highs), sides[0] if len(sides) == 1 else None,
        any(c.approx for c in counts), any(c.vague for c in counts), first.unit, (first.start, first.end), by,
    )  # fmt: skip


def _casualties(draft: Draft, role: str, home: str | None) -> Tally | None:
    told_of = [f for f in draft.facts if not _of_another_day(draft, f)]
    corrected = [f for f in told_of if matcher("events", "corrected").search(f.sentence.text) and any(c.role == role for c in f.counts)]
    pairs = [(f, c) for f in told_of for c in f.counts if c.role == role]
    sided = _sided(((f, c) for f in told_of for c in f.counts), home)
    if corrected and role != "strength":
        # the corrected figure of a side stands in the place of its earlier ones
        fixed = {c.start for c in corrected[-1].counts}
        sides = {s for c, s, _ in sided if c.role == role and c.start in fixed}
        sided = [x for x in sided if x[0].role != role or x[0].start in fixed or (x[1] not in sides and x[1] is not None)]
        pairs = [p for p in pairs if any(p[1] is x[0] for x in sided)]
    mine = [x for x in sided if x[0].role == role]
    if role == "strength":
        told = [x for x in mine if any(c is x[0] for f in draft.facts if f.cues for c in f.counts)]
        if not told and GROUPS[draft.cue.type if draft.cue else "other"] in ("movement", "withdrawal", "road", "monitoring"):
            told = mine
        group = GROUPS[draft.cue.type] if draft.cue else "other"
        if group in ("fire", "mine", "detention"):
            # a few people named in a shooting are those it happened to, not a force
            told = [x for x in told if x[0].low >= 10 or x[0].unit != "people"]
        return _tally(told[:1], None)
    lead = next((c for f, c in pairs if c.side is None and not c.own and (not f.statements or _both_speak(f)) and c.low > 0), None)
    parts = [x for x in mine if x[0] is not lead and x[0].low > 0 and (x[0].own or x[0].side or x[2])]
    if lead is not None and parts and sum({s: c.low for c, s, _ in parts}.values()) <= lead.low:
        return _tally(parts, lead)
    return _tally(mine, None)


def _of_another_day(draft: Draft, facts: Facts) -> bool:
    """Whether a sentence without a place counts those of other days ("gunfire on Monday that had wounded one")."""
    days = draft.days()
    if days is None or facts.places or not facts.told or not _HAD.search(facts.sentence.text):
        return False
    return all(t.last < days[0] or days[1] < t.first for t in facts.told)


_HAD = re.compile(r"\b(?:which|that|who) had (?!been )(?:\w+ )?(?:injured|wounded|killed|captured|hurt|left|claimed)\b", re.IGNORECASE)


def _both_speak(facts: Facts) -> bool:
    """Whether a sentence gives what both sides say ("Armenia and Azerbaijan blamed each other for …")."""
    text, left = facts.sentence.text, facts.sentence.start
    return any(re.search(r"\b(?:Armenia|Azerbaijan|Baku|Yerevan) and $", text[: s.speaker.start - left]) for s in facts.statements)


def _claims(draft: Draft, article: Article, published: date | None, home: str | None) -> tuple[Claim, ...]:
    """Claims about the incident: the first of each side and stance; an account against an earlier one is no confirmation."""
    held: list[tuple[Statement, Claim]] = []
    for facts in draft.facts:
        for statement in facts.statements:
            stance = statement.stance
            side = statement.speaker.side or _seat_side(statement, facts, home, article)
            party = side in ("AM", "AZ", "NK")
            telling = _TELLING.match(article.plain, statement.verb[0]) is not None
            if stance == "asserts" and not (facts.cues or facts.counts or facts in draft.facts[:2] or party or telling):
                continue
            denied = {c.side or c.by for _, c in held if c.stance in ("denies", "partly")}
            asserted = {c.side for _, c in held if c.stance == "asserts"}
            if stance == "asserts" and asserted - {side} and _OWN_GROUND.get(side or "", _NEVER).search(facts.sentence.text):
                stance = "partly"
            if stance == "asserts" and asserted and side not in asserted and matcher("events", "other_account").search(facts.sentence.text):
                stance = "partly"
            if stance in ("asserts", "partly") and (side or statement.speaker.name) in denied:
                held = _office_named(held, statement, facts, article)
                continue
            adds = bool(facts.cues or facts.counts)
            if not adds and any((c.side, c.stance) == (side, stance) and (side or c.by == statement.speaker.name) for _, c in held):
                held = _office_named(held, statement, facts, article)
                continue
            sides = ("AM", "AZ") if _BOTH.match(statement.speaker.name) else (side,)
            held += [(statement, _claim(replace(statement, stance=stance), one, article, published)) for one in sides]
    return _aimed([c for _, c in held])


_BOTH = re.compile(
    r"(?:the )?(?:both|two) (?:governments|sides|ministries|countries|armies|capitals|defen[cs]e ministries|foreign ministries)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?!)")
# a side that answers another with "on our own soil" does not deny the event but tells it otherwise
_OWN_GROUND = {
    "AM": re.compile(r"\bon (?:sovereign |its own )?Armenian (?:soil|territory|side)\b"),
    "AZ": re.compile(r"\bon (?:sovereign |its own )?Azerbaijani (?:soil|territory|side)\b"),
}


def _aimed(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Denials with the claim that they deny in ``about``: that of the side they name, else the last of another side."""
    out: list[Claim] = []
    for claim in claims:
        others = [c for c in claims if c.stance == "asserts" and (c.side or c.by) != (claim.side or claim.by)]
        named = [c for c in others if c.side and re.search(rf"\b{_ADJECTIVES.get(c.side, c.by)}\b", claim.text or "")]
        before = [c for c in others if c.span and claim.span and c.span[0] < claim.span[0]]
        target = next(iter(named[-1:] or before[-1:]), None)
        if claim.stance == "denies" and target and _REPORTS.search(claim.text or ""):
            claim = replace(claim, about=f"the claim of {target.by}" + (f": {target.about}" if target.about else ""))
        out.append(claim)
    return tuple(out)


_ADJECTIVES = {"AM": "(?:Armenian|Armenia's|Yerevan's)", "AZ": "(?:Azerbaijani|Azerbaijan's|Baku's)", "RU": "(?:Russian|Russia's|Moscow's)"}
_REPORTS = re.compile(
    rf"\b{any_of(word_lists('statements')['reports_on'])}\b|\b(?:denied|denies|rejected|rejects|dismissed) (?:it|this|that)\b",
    re.IGNORECASE,
)


def _seat_side(statement: Statement, facts: Facts, home: str | None, article: Article) -> str | None:
    """Side of an office that names none: of the place it is of ("the mayor of Goris"), else of the incident's place.

    Local officials under the former Karabakh authorities spoke neither for Armenia nor for Azerbaijan.
    """
    if not speaks_for_a_state(statement.speaker.name):
        return None
    seats = [m for m in facts.mentions if m.places and statement.speaker.start <= m.start <= statement.speaker.end + 12]
    # an exclave is administered by whoever holds the office, not by whose it is on paper
    named = {p.country for m in seats if m.role == "statement" for p in m.places[:1]} & {"AM", "AZ"}
    if named:
        home = named.pop() if len(named) == 1 else None
    return None if home == "AZ" and is_local(statement.speaker.name) and _KARABAKH.search(article.plain) else home


_KARABAKH = re.compile(r"\b(?:Stepanakert|Artsakh|Karabakh (?:authorities|officials|Armenians?))\b")


def _office_named(
    held: list[tuple[Statement, Claim]], statement: Statement, facts: Facts, article: Article
) -> list[tuple[Statement, Claim]]:
    """A country's claim is its office's when the next sentence names the office; the wording then spans both."""
    if not held or statement.speaker.kind not in ("office", "person"):
        return held
    before, claim = held[-1]
    gap = article.plain[before.end : statement.start]
    if before.speaker.kind == "metonym" and claim.side == statement.speaker.side and len(gap.strip()) < 2 and "\n" not in gap:
        span = (before.start, statement.end)
        name = statement.speaker.name
        return [
            *held[:-1],
            (replace(before, speaker=statement.speaker), replace(claim, by=name, span=span, text=article.text[slice(*span)])),
        ]
    return held


def _claim(statement: Statement, side: str | None, article: Article, published: date | None) -> Claim:
    said = article.text[statement.verb[1] : statement.end]
    if article.text[slice(*statement.verb)].lower().endswith("told"):
        # behind "told" stands who was told, and what only behind "that"
        said = said.partition(" that ")[2]
    about = " ".join(said.split())[:120].strip(" ,.;:") or None
    said_on = published.isoformat() if published else None
    text = _LOOSE_END.sub("", article.text[statement.start : statement.end])
    return Claim(statement.speaker.name, side, statement.stance, about, text, said_on, None, (statement.start, statement.start + len(text)))


_TELLING = re.compile(r"(?:accus|blam|confirm|condemn|denounc)\w*", re.IGNORECASE)
_LOOSE_END = re.compile(r"[\s,;]*(?:\b(?:while|and|but|as|when)\s*)?$")


def _actors(draft: Draft, claims: Sequence[Claim], group: str) -> tuple[Actor, ...]:
    """Parties in alphabetical order: forces with what they are said to do, and who reports it."""
    named: dict[tuple[str | None, str], Actor] = {}
    for facts in draft.facts:
        cue = facts.cues[0] if facts.cues else None
        shooter = _shooter(facts, cue) if cue else None
        for party in facts.groups:
            if not party.armed or party.side is None or party.side not in ("AM", "AZ", "NK", "RU", "EU", "TR"):
                continue
            role = _role(party, cue.start if cue and party is shooter else None, group)
            if not cue and (party.side, role) not in named and any(s == party.side for s, _ in named):
                continue
            named.setdefault((party.side, role), Actor(party.name, party.side, role))
    for claim in claims:
        if claim.stance in ("asserts", "partly", "denies"):
            named.setdefault((claim.side, "reported"), Actor(claim.by, claim.side, "reported"))
    fires = {s for s, r in named if r == "fires"}
    kept = [a for (s, r), a in named.items() if not (r == "present" and s in fires)]
    return tuple(sorted(kept, key=lambda a: (a.name.casefold(), a.role or "")))


_SHOOTING = re.compile(
    r"(?:open|fired|fire on|shelled|attacked|stormed|pounded|bombarded|used|struck|hit|ambushed|"
    r"tried|raided|shot|subjected|.* hit$|.* struck$)",
    re.IGNORECASE,
)


def _shooter(facts: Facts, cue: Cue) -> Group | None:
    """The force right before a verb of shooting."""
    before = [g for g in facts.groups if g.armed and g.side and g.end <= cue.start]
    left = facts.sentence.start
    if not before or not _SHOOTING.match(facts.sentence.text, cue.start - left):
        return None
    nearest = max(before, key=lambda g: g.end)
    return nearest if cue.start - nearest.end < 90 else None


def _role(party: Group, cue_start: int | None, group: str) -> str:
    if "peacekeep" in party.name.lower():
        return "peacekeeper"
    if group == "fire" and cue_start is not None and party.end <= cue_start and cue_start - party.end < 90:
        return "fires"
    return "present"


def _evidence(
    draft: Draft,
    cue: Span,
    when: Span | None,
    places: Sequence[PlaceRef],
    tallies: dict[str, Tally | None],
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    article: Article,
) -> tuple[tuple[str, int, int], ...]:
    spans: list[tuple[str, int, int]] = [("event_type", *cue)]
    if when:
        spans.append(("date", *when))
    spans += [("place", *p.span) for p in places]
    spans += [(role, *t.span) for role, t in tallies.items() if t]
    spans += [("claim", *c.span) for c in claims if c.span]
    for actor in actors:
        at = next((g for f in draft.facts for g in f.groups if g.name == actor.name), None)
        by = next((c.span for c in claims if c.by == actor.name and c.span), None)
        if at or by:
            spans.append(("actor", at.start, at.end) if at else ("actor", *by))  # type: ignore[misc]
    del article
    return tuple(spans)


def _home(places: Sequence[PlaceRef]) -> str | None:
    """Country of the places, when it is one of the two states."""
    countries = {p.country for p in places if not p.origin}
    return countries.pop() if len(countries) == 1 and countries <= {"AM", "AZ"} else None


def build_incident(draft: Draft, number: int, *, article: Article, gazetteer: Gazetteer, published: date | None) -> ExtractedIncident:
    """The record of one draft."""
    event_type, group, cue = _type(draft)
    first, last, precision, when = _dates(draft, event_type, published)
    places = tuple(place_ref(m, article, gazetteer) for m in own_places(draft))
    home = _home(places)
    claims = _claims(draft, article, published, home)
    actors = _actors(draft, claims, group)
    tallies = {role: _casualties(draft, role, home) for role in ("strength", "killed", "wounded", "captured")}
    notes = tuple(dict.fromkeys(d.note for f in draft.facts for d in f.dates if d.note))
    if when is None and published is not None:
        notes = (*notes, "no day told; dated by publication")
    evidence = _evidence(draft, cue, when, places, tallies, claims, actors, article)
    return ExtractedIncident(
        number, event_type, article.text[slice(*cue)], first, last, precision, when, places, actors, claims,
        tallies["strength"], tallies["killed"], tallies["wounded"], tallies["captured"], status_of(claims), evidence, notes,
    )  # fmt: skip
