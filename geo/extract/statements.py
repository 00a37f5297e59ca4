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
_NAME = r"(?-i:[A-ZÇĞİÖŞÜƏ][\w'-]+)"
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
    r"still|now|himself|herself|itself|themselves|flatly|in a joint statement|at a briefing|in an interview|on its part|"
    r"on his part|who \w+ (?:[a-z]+ )?in [A-Z]\w+|"
    rf"(?:in|of|for|from) (?:the )?{_NAME}(?: {_NAME}){{0,2}}(?: (?:province|district|region|capital|area|republic|village))?)(?=\W))*\s*",
    re.IGNORECASE,
)
_BEFORE_SPEAKER = re.compile(
    r"\s+(?:by |from |came from |reporters |a statement by |a statement from |in a statement by |in a statement from )?$"
)
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
    parts = "|".join(f"(?P<{s}>{_labelled(s)}{any_of(lists[s])})" for s in _STANCES)
    return re.compile(rf"(?<![\w-])(?:{parts})(?!\w)", re.IGNORECASE)


def _labelled(stance: str) -> str:
    """Wordings like ``called the report "a fabrication"``: a verb that labels, what it labels, and the label."""
    label = {"denies": "untrue", "partly": "otherwise"}.get(stance)
    if label is None:
        return ""
    lists = word_lists("statements")
    return rf"{any_of(lists['labels'])}(?:\s+[\w'\"$-]+){{1,9}}?\s+\"?(?:as )?\"?(?:an? )?(?:\w+ )?{any_of(lists[label])}|"


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
    if _PASSIVE.search(text[: verb.start()]):
        # "was rejected in Baku", "was confirmed by the ministry"
        agents = [s for s in speakers if end <= s.start and _BY_OR_IN.fullmatch(text, verb.end(), s.start - offset)]
        if agents:
            return agents[0]
    distant = [s for s in speakers if verb["no_comment"] and end <= s.start and _FROM.fullmatch(text, verb.end(), s.start - offset)]
    return distant[0] if distant else None


_PASSIVE = re.compile(r"\b(?:was|were|been|is|are) (?:\w+ly )?$")
_BY_OR_IN = re.compile(r" (?:as [\w\" ]{2,40} )?(?:by|in) (?:the )?")


def _according(speakers: Sequence[Speaker], text: str, offset: int) -> list[tuple[Speaker, tuple[int, int]]]:
    found = []
    for m in matcher("statements", "according").finditer(text):
        near = [s for s in speakers if 0 <= s.start - offset - m.end() <= 5]
        if near:
            found.append((near[0], (m.start() + offset, m.end() + offset)))
    return found


def _clause_after(text: str, verb: re.Match[str]) -> str:
    return re.split(r"(?<=[;])|, (?:and|but) (?=[A-Z])", text[verb.start() :])[0]


def _partner(speakers: Sequence[Speaker], speaker: Speaker, text: str, offset: int) -> Speaker | None:
    """The speaker joined to another by "and"; ``None`` when it speaks alone."""
    joined = [s for s in speakers if s.end <= speaker.start and text[s.end - offset : speaker.start - offset].strip() == "and"]
    return joined[-1] if joined else None


def _through(text: str, offset: int, speaker: Speaker, verb: tuple[int, int]) -> Speaker:
    """The speaker with who passes its words on ("Interfax, citing the ministry"); itself when nobody is named."""
    outlet = _OUTLET.search(text[: verb[0] - offset])
    if outlet is None or not _CITES.match(text, verb[0] - offset):
        return speaker
    return replace(speaker, name=f"{outlet['name']}, citing {speaker.name}", kind="office")


_CITES = re.compile(r"citing|quoting|with (?:a )?reference to|referring to", re.IGNORECASE)
_OUTLET = re.compile(
    r"(?:^|[\s\"])(?:[Tt]he )?(?P<name>[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,3}(?: news agency| agency)?)(?: reported| reports| said)?,? $"
)


def _denied(text: str, offset: int, end: int) -> Statement | None:
    """The claim that a denial names ("denied Baku's report"), as a statement of the side that made it."""
    found = _DENIED.match(text, end)
    side = party_side(found["who"]) if found else None
    if found is None or side is None:
        return None
    span = (found.start("who") + offset, found.end() + offset)
    name = found["who"].removeprefix("the ").removesuffix("'s").removesuffix("'")
    return Statement(*span, Speaker(*span, name, side, "metonym"), "asserts", (span[1], span[1]))


_DENIED = re.compile(
    rf"\s+(?:the |as \w+ |all |these |those )?(?P<who>{_NAME}(?: [\w-]+){{0,3}}?(?:'s?)?) "
    rf"(?:[a-z-]+ ){{0,2}}?{any_of(word_lists('statements')['reports_on'])}\b"
)


def _stronger(text: str, offset: int, speaker: Speaker, stance: Stance, verb: re.Match[str]) -> Stance:
    """The stance that the rest of the clause gives to a plain "said": a denial, another account, a call."""
    if stance not in ("asserts", "calls"):
        return stance
    rest = _clause_after(text, verb)
    if stance == "asserts" and _KNOWS_NOTHING.search(rest):
        return "no_comment"
    lead = text[: max(0, speaker.start - offset)]
    if _CALL_INSIDE.search(rest) and not matcher("statements", "denies").search(text[max(0, speaker.start - offset) :]):
        return "calls"
    for other in _STANCES[1:3]:
        patterns = (matcher("statements", other), matcher("statements", f"{other}_content"))
        if any(p.search(rest) or (len(lead) > 8 and stance == "asserts" and p.search(lead)) for p in patterns):
            return other
    return stance


_KNOWS_NOTHING = matcher("statements", "no_comment_content")


def _spans(found: list[Statement], sentence: Sentence) -> list[Statement]:
    """Each statement from its speaker to the next one's; a trailing attribution reaches back over what it attributes.

    A claim that a denial only names ("Baku's report") has no verb and does not end the denial.
    """
    out = []
    for n, statement in enumerate(found):
        left = sentence.start if n == 0 else statement.start
        following = next((s for s in found[n + 1 :] if s.verb[0] < s.verb[1]), None)
        right = following.start if following else sentence.end
        out.append(replace(statement, start=left, end=max(right, statement.end)))
    return out


def find_statements(sentence: Sentence, finder: SpeakerFinder) -> list[Statement]:
    """The statements of a sentence, in order, one for each speaker and stance; the finder learns who spoke."""
    speakers = finder.find(sentence)
    text, offset = _outside_quotes(sentence.text), sentence.start
    found: list[Statement] = []
    for speaker, verb_span in _according(speakers, text, offset):
        cited = _through(text, offset, speaker, verb_span)
        found.append(Statement(min(verb_span[0], speaker.start), speaker.end, cited, "asserts", verb_span))
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
        partner = _partner(speakers, subject, text, offset)
        if partner and speaker.side is None:
            speaker = replace(speaker, side=partner.side)
        elif partner and partner.side and partner.side != speaker.side:
            found.append(Statement(partner.start, span[1], partner, stance, span))
        if stance == "denies" and (denied := _denied(text, offset, verb.end())):
            found.append(denied)
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
