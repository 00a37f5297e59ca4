"""Who says what about an incident: asserts, denies, tells otherwise, calls for something, or has no comment.

A stance verb belongs to the speaker right before it, or right after it ("said the governor"). Word lists are in
``data/words_statements.txt``. Which incident a statement is about is left to `geo.extract.incidents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from geo.claims import Stance
from geo.extract.actors import Speaker, SpeakerFinder, party_side
from geo.extract.normalise import Sentence
from geo.extract.words import any_of, matcher, word_lists

_STANCES: tuple[Stance, ...] = ("no_comment", "denies", "partly", "calls", "asserts")
_ASIDE = r"(?:,[^,]{1,70},)"
_WHEN = (
    r"(?:,? ?(?:on|late|early|earlier|later|since|until|in|by|at)? ?(?:Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|[A-Z]\w+ \d{1,2}|the morning|the evening)(?: morning|"
    r" evening| night| afternoon)?,?)"
)
_GAP = re.compile(
    rf"\s*(?:{_ASIDE}|{_WHEN}|, who|, which|\s|,|for its part|for their part|(?:also|later|earlier|"
    r"again|initially|meanwhile|however|has|have|had|have since|'s|would|will|did|then|only|"
    r"in turn|separately|immediately|[a-z]+ly|in a statement|in an email|in a release|first|"
    r"still|now|himself|herself)(?=\W))*\s*",
    re.IGNORECASE,
)
_BEFORE_SPEAKER = re.compile(r"\s+(?:by |from |came from |reporters |in a statement by |in a statement from )?$")
_FROM = re.compile(r"[\w ,]{0,25}\b(?:from|by|came from)\s+$")
_QUOTE = re.compile(r"\"[^\"]*\"")


_CALL_INSIDE = matcher("statements", "calls_content")
_SAID_IN = re.compile(r"(?: \w+){0,2} in ([A-Z]\w+)")
_BUT_CALLS = re.compile(
    rf"\bbut (?:said|added|that) [^.;]{{0,40}}?{_CALL_INSIDE.pattern}|\band (?:urged|demanded|called (?:on|for))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One stance of one speaker in one sentence.

    Attributes
    ----------
    start, end
        Offsets in the article of speaker, verb and what is said.
    speaker
        Who.
    stance
        As in `geo.claims`.
    verb
        Offsets of the verb.
    """

    start: int
    end: int
    speaker: Speaker
    stance: Stance
    verb: tuple[int, int]


@cache
def _stance_pattern() -> re.Pattern[str]:
    """Every stance wording; the name of the group that matched is the stance."""
    lists = word_lists("statements")
    parts = "|".join(f"(?P<{s}>{any_of(lists[s])})" for s in _STANCES)
    return re.compile(rf"(?<![\w-])(?:{parts})(?!\w)", re.IGNORECASE)


def _stance(verb: re.Match[str]) -> Stance:
    return next(s for s in _STANCES if verb[s])


def _outside_quotes(text: str) -> str:
    """The text with quoted words blanked, offsets kept: what is quoted is said, not done by the speaker."""
    return _QUOTE.sub(lambda m: " " * len(m[0]) if len(m[0]) > 40 else m[0], text)


def _subject(speakers: Sequence[Speaker], text: str, offset: int, verb: re.Match[str]) -> Speaker | None:
    """The speaker that a verb belongs to."""
    start, end = verb.start() + offset, verb.end() + offset
    before = [s for s in speakers if s.end <= start and _GAP.fullmatch(text, s.end - offset, verb.start())]
    if before:
        return before[-1]
    # only after a quotation or a clause does the speaker follow the verb: ", said the governor"
    inverted = re.search(r"[\",]\s*$", text[: verb.start()]) is not None or verb["no_comment"]
    after = [s for s in speakers if inverted and end <= s.start and _BEFORE_SPEAKER.fullmatch(text, verb.end(), s.start - offset)]
    if after:
        return after[0]
    distant = [s for s in speakers if verb["no_comment"] and end <= s.start and _FROM.fullmatch(text, verb.end(), s.start - offset)]
    return distant[0] if distant else None


