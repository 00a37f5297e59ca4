"""Parties in a report: who speaks (offices, governments, persons) and which forces are named, each with its side.

Word lists are in ``data/words_actors.txt``. What a speaker says is left to `geo.extract.statements`; what a force did, to
`geo.extract.incidents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from geo.extract.normalise import Article, Sentence
from geo.extract.words import any_of, word_lists
from geo.sides import side_of

_LISTS = word_lists("actors")
_OFFICE = any_of(_LISTS["offices"])
_HEADS = any_of(_LISTS["office_heads"])
_METONYM = any_of(_LISTS["metonyms"])
_NAME = r"[A-ZÇĞİÖŞÜƏ][\w'-]+"
# a capital at the start of a sentence is no name
_OWNER = (
    r"(?!(?:On|In|At|By|From|But|And|When|After|Before|While|Within|Meanwhile|Both|Two|Three|"
    rf"Four|Earlier|Later|For|As|If)\b|\w+day\b){_NAME}"
)
_MODIFIER = (
    r"(?:(?:caretaker|outgoing|an?|the|its|his|their|one|some|local|acting|former|deputy|senior|"
    r"top|separatist|unrecognised|unrecognized|de facto|state|national|provincial|regional|"
    rf"presidential|opposition|military|civilian|western|Russian-led|{_OWNER}(?:'s|')?|U\.S\.|"
    r"of|for|from)\s+)"
)
_SPEAKER = re.compile(
    rf"(?<![\w'])(?P<office>(?:{_MODIFIER}{{0,6}}?(?i:{_OFFICE})|"
    rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|{_NAME}'s) (?:[a-z-]+ ){{1,3}}?{_HEADS})(?!\w)"
    rf"(?:'s (?:press service|spokes\w+|"
    rf"envoy|office|monitors|staff))?(?:(?: of| for)(?: the)?(?: \w+)?(?: Republic of)? {_NAME}(?:'s)?(?: {_NAME}){{0,3}}"
    r"(?: (?:province|district|region|community|municipality)(?!\w)| republic|"
    rf" administration| authorities| armed forces|"
    rf" army| military| government| forces| parliament| presidency| border service)?)?(?P<person>(?:\s{_NAME}){{1,3}})?)"
    rf"|(?<![\w'-])(?P<metonym>(?i:{_METONYM}))(?!\w|'|-|, {_NAME})",
)
_PERSON_ALONE = r"(?<![\w'-])(?P<name>{names})(?!\w|'s\s+\w)"
_PRONOUN = re.compile(r"(?:^|[,;:.] |\" ?|\band )(?P<pronoun>it|they|he|she|we)(?= )", re.IGNORECASE)
_SEAT = re.compile(rf"\s+in ((?:the )?{_NAME}(?: capital)?)(?=[ ,.]|$)")
_SEAT_BEFORE = re.compile(r"\bIn ([A-Z]\w+), $")
_NK = re.compile(rf"\b{any_of(_LISTS['karabakh'])}\b", re.IGNORECASE)
_FORCE = any_of(_LISTS["forces"])
_CIVILIAN = any_of(_LISTS["civilians"])
_STATE_OFFICE = re.compile(
    r"spokes|ombudsman|prosecutor|mayor|village head|ministry|minister|service|military|government|"
    r"army|committee|agency|president|governor|official|authorities|parliament|police|head of the|commander|commission|council|prosecutor|"
    r"headquarters|defence department|operator|rescuers|defender",
    re.IGNORECASE,
)
# whose place tells the side, which only the incident knows
_LOCAL = re.compile(r"\b(?:local|village|provincial|regional|district|community|western|a) ", re.IGNORECASE)
_GROUP = re.compile(
    r"(?<![\w-])(?P<owner>(?:(?:ethnic |Karabakh |local )?(?:Armenian|Azerbaijani|Azeri|Russian|"
    r"Turkish|Iranian|Georgian|Karabakh|Artsakh|Armenia's|Azerbaijan's|Russia's|Azerbaijan|"
    r"European|EU|Indian|American|French|Chinese|Syrian|Israeli|Swiss|German|British|Italian|"
    r"Pakistani|Ukrainian|Separatist|separatist)(?: Armenian)?)\s+)?"
    rf"(?P<rest>(?:[a-z][\w-]+\s+){{0,2}}?)(?i:(?P<noun>{_FORCE}|{_CIVILIAN}))(?!\w)"
)
_MISSION = re.compile(
    r"\bRussian (?:peacekeep|mission|contingent)|\b(?:EU|European(?: Union)?)(?:'s)?(?: civilian)? (?:mission|"
    r"monitor|observer)|\bEUMA?\b|\bEUMCAP\b"
)
# "Azerbaijan sent 50 troops": verbs whose object is one's own force
_OWNER_BEFORE = re.compile(
    rf"\b(?P<country>Armenia|Azerbaijan|Russia|Turkey|Iran)\s+(?:[a-z]+\s+){{0,3}}?{any_of(_LISTS['own_force_verbs'])}\s+(?:(?:[a-z]+|"
    rf"[\d,]+)\s+){{0,4}}$"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is named as saying something.

    Attributes
    ----------
    start, end
        Offsets in the article, the seat ("in Baku") included.
    name
        As written, or the office that a surname or pronoun stands for.
    side
        Two-letter code, ``NK``, or ``None``.
    kind
        ``office``, ``metonym`` (a country or capital that stands for its government), ``person`` or ``pronoun``.
    """

    start: int
    end: int
    name: str
    side: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """Troops or people named in a sentence.

    Attributes
    ----------
    start, end
        Offsets in the article.
    name
        As written, without the article.
    side
        Side that the name tells, ``None`` when it tells none.
    armed
        Whether it is a force and not civilians.
    """

    start: int
    end: int
    name: str
    side: str | None
    armed: bool


