"""Which sentences tell of which incident.

Goes through the sentences in order: a cue with a new time, or a new place, or of another kind begins an incident; what adds to the one in
hand is attached to it. History, plans and context places stay outside. The records are made by `geo.extract.incidents`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from geo.extract.dateref import DateRef
from geo.extract.events import GROUPS, Cue, is_ongoing, is_separate, is_unrelated
from geo.extract.facts import NEAR_DEG, Facts, read_facts
from geo.extract.mention import AREA_KINDS, Mention, distance_deg
from geo.extract.normalise import about_the_text
from geo.extract.words import matcher
from geo.gazetteer import Place

__all__ = ["Draft", "Facts", "best_date", "draft_incidents", "read_facts", "sides"]

MASS_TOLL = 20
"""Casualties that are the toll of a whole offensive when no place is told with them."""


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
    if all(c.type == "casualties_report" for c in facts.cues) and not (facts.told or any(c.low > 0 for c in facts.counts)):
        return False
    if not facts.places and matcher("events", "police").search(facts.sentence.text):
        return False
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
        if own and draft.days() is None and _points(draft.places) and _apart(_points(facts.places), draft.places):
            # the first is dated by its statement only; this one tells a day and a place of its own
            dated = best_date(draft)
            return dated is not None and all((d.first, d.last) != (dated.first, dated.last) for d in own) and facts.stance == "asserts"
        return conflict and (
            _apart(facts.places, draft.places) or (not facts.places and _types_differ(draft, facts) and group == "movement")
        )
    if group in ("mine", "ceasefire") or draft.group in ("mine", "ceasefire", "monitoring"):
        return bool(own or facts.places or group == "mine")
    single = group in ("detention", "mine", "road", "works") and facts.stance not in ("partly", "denies")
    if own and _apart(facts.places, draft.places) and (single or draft.days() is None or conflict):
        return True
    if facts.cues[0].type == "troop_presence" and draft.group == "fire" and any(c.role == "strength" for c in facts.counts):
        return True
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
                before, current = current, Draft(cue=one.cues[0], heard=heard)
                drafts.append(current)
                if before is not None:
                    one = _leaving_denial(one, before)
                _add(current, one, one.places or _anaphor(one, drafts[:-1]) or _recalled(one, drafts[:-1]))
            else:
                _add(current, one, one.places if _in_window(one) else ())
        elif current is not None and (target := _target(one, current, drafts)) is not None:
            _add(target, one, _adds_place(target, one))
        heard = sides(one) or heard
    return [d for d in _with_leads(drafts) if d.places or d.days() or any(f.counts for f in d.facts)]


def _leaving_denial(facts: Facts, before: Draft) -> Facts:
    """A sentence that denies the incident in hand and then tells another ("denied it and accused …"): the denial goes to the former."""
    first = facts.statements[0] if facts.statements else None
    if first is None or first.stance != "denies":
        return facts
    denial = replace(facts, mentions=(), dates=(), counts=(), cues=(), statements=(first,))
    before.facts.append(denial)
    rest = facts.statements[1:]
    return replace(facts, statements=rest or (replace(first, stance="asserts"),))


def _recalled(facts: Facts, drafts: Sequence[Draft]) -> tuple[Mention, ...]:
    """Places of what an earlier sentence recalled in passing, when this one tells that it goes on."""
    group = GROUPS[facts.cues[0].type]
    asides = [f.aside for d in drafts for f in d.facts if f.aside is not None and any(GROUPS[c.type] == group for c in f.aside.cues)]
    return asides[-1].places if asides else ()


def _with_leads(drafts: list[Draft]) -> list[Draft]:
    """A lead that tells only the toll of what a later sentence places is the same incident as that."""
    out: list[Draft] = []
    for n, draft in enumerate(drafts):
        placed = [d for d in drafts[n + 1 :] if d.places and d.group == draft.group == "fire" and _overlap(d, draft)]
        if draft.places or not placed or draft.cue is None:
            out.append(draft)
            continue
        placed[0].facts[:0] = draft.facts
    return out


def _overlap(one: Draft, other: Draft) -> bool:
    mine, theirs = one.days(), other.days()
    near = timedelta(days=1)
    return mine is None or theirs is None or (mine[0] - near <= theirs[1] and theirs[0] - near <= mine[1])


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
    if facts.statements and current.group in ("ceasefire", "monitoring") and facts.stance != "asserts" and not facts.told:
        # what is said after a truce is said about what it ended
        return next((d for d in reversed(drafts) if d.group not in ("ceasefire", "monitoring")), current)
    if facts.statements or is_ongoing(facts.sentence):
        return current
    close = facts.sentence.paragraph - current.facts[-1].sentence.paragraph <= 1
    return current if close and _in_window(facts) else None