def _according(speakers: Sequence[Speaker], text: str, offset: int) -> list[tuple[Speaker, tuple[int, int]]]:
    found = []
    for m in matcher("statements", "according").finditer(text):
        near = [s for s in speakers if 0 <= s.start - offset - m.end() <= 5]
        if near:
            found.append((near[0], (m.start() + offset, m.end() + offset)))
    return found


def _stronger(text: str, offset: int, speaker: Speaker, stance: Stance, verb: re.Match[str]) -> Stance:
    """The stance that the rest of the clause gives to a plain "said": a denial, another account, a call."""
    if stance not in ("asserts", "calls"):
        return stance
    rest = re.split(r"(?<=[;])|, (?:and|but) (?=[A-Z])", text[verb.start() :])[0]
    lead = text[: max(0, speaker.start - offset)]
    if _CALL_INSIDE.search(rest) and not matcher("statements", "denies").search(text[max(0, speaker.start - offset) :]):
        return "calls"
    for other in _STANCES[1:3]:
        patterns = (matcher("statements", other), matcher("statements", f"{other}_content"))
        if any(p.search(rest) or (len(lead) > 8 and stance == "asserts" and p.search(lead)) for p in patterns):
            return other
    return stance


def _spans(found: list[Statement], sentence: Sentence) -> list[Statement]:
    """Each statement from its speaker to the next one's; a trailing attribution reaches back over what it attributes."""
    out = []
    for n, statement in enumerate(found):
        left = sentence.start if n == 0 else statement.start
        right = found[n + 1].start if n + 1 < len(found) else sentence.end
        out.append(replace(statement, start=left, end=max(right, statement.end)))
    return out


def find_statements(sentence: Sentence, finder: SpeakerFinder) -> list[Statement]:
    """The statements of a sentence, in order, one for each speaker and stance; the finder learns who spoke."""
    speakers = finder.find(sentence)
    text, offset = _outside_quotes(sentence.text), sentence.start
    found: list[Statement] = []
    for speaker, verb_span in _according(speakers, text, offset):
        found.append(Statement(min(verb_span[0], speaker.start), speaker.end, speaker, "asserts", verb_span))
    for verb in _stance_pattern().finditer(text):
        subject = _subject(speakers, text, offset, verb)
        if subject is None:
            continue
        speaker = subject
        if speaker.kind == "pronoun" and (named := [s.speaker for s in found if s.start < speaker.start]):
            # "it" after a speaker of the same sentence is that one
            speaker = replace(named[-1], kind="pronoun", start=speaker.start, end=speaker.end)
        if speaker.kind == "office" and (seat := _SAID_IN.match(text, verb.end())) and party_side(seat[1]):
            speaker = replace(speaker, name=f"{speaker.name} in {seat[1]}", side=party_side(seat[1]))
        stance = _stronger(sentence.text, offset, speaker, _stance(verb), verb)
        span = (verb.start() + offset, verb.end() + offset)
        found.append(Statement(min(speaker.start, span[0]), max(speaker.end, span[1]), speaker, stance, span))
    found.sort(key=lambda s: s.start)
    unique: list[Statement] = []
    for statement in found:
        same = [s for s in unique if s.speaker.start == statement.speaker.start]
        if not same:
            unique.append(statement)
            more = _BUT_CALLS.search(sentence.text, statement.verb[1] - offset)
            if more and statement.stance in ("denies", "partly", "asserts"):
                span = (more.start() + offset, more.end() + offset)
                unique.append(replace(statement, start=span[0], end=span[1], stance="calls", verb=span))
    for statement in unique:
        finder.spoke(statement.speaker)
    return _spans(unique, sentence)