@cache
def _office_sides() -> tuple[tuple[str, str], ...]:
    return tuple((name, side) for name, _, side in (entry.partition(" = ") for entry in _LISTS["office_sides"]))


@cache
def _known_persons() -> tuple[tuple[str, Speaker], ...]:
    """Those whom reports call by surname alone, with their side."""
    named = ((name.title(), side) for name, _, side in (entry.partition(" = ") for entry in _LISTS["persons"]))
    return tuple((name, Speaker(0, 0, name, side, "person")) for name, side in named)


def party_side(phrase: str) -> str | None:
    """Side that the words of a party tell; the former Karabakh authorities before the states.

    Examples
    --------
    >>> party_side("the authorities in Stepanakert")
    'NK'
    """
    if _NK.search(phrase):
        return "NK"
    side = side_of(re.sub(r"\bU\.S\.", "US", phrase))
    return side or next((own for name, own in _office_sides() if name in phrase.lower()), None)


def _seated(text: str, end: int) -> tuple[int, str]:
    """The end of "the ministry in Baku" and the seat."""
    seat = _SEAT.match(text, end)
    if seat and party_side(seat[1]):
        return seat.end(), seat[1]
    return end, ""


def _named(m: re.Match[str], sentence: Sentence) -> Speaker:
    phrase, end = m[0], m.end()
    seat = ""
    if m["office"]:
        end, seat = _seated(sentence.text, end)
        if not seat and (first := _SEAT_BEFORE.search(sentence.text[: m.start()])) and party_side(first[1]):
            seat = first[1]
    side = party_side(phrase) or (party_side(seat) if seat else None)
    clean = re.sub(r"^(?:the|an?|its|their)\s+", "", phrase, flags=re.IGNORECASE) if side or seat else phrase
    name = f"{clean} in {seat}" if seat and not party_side(phrase) else clean
    kind = "person" if m["person"] else "office" if m["office"] else "metonym"
    return Speaker(sentence.start + m.start(), sentence.start + end, name, side, kind)


def _home_side(article: Article) -> str | None:
    """Side of the capital in the dateline, when there is one only."""
    if article.dateline is None:
        return None
    line = article.plain[slice(*article.dateline)].casefold()
    sides = {side for city, side in (("yerevan", "AM"), ("baku", "AZ"), ("stepanakert", "NK"), ("moscow", "RU")) if city in line}
    return sides.pop() if len(sides) == 1 else None


def speaks_for_a_state(name: str) -> bool:
    """Whether a speaker without a stated side is an office of the country where it stands (not a mission, witness or resident)."""
    return _STATE_OFFICE.search(name) is not None and not re.search(r"president|prime minister|minister$|analyst", name, re.IGNORECASE)


def is_local(name: str) -> bool:
    """Whether a speaker is an office of the place and not of a state."""
    return _LOCAL.search(name) is not None


class SpeakerFinder:
    """Finds the speakers sentence by sentence and remembers who was named before."""

    def __init__(self, article: Article) -> None:
        self._home = _home_side(article)
        self._persons: dict[str, Speaker] = dict(_known_persons())
        self._last: Speaker | None = None
        self._mission: str | None = None
        self._last_state: str | None = None
        line = article.plain[slice(*article.dateline)].casefold() if article.dateline else ""
        self._local = "NK" if "stepanakert" in line else None

    def find(self, sentence: Sentence) -> list[Speaker]:
        """Every phrase of the sentence that could be a speaker, in order; known sides filled in."""
        if m := _MISSION.search(sentence.text):
            self._mission = "RU" if m[0].startswith("R") else "EU"
        named = [self._sided(_named(m, sentence)) for m in _SPEAKER.finditer(sentence.text)]
        for speaker in named:
            if speaker.kind == "person" and speaker.side:
                self._persons[speaker.name.rsplit(maxsplit=1)[-1]] = speaker
        named = [s for s in named if not any(o is not s and o.start <= s.start and s.end <= o.end for o in named)]
        spans = [(s.start, s.end) for s in named]
        again = [s for s in [*self._surnames(sentence), *self._pronouns(sentence)] if not any(a < s.end and s.start < b for a, b in spans)]
        return sorted([*named, *again], key=lambda s: s.start)

    def _sided(self, speaker: Speaker) -> Speaker:
        if speaker.kind == "person" and speaker.side is None:
            known = self._persons.get(speaker.name.rsplit(maxsplit=1)[-1])
            if known or not re.search(r"ministry|spokes", speaker.name, re.IGNORECASE):
                return replace(speaker, side=known.side if known else None)
        if speaker.side is None and re.search(r"mission|monitors|observers|contingent", speaker.name, re.IGNORECASE):
            return replace(speaker, side=self._mission)
        if speaker.side is None and self._local and is_local(f"{speaker.name} "):
            return replace(speaker, side=self._local)
        if speaker.side is None and speaker.kind != "metonym" and _STATE_OFFICE.search(speaker.name) and not _LOCAL.search(speaker.name):
            own = speaker.name.lower().startswith("its ") and self._last is not None and self._last.side
            return replace(speaker, side=own or (self._home if self._home in ("AM", "AZ") else None) or self._last_state)
        return speaker

    def _surnames(self, sentence: Sentence) -> list[Speaker]:
        if not self._persons:
            return []
        pattern = _PERSON_ALONE.format(names="|".join(map(re.escape, self._persons)))
        return [
            replace(self._persons[m["name"]], start=sentence.start + m.start(), end=sentence.start + m.end())
            for m in re.finditer(pattern, sentence.text)
        ]

    def _pronouns(self, sentence: Sentence) -> list[Speaker]:
        if self._last is None:
            return []
        return [
            Speaker(sentence.start + m.start("pronoun"), sentence.start + m.end("pronoun"), self._last.name, self._last.side, "pronoun")
            for m in _PRONOUN.finditer(sentence.text)
        ]

    def spoke(self, speaker: Speaker) -> None:
        """Note who spoke last: what "it" and "the ministry" mean next."""
        self._last = speaker
        if speaker.side in ("AM", "AZ"):
            self._last_state = speaker.side


def _group_side(m: re.Match[str]) -> str | None:
    owner = (m["owner"] or "").strip()
    side = party_side(owner or (m["noun"] if m["noun"].lower() in ("azerbaijanis", "armenians") else ""))
    return side or ("other" if owner else None)


def find_groups(sentence: Sentence) -> list[Group]:
    """Troops and people of a sentence, in order."""
    found = []
    for m in _GROUP.finditer(sentence.text):
        armed = re.fullmatch(_FORCE, m["noun"], re.IGNORECASE) is not None
        name = " ".join(f"{m['owner']}{m['rest']}{m['noun']}".split()) if m["owner"] else m["noun"]
        side = _group_side(m)
        if armed and side is None and (owner := _OWNER_BEFORE.search(sentence.text[max(0, m.start() - 90) : m.start("noun")])):
            name, side = f"{m['noun']} of {owner['country']}", party_side(owner["country"])
        found.append(Group(sentence.start + m.start(), sentence.start + m.end(), name, side, armed))
    return found


def side_near(groups: Sequence[Group], start: int, end: int, *, reach: int = 30) -> str | None:
    """Side of the group that overlaps a stretch or begins within ``reach`` characters of it."""
    touching = [g for g in groups if g.side and g.start < end + reach and start - 2 < g.end]
    return touching[0].side if touching else None
